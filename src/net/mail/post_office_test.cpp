#include "net/mail/post_office.hpp"

#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "net/mail/testing.hpp"

namespace ae::mail {
namespace {

namespace fs = std::filesystem;

class PostOfficeTest : public ::testing::Test {
  protected:
    PostOfficeTest() {
        std::string name = (fs::temp_directory_path() / "aethex-mail-XXXXXX").string();
        data_ = ::mkdtemp(name.data());
        config_.from = "AeThex LIVE <no-reply@example.org>";
        config_.security = "never";
        config_.retry_first = std::chrono::milliseconds{20};
        config_.timeout = std::chrono::seconds{5};
    }
    ~PostOfficeTest() override { fs::remove_all(data_); }

    PostOffice& open() { return office_.emplace(config_, data_, clock_, random_); }
    static Result<void> send(PostOffice& office, std::string to) {
        return office.post({.to = std::move(to), .subject = "Hello", .text = "Hi there"});
    }
    std::vector<fs::path> files(const fs::path& below) const {
        std::vector<fs::path> all;
        if (!fs::exists(data_ / below)) return all;
        for (const auto& entry : fs::directory_iterator{data_ / below}) {
            if (entry.is_regular_file()) all.push_back(entry.path());
        }
        return all;
    }
    static bool soon(const std::function<bool()>& is_so) {
        for (int i = 0; i < 1000 && !is_so(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds{10});
        return is_so();
    }

    fs::path data_;
    MailConfig config_;
    SystemClock clock_;
    SystemRandom random_;
    std::optional<PostOffice> office_;
};

TEST_F(PostOfficeTest, WithoutAServerWritesFilesThatOnlyTheOperatorReads) {
    config_.from = "";
    auto& office = open();
    EXPECT_FALSE(office.delivers());
    ASSERT_TRUE(send(office, "ada@example.org"));
    EXPECT_TRUE(soon([&] { return office.waiting() == 0; }));
    const auto written = files("outbox");
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(written[0].extension(), ".eml");
    EXPECT_EQ(fs::status(written[0]).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(data_ / "outbox").permissions(), fs::perms::owner_all);
    std::ifstream file{written[0]};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_NE(text.find("To: <ada@example.org>\r\n"), std::string::npos);
    EXPECT_NE(text.find("From: \"AeThex LIVE\" <no-reply@localhost>\r\n"), std::string::npos);
    EXPECT_NE(text.find("Hi there"), std::string::npos);
}

TEST_F(PostOfficeTest, RefusesAnAddressBeforeAnythingIsWritten) {
    auto& office = open();
    EXPECT_EQ(send(office, "ada@example.org\r\nBcc: eve@example.org").error().reason, "mail_address_invalid");
    EXPECT_TRUE(files("outbox").empty());
}

TEST_F(PostOfficeTest, HandsMailsToTheServer) {
    testing::SmtpServer server;
    config_.url = server.url();
    auto& office = open();
    EXPECT_TRUE(office.delivers());
    ASSERT_TRUE(send(office, "ada@example.org"));
    ASSERT_TRUE(send(office, "bob@example.org"));
    const auto mails = server.wait_for_mails(2);
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_NE(mails[0].find("To: <ada@example.org>\r\n"), std::string::npos);
    EXPECT_TRUE(mails[1].ends_with("\r\n\r\nHi there\r\n"));
    EXPECT_TRUE(soon([&] { return files("mail").empty() && office.waiting() == 0; }));
    EXPECT_TRUE(files("outbox").empty());
}

TEST_F(PostOfficeTest, TriesAgainWhatTheServerPutsOff) {
    testing::SmtpServer server;
    server.answer_once("RCPT", "451 later");
    server.answer_once("DONE", "452 disk full");
    server.answer_once("MAIL", "");
    config_.url = server.url();
    ASSERT_TRUE(send(open(), "ada@example.org"));
    EXPECT_EQ(server.wait_for_mails(1).size(), 1U);
    EXPECT_TRUE(soon([&] { return files("mail").empty(); }));
    EXPECT_TRUE(files("mail/failed").empty());
}

TEST_F(PostOfficeTest, PutsAsideWhatIsRefusedForGoodAndGoesOnWithTheRest) {
    testing::SmtpServer server;
    server.answer_once("RCPT", "550 nobody of that name");
    config_.url = server.url();
    auto& office = open();
    ASSERT_TRUE(send(office, "nobody@example.org"));
    ASSERT_TRUE(send(office, "ada@example.org"));
    const auto mails = server.wait_for_mails(1);
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_NE(mails[0].find("To: <ada@example.org>"), std::string::npos);
    EXPECT_TRUE(soon([&] { return office.waiting() == 0; }));
    EXPECT_EQ(files("mail/failed").size(), 1U);
    EXPECT_TRUE(files("mail").empty());
}

TEST_F(PostOfficeTest, GivesUpWhenTheTimeIsOver) {
    config_.url = "smtp://127.0.0.1:1";
    config_.retry_for = Duration{1};
    auto& office = open();
    ASSERT_TRUE(send(office, "ada@example.org"));
    EXPECT_TRUE(soon([&] { return files("mail/failed").size() == 1 && office.waiting() == 0; }));
}

TEST_F(PostOfficeTest, AnAcceptedMailOutlivesARestart) {
    config_.url = "smtp://127.0.0.1:1";
    ASSERT_TRUE(send(open(), "ada@example.org"));
    office_.reset();
    EXPECT_EQ(files("mail").size(), 1U);
    testing::SmtpServer server;
    config_.url = server.url();
    open();
    EXPECT_EQ(server.wait_for_mails(1).size(), 1U);
    EXPECT_TRUE(soon([&] { return files("mail").empty(); }));
}

TEST_F(PostOfficeTest, SweepsUpWhatACrashLeftHalfWritten) {
    fs::create_directories(data_ / "outbox");
    std::ofstream{data_ / "outbox" / "01m31s23r0000000000000000a.part"} << "To: <";
    open();
    EXPECT_TRUE(files("outbox").empty());
}

TEST_F(PostOfficeTest, SendsNoPasswordWithoutEncryptionItWasToldToWantItWith) {
    testing::SmtpServer server;
    config_.url = server.url();
    config_.security = "required";
    config_.user = "ada";
    config_.password = Secret{"secret-word"};
    auto& office = open();
    ASSERT_TRUE(send(office, "ada@example.org"));
    EXPECT_TRUE(soon([&] { return !server.commands().empty(); }));
    EXPECT_TRUE(soon([&] { return server.commands().size() >= 2; }));
    for (const auto& command : server.commands()) {
        EXPECT_FALSE(command.starts_with("AUTH") || command.starts_with("MAIL")) << command;
    }
    EXPECT_EQ(office.waiting(), 1U) << "it waits until the operator mends that";
}

TEST(MailConfigCheck, SaysWhatIsMissing) {
    MailConfig config;
    EXPECT_TRUE(check(config));
    config.url = "smtp://mail.example.org";
    EXPECT_FALSE(check(config)) << "from is missing";
    config.from = "AeThex <x@example.org>";
    EXPECT_TRUE(check(config));
    config.from = "AeThex";
    EXPECT_FALSE(check(config));
    config.from = "x@example.org";
    for (const char* url : {"http://mail.example.org", "mail.example.org", "smtp://user:word@mail.example.org"}) {
        config.url = url;
        EXPECT_EQ(check(config).error().reason, "mail_config_invalid") << url;
    }
}

TEST(MailFolderNames, FindTheRecipientOfOurOwnMailsOnly) {
    const auto message = compose({.to = "ada@example.org", .subject = "x", .text = "\nTo: <eve@example.org>\n"},
                                 {.from = {.name = {}, .address = "x@example.org"}, .date = {}, .id = "x"});
    EXPECT_EQ(recipient_of(*message), "ada@example.org");
    EXPECT_EQ(recipient_of("Subject: x\r\n\r\n\r\nTo: <eve@example.org>\r\n"), "");
    EXPECT_EQ(recipient_of("A: b\r\nTo: <a, b@example.org>\r\n\r\n"), "");
    EXPECT_EQ(recipient_of(""), "");
}

}  // namespace
}  // namespace ae::mail
