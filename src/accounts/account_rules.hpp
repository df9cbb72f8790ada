// What the words of an account may be.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace ae::accounts {

/// `local@domain` of printable ASCII as mail servers take it, up to 254 characters; answers it in lower case. Refuses `email_invalid`.
Result<std::string> check_email(std::string_view text);

/// 8 to 256 bytes; none of the passwords that everybody tries first, and not the e-mail address itself. Refuses `password_weak`.
Result<void> check_password(const Secret& password, std::string_view email);

/// 1 to 40 characters to be seen, none of which controls anything, no blank at the ends. Refuses `display_name_invalid`.
Result<void> check_display_name(std::string_view name);

/// Up to 500 characters; line ends are allowed. Refuses `bio_invalid`.
Result<void> check_bio(std::string_view bio);

/// `dark`, `light` or `system`. Refuses `theme_invalid`.
Result<void> check_theme(std::string_view theme);

/// The form of a language tag (BCP 47): `en`, `pt-BR`, `zh-Hant-TW`. Refuses `language_invalid`.
Result<void> check_language(std::string_view tag);

/// `Name` and `NAME@Example.org` in lower case: how logins and addresses are looked up.
std::string lower(std::string_view text);

}  // namespace ae::accounts
