// An account: who somebody is here, and what of it others see.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "accounts/events.hpp"
#include "social/links.hpp"

namespace ae::accounts {

/// What an account may do; each may what those before it may.
enum class Role { viewer, creator, moderator, admin };
BOOST_DESCRIBE_ENUM(Role, viewer, creator, moderator, admin)
std::string_view word_of(Role role);
/// Of `viewer`, `creator`, `moderator`, `admin`.
std::optional<Role> role_of(std::string_view word);

/// The documents' User and Profile, which are two tables and one thing.
struct User {
    UserId id;
    /// In lower case.
    std::string email;
    /// Nothing until onboarding.
    std::optional<std::string> username = {};
    std::string display_name = {};
    std::optional<std::string> avatar = {};
    std::optional<std::string> bio = {};
    /// Who it is for an identity provider outside.
    std::optional<std::string> external_id = {};
    Role role = Role::viewer;
    std::optional<WallTime> email_verified_at = {};
    std::optional<WallTime> onboarded_at = {};
    std::optional<WallTime> disabled_at = {};
    std::int64_t follower_count = 0;
    std::int64_t following_count = 0;
    social::SocialLinks social_links = {};
    std::optional<std::string> notification_email = {};
    std::string theme = "dark";
    std::string language = "en";
    WallTime created_at = {};
    WallTime updated_at = {};
};

/// What login compares with.
struct Credentials {
    User user;
    /// argon2id in its text form; nothing for who comes from outside.
    std::optional<std::string> password_hash;
};

}  // namespace ae::accounts
