#include "accounts/letters.hpp"

#include <fmt/format.h>

namespace ae::accounts::letters {

namespace {

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

/// A sentence, perhaps a link, and what to do when it was somebody else.
Mail letter(const std::string& to, std::string subject, std::string_view sentence, std::string_view link, std::string_view otherwise) {
    Mail mail{.to = to, .subject = std::move(subject), .text = fmt::format("{}\n\n", sentence), .html = {}};
    mail.html = fmt::format("<p>{}</p>\n", escape_html(sentence));
    if (!link.empty()) {
        mail.text += fmt::format("{}\n\n", link);
        mail.html += fmt::format("<p><a href=\"{0}\">{0}</a></p>\n", escape_html(link));
    }
    mail.text += fmt::format("{}\n", otherwise);
    mail.html += fmt::format("<p>{}</p>\n", escape_html(otherwise));
    return mail;
}

constexpr std::string_view kNotYou = "If this was not you, you need not do anything.";

}  // namespace

Mail verify_address(const std::string& to, std::string_view link) {
    return letter(to, "Verify your e-mail address", "Open this link within a day to verify your e-mail address:", link, kNotYou);
}

Mail already_registered(const std::string& to, std::string_view login_page) {
    return letter(to, "You already have an account",
                  "Somebody, perhaps you, tried to register with this e-mail address, which has an account already. Log in here:", login_page,
                  kNotYou);
}

Mail reset_password(const std::string& to, std::string_view link) {
    return letter(to, "Choose a new password", "Open this link within an hour to choose a new password:", link,
                  "If you did not ask for this, your password stays as it is.");
}

Mail change_address(const std::string& to, std::string_view link) {
    return letter(to, "Verify your new e-mail address", "Open this link within a day to use this e-mail address for your account:", link, kNotYou);
}

Mail address_is_changing(const std::string& to, std::string_view new_address) {
    return letter(to, "Your e-mail address is being changed",
                  fmt::format("The e-mail address of your account will be {} as soon as that one is verified.", new_address), "",
                  "If this was not you, choose a new password at once: all sessions end with it.");
}

Mail password_changed(const std::string& to) {
    return letter(to, "Your password was changed", "The password of your account was changed, and all other sessions ended.", "",
                  "If this was not you, ask for a new password on the login page.");
}

}  // namespace ae::accounts::letters
