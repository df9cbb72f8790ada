// Who follows which channel, and how many do: a row and the channel's counter, written together.
#pragma once

#include "channels/channel.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

using FollowId = Id<struct ChannelFollowTag>;

struct Follower {
    FollowId id;
    UserId account;
    WallTime since = {};
};

/// How it stands between an account and a channel.
struct FollowState {
    bool is_following = false;
    std::int64_t follower_count = 0;
};

namespace store {

/// Once is as good as twice: the counter rises only with the row.
FollowState follow(db::Transaction& transaction, const FollowId& id, const UserId& account, const ChannelId& channel, WallTime at);
FollowState unfollow(db::Transaction& transaction, const UserId& account, const ChannelId& channel);
bool is_following(db::Transaction& transaction, const UserId& account, const ChannelId& channel);
/// Newest first, older than `before` (empty: from the newest on).
std::vector<Follower> followers(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most);
void remove_followers(db::Transaction& transaction, const ChannelId& channel);
/// The account goes: it follows nothing, and what it followed has one less.
void remove_follows_of(db::Transaction& transaction, const UserId& account);

}  // namespace store
}  // namespace ae::channels
