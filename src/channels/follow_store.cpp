#include "channels/follow_store.hpp"

namespace ae::channels::store {

namespace {

const db::Query kFollow{"channels.follow", R"sql(
    INSERT INTO channel_follows (id, user_id, channel_id, created_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (user_id, channel_id) DO NOTHING)sql"};

const db::Query kUnfollow{"channels.unfollow", "DELETE FROM channel_follows WHERE user_id = $1 AND channel_id = $2"};

const db::Query kCount{"channels.count_followers", R"sql(
    UPDATE channels
       SET follower_count = follower_count + $2
     WHERE id = $1
    RETURNING follower_count)sql"};

const db::Query kIsFollowing{"channels.is_following", "SELECT id FROM channel_follows WHERE user_id = $1 AND channel_id = $2"};

const db::Query kFollowers{"channels.followers", R"sql(
    SELECT id, user_id, created_at
      FROM channel_follows
     WHERE channel_id = $1 AND ($2 = '' OR id < $2)
     ORDER BY id DESC
     LIMIT $3)sql"};

const db::Query kRemoveFollowers{"channels.remove_followers", "DELETE FROM channel_follows WHERE channel_id = $1"};

const db::Query kDiscount{"channels.discount_followed", R"sql(
    UPDATE channels
       SET follower_count = follower_count - 1
     WHERE id IN (SELECT channel_id FROM channel_follows WHERE user_id = $1))sql"};

const db::Query kRemoveFollows{"channels.remove_follows_of", "DELETE FROM channel_follows WHERE user_id = $1"};

std::int64_t count(db::Transaction& transaction, const ChannelId& channel, std::int64_t change) {
    const auto rows = transaction.query(kCount, {channel, change});
    return rows.empty() ? 0 : rows.front().integer(0);
}

}  // namespace

FollowState follow(db::Transaction& transaction, const FollowId& id, const UserId& account, const ChannelId& channel, WallTime at) {
    const auto added = transaction.execute(kFollow, {id, account, channel, at});
    return {true, count(transaction, channel, added)};
}

FollowState unfollow(db::Transaction& transaction, const UserId& account, const ChannelId& channel) {
    const auto removed = transaction.execute(kUnfollow, {account, channel});
    return {false, count(transaction, channel, -removed)};
}

bool is_following(db::Transaction& transaction, const UserId& account, const ChannelId& channel) {
    return !account.empty() && !transaction.query(kIsFollowing, {account, channel}).empty();
}

std::vector<Follower> followers(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most) {
    std::vector<Follower> found;
    for (const auto& row : transaction.query(kFollowers, {channel, before, most})) {
        found.push_back({FollowId{row.text(0)}, UserId{row.text(1)}, row.time(2)});
    }
    return found;
}

void remove_followers(db::Transaction& transaction, const ChannelId& channel) { transaction.execute(kRemoveFollowers, {channel}); }

void remove_follows_of(db::Transaction& transaction, const UserId& account) {
    transaction.execute(kDiscount, {account});
    transaction.execute(kRemoveFollows, {account});
}

}  // namespace ae::channels::store
