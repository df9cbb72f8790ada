#include "accounts/account_rules.hpp"

#include <algorithm>
#include <array>

#include "base/json_text.hpp"

namespace ae::accounts {

namespace {

constexpr std::size_t kEmailMost = 254, kLocalMost = 64, kPasswordLeast = 8, kPasswordMost = 256, kDisplayNameMost = 40, kBioMost = 500;

/// Those of eight and more characters that lists of stolen passwords begin with.
constexpr std::array kWorn = std::to_array<std::string_view>({
    "00000000",    "11111111",   "11223344", "12121212",   "12341234",  "123123123", "12345678", "123456789",  "1234567890", "1q2w3e4r",
    "1q2w3e4r5t",  "1qaz2wsx",   "66666666", "87654321",   "88888888",  "987654321", "aa123456", "aa12345678", "abc12345",   "abcd1234",
    "abcdefgh",    "adminadmin", "asdfasdf", "asdfghjkl",  "baseball",  "changeme",  "computer", "football",   "google123",  "iloveyou",
    "internet",    "jennifer",   "letmein1", "livestream", "michelle",  "p@ssw0rd",  "passw0rd", "password",   "password1",  "password12",
    "password123", "princess",   "q1w2e3r4", "q1w2e3r4t5", "qazwsxedc", "qwer1234",  "qwerty12", "qwerty123",  "qwertyui",   "qwertyuiop",
    "starwars",    "sunshine",   "superman", "trustno1",   "welcome1",  "whatever",  "zaq12wsx", "zxcvbnm1",
});

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// RFC 5321's atom, without what nobody uses and headers could be broken with.
bool is_local_character(char c) { return is_letter_or_digit(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~."}.find(c) != std::string_view::npos; }

bool is_local(std::string_view local) {
    return !local.empty() && local.size() <= kLocalMost && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string_view::npos && std::ranges::all_of(local, is_local_character);
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    while (true) {
        const auto dot = domain.find('.');
        if (!is_label(domain.substr(0, dot))) return false;
        ++labels;
        if (dot == std::string_view::npos) return labels >= 2;
        domain.remove_prefix(dot + 1);
    }
}

/// C0, DEL and C1, and the marks that turn the direction of the text around them.
bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    if (first < 0x20 || first == 0x7f) return true;
    if (first == 0xc2) return static_cast<unsigned char>(sequence[1]) < 0xa0;
    const auto is_between = [&](std::string_view least, std::string_view most) { return sequence >= least && sequence <= most; };
    return sequence.size() == 3 && (is_between("\u200b", "\u200f") || is_between("\u2028", "\u202e") || is_between("\u2066", "\u2069"));
}

/// The number of characters; nullopt for what is no text to show.
std::optional<std::size_t> characters(std::string_view text, bool lines) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return std::nullopt;
        if (is_control(text.substr(0, length)) && !(lines && text.front() == '\n')) return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

}  // namespace

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

Result<std::string> check_email(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > kEmailMost || !is_local(text.substr(0, at)) || !is_domain(text.substr(at + 1))) {
        return Error{Errc::invalid, "email_invalid", "This is no e-mail address."};
    }
    return lower(text);
}

Result<void> check_password(const Secret& password, std::string_view email) {
    const std::string& plain = password.reveal();  // to look at it
    if (plain.size() < kPasswordLeast || plain.size() > kPasswordMost) {
        return Error{Errc::invalid, "password_weak", "A password has 8 to 256 characters."};
    }
    const auto folded = Secret{lower(plain)};
    if (folded.reveal() == email || std::ranges::find(kWorn, folded.reveal()) != kWorn.end()) {
        return Error{Errc::invalid, "password_weak", "Everybody tries this password first; choose another."};
    }
    return {};
}

Result<void> check_display_name(std::string_view name) {
    const auto count = characters(name, false);
    if (!count || *count == 0 || *count > kDisplayNameMost || name.front() == ' ' || name.back() == ' ') {
        return Error{Errc::invalid, "display_name_invalid",
                     "A name has 1 to 40 characters, none of which controls anything, and no blank at its ends."};
    }
    return {};
}

Result<void> check_bio(std::string_view bio) {
    const auto count = characters(bio, true);
    if (!count || *count > kBioMost) return Error{Errc::invalid, "bio_invalid", "This text has 500 characters at most, and no control characters."};
    return {};
}

Result<void> check_theme(std::string_view theme) {
    if (theme == "dark" || theme == "light" || theme == "system") return {};
    return Error{Errc::invalid, "theme_invalid", "A theme is dark, light or system."};
}

Result<void> check_language(std::string_view tag) {
    const Error refusal{Errc::invalid, "language_invalid", "A language is a tag such as en or pt-BR."};
    if (tag.size() > 35) return refusal;
    for (bool first = true; first || !tag.empty(); first = false) {
        const auto dash = tag.find('-');
        const auto part = tag.substr(0, dash);
        const bool long_enough = first ? part.size() >= 2 && part.size() <= 3 : !part.empty() && part.size() <= 8;
        if (!long_enough || !std::ranges::all_of(part, is_letter_or_digit)) return refusal;
        if (dash == tag.size() - 1) return refusal;
        tag = dash == std::string_view::npos ? std::string_view{} : tag.substr(dash + 1);
    }
    return {};
}

}  // namespace ae::accounts
