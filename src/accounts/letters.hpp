// What accounts write to people.
#pragma once

#include <string>
#include <string_view>

#include "accounts/ports.hpp"

namespace ae::accounts::letters {

/// `link` leads to the page that proves the address.
Mail verify_address(const std::string& to, std::string_view link);
/// Somebody tried to register with an address that has an account.
Mail already_registered(const std::string& to, std::string_view login_page);
Mail reset_password(const std::string& to, std::string_view link);
/// To the new address.
Mail change_address(const std::string& to, std::string_view link);
/// To the old one, when the change was asked for and when it was made.
Mail address_is_changing(const std::string& to, std::string_view new_address);
Mail password_changed(const std::string& to);

}  // namespace ae::accounts::letters
