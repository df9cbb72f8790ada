// What a browser or a program shows to be somebody.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/user.hpp"
#include "base/secret.hpp"

namespace ae::accounts {

using SessionId = Id<struct SessionTag>;
using AccessTokenId = Id<struct AccessTokenTag>;

/// Where a request comes from, for lists that its owner reads.
struct Visit {
    std::string address;
    /// What the browser calls itself.
    std::string device;
    /// The session that it already has, which a new one takes the place of: a session's name never survives a login.
    SessionId present = {};
};

struct Session {
    SessionId id;
    UserId user;
    std::string device;
    std::string address;
    WallTime created_at = {};
    WallTime last_seen_at = {};
    /// When its owner last proved to be there.
    WallTime confirmed_at = {};
    WallTime expires_at = {};
};

/// What a bearer token may do.
enum class Scope { read, write };
BOOST_DESCRIBE_ENUM(Scope, read, write)

struct AccessToken {
    AccessTokenId id;
    UserId user;
    std::string name;
    std::string last_four;
    std::vector<Scope> scopes;
    WallTime created_at = {};
    std::optional<WallTime> expires_at = {};
    std::optional<WallTime> last_used_at = {};
    std::optional<std::string> last_used_address = {};
};

/// Who is there, as a session or a token says.
struct Presence {
    UserId user;
    Role role = Role::viewer;
    /// Empty for a token.
    SessionId session = {};
    /// The login, or its confirmation, is not older than ten minutes.
    bool recent = false;
    bool only_reads = false;
};

}  // namespace ae::accounts
