#include "net/mail/mail.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "base/bytes.hpp"

namespace ae::mail {
namespace {

const Letterhead kHead{.from = {.name = "AeThex LIVE", .address = "no-reply@live.example.org"},
                       .date = WallTime{std::chrono::seconds{1'795'170'779}},
                       .id = "01m31s23r0000000000000000a"};

std::string composed(const Mail& mail) { return compose(mail, kHead).value(); }
std::string_view refusal(const Mail& mail) {
    const auto result = compose(mail, kHead);
    return result ? "" : result.error().reason;
}
/// A header with its continuation lines.
std::string header(const std::string& message, const std::string& name) {
    const auto begin = message.find("\r\n" + name + ": ");
    if (begin == std::string::npos) return {};
    auto end = message.find("\r\n", begin + 2);
    while (message[end + 2] == ' ') end = message.find("\r\n", end + 2);
    return message.substr(begin + name.size() + 4, end - begin - name.size() - 4);
}

TEST(MailMessage, IsPlainTextWithTheHeadersOfAMailByAMachine) {
    EXPECT_EQ(composed({.to = "ada@example.org", .subject = "Hello", .text = "Hi Ada,\nwelcome.\n"}),
              "Date: Fri, 20 Nov 2026 10:32:59 +0000\r\n"
              "From: \"AeThex LIVE\" <no-reply@live.example.org>\r\n"
              "To: <ada@example.org>\r\n"
              "Subject: Hello\r\n"
              "Message-ID: <01m31s23r0000000000000000a@live.example.org>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
              "Hi Ada,\r\nwelcome.\r\n");
}

TEST(MailMessage, HasTwoPartsWhenThereIsHtml) {
    const auto message = composed({.to = "ada@example.org", .subject = "Hello", .text = "Hi", .html = "<p style=\"x\">Hi</p>"});
    const std::string boundary = "=_01m31s23r0000000000000000a";
    EXPECT_EQ(header(message, "Content-Type"), "multipart/alternative; boundary=\"" + boundary + "\"");
    const auto plain = message.find("text/plain"), html = message.find("text/html");
    EXPECT_LT(plain, html) << "the best part comes last";
    EXPECT_NE(message.find("<p style=3D\"x\">Hi</p>"), std::string::npos);
    EXPECT_TRUE(message.ends_with("--" + boundary + "--\r\n"));
}

TEST(MailMessage, WritesOtherScriptsIntoTheSubject) {
    EXPECT_EQ(header(composed({.to = "a@b.c", .subject = "Grüße", .text = "x"}), "Subject"), "=?UTF-8?B?R3LDvMOfZQ==?=");
    std::string subject;
    for (int i = 0; i < 60; ++i) subject += "ж";
    const auto value = header(composed({.to = "a@b.c", .subject = subject, .text = "x"}), "Subject");
    std::istringstream lines{value};
    std::string word, joined;
    while (lines >> word) {
        EXPECT_LE(word.size(), 75U);
        const auto piece = from_base64(word.substr(10, word.size() - 12)).value();
        EXPECT_EQ(piece.size() % 2, 0U) << "a character was cut in two";
        joined += as_text(piece);
    }
    EXPECT_EQ(joined, subject);
}

TEST(MailMessage, DoesNotLetPlainTextPassForAnEncodedWord) {
    EXPECT_TRUE(header(composed({.to = "a@b.c", .subject = "=?UTF-8?B?aGk=?=", .text = "x"}), "Subject").starts_with("=?UTF-8?B?PT9V"));
}

TEST(MailMessage, RefusesWhatWouldBecomeAnotherHeader) {
    for (const char* subject : {"Hi\r\nBcc: eve@example.org", "Hi\nBcc: eve@example.org", "Hi\r", "\tHi", "Hi\x7f", "", "\xff\xfe"}) {
        EXPECT_EQ(refusal({.to = "ada@example.org", .subject = subject, .text = "x"}), "mail_subject_invalid") << subject;
    }
    EXPECT_EQ(refusal({.to = "ada@example.org", .subject = std::string(301, 'x'), .text = "x"}), "mail_subject_invalid");
    EXPECT_EQ(refusal({.to = "ada@example.org", .subject = std::string{"a\0b", 3}, .text = "x"}), "mail_subject_invalid");
    for (const char* to : {"", "ada", "@example.org", "ada@", "ada@example.org\r\nBcc: eve@example.org", "ada@example.org, eve@example.org",
                           "a b@example.org", "<ada@example.org>", "ada@exa mple.org", "\"a b\"@example.org", "ada..l@example.org", ".a@example.org",
                           "ada@.org", "ada@example..org", "a>@example.org", "ada@example.org\n", "ädä@example.org", "ada@[127.0.0.1]"}) {
        EXPECT_EQ(refusal({.to = to, .subject = "Hi", .text = "x"}), "mail_address_invalid") << to;
    }
    EXPECT_EQ(refusal({.to = std::string(250, 'a') + "@b.c", .subject = "Hi", .text = "x"}), "mail_address_invalid");
}

TEST(MailMessage, TakesTheAddressesPeopleHave) {
    for (const char* to : {"ada@example.org", "ada+live@sub.example.co.uk", "o'hara@example.org", "x@localhost", "a.b_c-d@1.example"}) {
        EXPECT_EQ(refusal({.to = to, .subject = "Hi", .text = "x"}), "") << to;
    }
}

TEST(MailMailbox, IsAnAddressWithOrWithoutAName) {
    EXPECT_EQ(parse_mailbox("ada@example.org").value().address, "ada@example.org");
    const auto named = parse_mailbox("Ada Lovelace <ada@example.org>").value();
    EXPECT_EQ(named.name, "Ada Lovelace");
    EXPECT_EQ(named.address, "ada@example.org");
    for (const char* wrong : {"", "Ada", "Ada <ada>", "Ada <ada@example.org", "Ada\r\nBcc: x <ada@example.org>", "<a@b.c> x"}) {
        EXPECT_FALSE(parse_mailbox(wrong)) << wrong;
    }
}

TEST(MailQuotedPrintable, KeepsEveryLineShortAndEveryByteWhole) {
    EXPECT_EQ(quoted_printable("a=b\n"), "a=3Db\r\n");
    EXPECT_EQ(quoted_printable("blank \nx\t\n"), "blank=20\r\nx=09\r\n");
    EXPECT_EQ(quoted_printable("\n.\n..x\nFrom me\n"), "\r\n=2E\r\n=2E.x\r\n=46rom me\r\n");
    EXPECT_EQ(quoted_printable("ü"), "=C3=BC\r\n");
    EXPECT_EQ(quoted_printable("one\r\ntwo"), "one\r\ntwo\r\n");
    EXPECT_EQ(quoted_printable("cr\rinside"), "cr=0Dinside\r\n");
    std::string text;
    for (int i = 0; i < 400; ++i) text += i % 3 == 0 ? "é" : "word ";
    std::istringstream lines{quoted_printable(text)};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 77U) << "76 and the carriage return";
}

TEST(MailMessage, HasNoLongLineEvenWithLongNames) {
    const Letterhead head{.from = {.name = std::string(80, 'n'), .address = "no-reply@live.example.org"}, .date = {}, .id = "x"};
    std::istringstream lines{compose({.to = "a@b.c", .subject = std::string(300, 's'), .text = std::string(2000, 't')}, head).value()};
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 79U) << line;
}

TEST(MailMessage, KeepsTheLongestAddressInOneLine) {
    const auto to = std::string(64, 'a') + "@" + std::string(186, 'b') + ".cc";
    ASSERT_EQ(to.size(), 254U);
    const auto message = composed({.to = to, .subject = "Hi", .text = "x"});
    EXPECT_NE(message.find("\r\nTo: <" + to + ">\r\n"), std::string::npos) << "folded, it would be another address";
}

}  // namespace
}  // namespace ae::mail
