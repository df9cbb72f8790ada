#include "accounts/user.hpp"

#include <array>

namespace ae::accounts {

namespace {
constexpr std::array<std::string_view, 4> kRoles{"viewer", "creator", "moderator", "admin"};
}

std::string_view word_of(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> role_of(std::string_view word) {
    for (std::size_t i = 0; i < kRoles.size(); ++i) {
        if (kRoles[i] == word) return static_cast<Role>(i);
    }
    return std::nullopt;
}

}  // namespace ae::accounts
