#include "accounts/follow_store.hpp"

namespace ae::accounts::store {

namespace {

const db::Query kFollow{"accounts.follow", R"sql(
    INSERT INTO follows (id, follower_id, followee_id, created_at)
    VALUES ($1, $2, $3, $4)
        ON CONFLICT (follower_id, followee_id) DO NOTHING)sql"};
const db::Query kUnfollow{"accounts.unfollow", "DELETE FROM follows WHERE follower_id = $1 AND followee_id = $2"};
const db::Query kFollows{"accounts.follows", "SELECT 1 FROM follows WHERE follower_id = $1 AND followee_id = $2"};
const db::Query kCountFollower{"accounts.count_follower", "UPDATE users SET follower_count = follower_count + $2 WHERE id = $1"};
const db::Query kCountFollowing{"accounts.count_following", "UPDATE users SET following_count = following_count + $2 WHERE id = $1"};

const db::Query kFollowers{"accounts.followers", R"sql(
    SELECT f.id, u.id, u.username, u.display_name, u.avatar, f.created_at
      FROM follows f
      JOIN user_cards u ON u.id = f.follower_id
     WHERE f.followee_id = $1 AND ($2 = '' OR f.id < $2)
     ORDER BY f.id DESC
     LIMIT $3)sql"};
const db::Query kFollowing{"accounts.following", R"sql(
    SELECT f.id, u.id, u.username, u.display_name, u.avatar, f.created_at
      FROM follows f
      JOIN user_cards u ON u.id = f.followee_id
     WHERE f.follower_id = $1 AND ($2 = '' OR f.id < $2)
     ORDER BY f.id DESC
     LIMIT $3)sql"};

void count(db::Transaction& transaction, const UserId& follower, const UserId& followee, std::int64_t by) {
    transaction.execute(kCountFollower, {followee, by});
    transaction.execute(kCountFollowing, {follower, by});
}

}  // namespace

bool follow(db::Transaction& transaction, const std::string& id, const UserId& follower, const UserId& followee, WallTime now) {
    if (transaction.execute(kFollow, {id, follower, followee, now}) == 0) return false;
    count(transaction, follower, followee, 1);
    return true;
}

bool unfollow(db::Transaction& transaction, const UserId& follower, const UserId& followee) {
    if (transaction.execute(kUnfollow, {follower, followee}) == 0) return false;
    count(transaction, follower, followee, -1);
    return true;
}

bool follows(db::Transaction& transaction, const UserId& follower, const UserId& followee) {
    return !transaction.query(kFollows, {follower, followee}).empty();
}

std::vector<FollowCard> follow_list(db::Transaction& transaction, FollowSide side, const UserId& user, const std::string& before, std::int64_t most) {
    std::vector<FollowCard> found;
    for (const auto& row : transaction.query(side == FollowSide::followers ? kFollowers : kFollowing, {user, before, most})) {
        found.push_back({row.text(0), UserId{row.text(1)}, row.text(2), row.text(3), row.maybe_text(4), row.time(5)});
    }
    return found;
}

}  // namespace ae::accounts::store
