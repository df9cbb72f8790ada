// The table `follows`: who follows whom, with both counters in the same transaction.
#pragma once

#include "accounts/user.hpp"
#include "store/db/db.hpp"

namespace ae::accounts::store {

/// False when it is so already.
bool follow(db::Transaction& transaction, const std::string& id, const UserId& follower, const UserId& followee, WallTime now);
/// False when it was not so.
bool unfollow(db::Transaction& transaction, const UserId& follower, const UserId& followee);
bool follows(db::Transaction& transaction, const UserId& follower, const UserId& followee);

/// An account in a list of follows, and the follow's id to continue from.
struct FollowCard {
    std::string follow;
    UserId user;
    std::string username;
    std::string display_name;
    std::optional<std::string> avatar;
    WallTime since;
};
enum class FollowSide { followers, following };
/// The latest first, older than the follow `before` (empty: from the latest on); who does not show himself is left out.
std::vector<FollowCard> follow_list(db::Transaction& transaction, FollowSide side, const UserId& user, const std::string& before, std::int64_t most);

}  // namespace ae::accounts::store
