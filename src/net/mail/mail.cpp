#include "net/mail/mail.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/json_text.hpp"

namespace ae::mail {

namespace {

constexpr std::size_t kMostAddress = 254;
constexpr std::size_t kMostSubject = 300;
constexpr std::size_t kMostLine = 76;
/// A header of plain text stays plain up to here: with its name it fits into one line.
constexpr std::size_t kMostPlainHeader = 60;
/// An encoded word is 75 characters at most (RFC 2047 section 2), a line 78 with the name of its header: so many bytes fit in base 64.
constexpr std::size_t kMostWordBytes = 42;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// A text that may stand in a header: one line.
bool is_header_text(std::string_view text) { return is_utf8(text) && std::ranges::none_of(text, is_control); }

/// RFC 2047: words in base 64 that break between characters, one a line.
std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t taken = 0;
        while (taken < text.size()) {
            const auto length = utf8_length(text.substr(taken));
            if (taken + length > kMostWordBytes) break;
            taken += length;
        }
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + to_base64(as_bytes(text.substr(0, taken))) + "?=";
        text.remove_prefix(taken);
    }
    return out;
}

/// Plain where that is safe, else encoded; `=?` in plain text would be read as an encoded word.
std::string header_text(std::string_view text) {
    const bool plain = is_ascii(text) && text.size() <= kMostPlainHeader && text.find("=?") == std::string_view::npos;
    return plain ? std::string{text} : encoded_words(text);
}

std::string header_mailbox(const Mailbox& box) {
    if (box.name.empty()) return "<" + box.address + ">";
    if (!is_ascii(box.name) || box.name.size() > kMostPlainHeader || box.name.find("=?") != std::string::npos) {
        return encoded_words(box.name) + "\r\n <" + box.address + ">";
    }
    std::string quoted;
    for (const char c : box.name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return "\"" + quoted + "\" <" + box.address + ">";
}

/// RFC 5322 section 3.3, in UTC and in English whatever the machine speaks.
std::string header_date(WallTime time) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                       kMonths[static_cast<std::size_t>(parts.tm_mon)], 1900 + parts.tm_year, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string part(std::string_view type, std::string_view text) {
    return fmt::format("Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}", type, quoted_printable(text));
}

/// One line of quoted-printable, without its end.
void append_quoted_line(std::string& out, std::string_view line) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto c = static_cast<unsigned char>(line[i]);
        const bool last = i + 1 == line.size();
        // A blank at the end of a line gets lost on the way, and some servers read a dot or `From` at its beginning as their own.
        const bool literal = (c > 32 && c < 127 && c != '=' && !(column == 0 && (c == '.' || c == 'F'))) || ((c == ' ' || c == '\t') && !last);
        const std::size_t width = literal ? 1 : 3;
        if (column + width > kMostLine - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (literal) out += static_cast<char>(c);
        else out += fmt::format("={:02X}", c);
        column += width;
    }
}

bool is_local_character(char c) {
    static constexpr std::string_view kSpecial = "!#$%&'*+/=?^_`{|}~-.";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kSpecial.find(c) != std::string_view::npos;
}
bool is_domain_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; }
bool has_empty_step(std::string_view dotted) {
    return dotted.starts_with('.') || dotted.ends_with('.') || dotted.find("..") != std::string_view::npos;
}

}  // namespace

bool is_address(std::string_view text) {
    const auto at = text.rfind('@');
    if (text.size() > kMostAddress || at == std::string_view::npos) return false;
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    return !local.empty() && local.size() <= 64 && !domain.empty() && std::ranges::all_of(local, is_local_character) &&
           std::ranges::all_of(domain, is_domain_character) && !has_empty_step(local) && !has_empty_step(domain);
}

Result<Mailbox> parse_mailbox(std::string_view text) {
    const Error wrong{Errc::invalid, "mail_address_invalid", "An e-mail address looks like name@example.org, or Name <name@example.org>."};
    const auto open = text.find('<');
    if (open == std::string_view::npos) {
        if (!is_address(text)) return wrong;
        return Mailbox{.name = {}, .address = std::string{text}};
    }
    auto name = text.substr(0, open);
    while (name.ends_with(' ')) name.remove_suffix(1);
    auto address = text.substr(open + 1);
    if (!address.ends_with('>')) return wrong;
    address.remove_suffix(1);
    if (!is_address(address) || !is_header_text(name)) return wrong;
    return Mailbox{.name = std::string{name}, .address = std::string{address}};
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        append_quoted_line(out, line);
        out += "\r\n";
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

Result<std::string> compose(const Mail& mail, const Letterhead& head) {
    if (!is_address(mail.to) || !is_address(head.from.address) || !is_header_text(head.from.name)) {
        return Error{Errc::invalid, "mail_address_invalid", "No mail can be sent to this address."};
    }
    if (mail.subject.empty() || mail.subject.size() > kMostSubject || !is_header_text(mail.subject)) {
        return Error{Errc::invalid, "mail_subject_invalid", "A subject is one line of text."};
    }
    const auto domain = head.from.address.substr(head.from.address.rfind('@') + 1);
    std::string out = fmt::format(
        "Date: {}\r\nFrom: {}\r\nTo: <{}>\r\nSubject: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n",
        header_date(head.date), header_mailbox(head.from), mail.to, header_text(mail.subject), head.id, domain);
    if (mail.html.empty()) return out + part("plain", mail.text);

    // An equals sign before an underscore is in no quoted-printable text: this boundary is in no part.
    const std::string boundary = "=_" + head.id;
    out += fmt::format("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary);
    out += fmt::format("--{0}\r\n{1}\r\n--{0}\r\n{2}\r\n--{0}--\r\n", boundary, part("plain", mail.text), part("html", mail.html));
    return out;
}

}  // namespace ae::mail
