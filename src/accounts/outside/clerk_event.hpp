// What Clerk tells about its users, read from a webhook's body.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace ae::outside {

enum class ClerkEventKind { user_created, user_updated, user_deleted, other };

struct ClerkEvent {
    ClerkEventKind kind = ClerkEventKind::other;
    /// `user_2abc`.
    std::string user;
    /// The primary address; empty: it has none.
    std::string email = {};
    bool email_verified = false;
    std::string display_name = {};
    /// When it was so, by Clerk's clock; of a deletion, which does not say, nothing.
    std::optional<WallTime> as_of = {};
};

/// Refuses `webhook_body_invalid`. An event of another kind is `other`, and says nothing more.
Result<ClerkEvent> read_clerk_event(std::string_view json);

/// How a Clerk user is called here.
inline std::string clerk_external_id(std::string_view user) { return "clerk|" + std::string{user}; }

}  // namespace ae::outside
