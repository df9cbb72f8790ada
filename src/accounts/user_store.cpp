#include "accounts/user_store.hpp"

namespace ae::accounts::store {

namespace {

const db::Query kInsert{"accounts.insert", R"sql(
    INSERT INTO users (id, email, username, display_name, avatar, bio, external_id, role, password_hash, password_changed_at,
                       email_verified_at, onboarded_at, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

const db::Query kInsertProfile{"accounts.insert_profile", R"sql(
    INSERT INTO profiles (id, user_id, social_links, notification_email, theme, language, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

#define AE_USER_COLUMNS                                                                                                        \
    "u.id, u.email, u.username, u.display_name, u.avatar, u.bio, u.external_id, u.role, u.email_verified_at, u.onboarded_at, " \
    "u.disabled_at, u.follower_count, u.following_count, p.social_links, p.notification_email, p.theme, p.language, "          \
    "u.created_at, u.updated_at"
#define AE_USERS "SELECT " AE_USER_COLUMNS " FROM users u JOIN profiles p ON p.user_id = u.id "

const db::Query kFind{"accounts.find", AE_USERS "WHERE u.id = $1"};
const db::Query kFindByEmail{"accounts.find_by_email", AE_USERS "WHERE u.email = $1"};
const db::Query kFindByExternal{"accounts.find_by_external_id", AE_USERS "WHERE u.external_id = $1"};
const db::Query kCredentials{"accounts.credentials", "SELECT " AE_USER_COLUMNS
                                                     ", u.password_hash FROM users u JOIN profiles p ON p.user_id = u.id"
                                                     " WHERE u.email = $1 OR u.username = $1"};
const db::Query kList{"accounts.list", AE_USERS
                      "WHERE ($1 = '' OR u.id < $1) AND ($2 = '' OR u.email LIKE $3 OR u.username LIKE $3 OR lower(u.display_name) LIKE $3)"
                      " ORDER BY u.id DESC LIMIT $4"};

#undef AE_USERS
#undef AE_USER_COLUMNS

const db::Query kPasswordHash{"accounts.password_hash", "SELECT password_hash FROM users WHERE id = $1"};
const db::Query kCountAdmins{"accounts.count_admins", "SELECT count(*) FROM users WHERE role = 'admin' AND disabled_at IS NULL"};

const db::Query kUpdate{"accounts.update", R"sql(
    UPDATE users
       SET email = $2, username = $3, display_name = $4, avatar = $5, bio = $6, external_id = $7, role = $8, email_verified_at = $9,
           onboarded_at = $10, disabled_at = $11, updated_at = $12
     WHERE id = $1)sql"};

const db::Query kUpdateProfile{"accounts.update_profile", R"sql(
    UPDATE profiles
       SET social_links = $2, notification_email = $3, theme = $4, language = $5, updated_at = $6
     WHERE user_id = $1)sql"};

const db::Query kSetPassword{"accounts.set_password", R"sql(
    UPDATE users
       SET password_hash = $2, password_changed_at = $3, updated_at = $3
     WHERE id = $1)sql"};

const db::Query kReplaceHash{"accounts.replace_hash", "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2"};

const db::Query kMakeCreator{"accounts.make_creator", R"sql(
    UPDATE users
       SET role = 'creator', updated_at = $2
     WHERE id = $1 AND role = 'viewer')sql"};

// The counters of those it followed, and of those who followed it; then the rows go with the account.
const db::Query kUncountFollowees{"accounts.uncount_followees", R"sql(
    UPDATE users
       SET follower_count = follower_count - 1
     WHERE id IN (SELECT followee_id FROM follows WHERE follower_id = $1))sql"};
const db::Query kUncountFollowers{"accounts.uncount_followers", R"sql(
    UPDATE users
       SET following_count = following_count - 1
     WHERE id IN (SELECT follower_id FROM follows WHERE followee_id = $1))sql"};
const db::Query kRemoveLinks{"accounts.remove_all_links_of", "DELETE FROM one_time_links WHERE user_id = $1"};
const db::Query kRemove{"accounts.remove", "DELETE FROM users WHERE id = $1"};

User user_of(const db::Row& row) {
    User user;
    user.id = UserId{row.text(0)};
    user.email = row.text(1);
    user.username = row.maybe_text(2);
    user.display_name = row.text(3);
    user.avatar = row.maybe_text(4);
    user.bio = row.maybe_text(5);
    user.external_id = row.maybe_text(6);
    user.role = role_of(row.text(7)).value();
    user.email_verified_at = row.maybe_time(8);
    user.onboarded_at = row.maybe_time(9);
    user.disabled_at = row.maybe_time(10);
    user.follower_count = row.integer(11);
    user.following_count = row.integer(12);
    user.social_links = social::links_of(row.text(13));
    user.notification_email = row.maybe_text(14);
    user.theme = row.text(15);
    user.language = row.text(16);
    user.created_at = row.time(17);
    user.updated_at = row.time(18);
    return user;
}

std::optional<User> first_user(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return user_of(rows.front());
}

/// What `LIKE` gives a meaning is left out: nobody is found by it.
std::string pattern_of(const std::string& search) {
    std::string pattern = "%";
    for (const char c : search) {
        if (c != '%' && c != '_' && c != '\\') pattern.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    return pattern + "%";
}

}  // namespace

void insert(db::Transaction& transaction, const User& user, const std::string& profile_id, const std::optional<std::string>& password_hash) {
    const auto changed = password_hash ? std::optional{user.created_at} : std::nullopt;
    transaction.execute(kInsert, {user.id, user.email, user.username, user.display_name, user.avatar, user.bio, user.external_id, word_of(user.role),
                                  password_hash, changed, user.email_verified_at, user.onboarded_at, user.created_at, user.updated_at});
    transaction.execute(kInsertProfile, {profile_id, user.id, social::json_of(user.social_links), user.notification_email, user.theme, user.language,
                                         user.created_at, user.updated_at});
}

std::optional<User> find(db::Transaction& transaction, const UserId& id) { return first_user(transaction.query(kFind, {id})); }

std::optional<User> find_by_email(db::Transaction& transaction, const std::string& email) {
    return first_user(transaction.query(kFindByEmail, {email}));
}

std::optional<User> find_by_external_id(db::Transaction& transaction, const std::string& external_id) {
    return first_user(transaction.query(kFindByExternal, {external_id}));
}

std::optional<Credentials> credentials(db::Transaction& transaction, const std::string& login) {
    const auto rows = transaction.query(kCredentials, {login});
    if (rows.empty()) return std::nullopt;
    return Credentials{user_of(rows.front()), rows.front().maybe_text(19)};
}

std::optional<std::string> password_hash(db::Transaction& transaction, const UserId& id) {
    const auto rows = transaction.query(kPasswordHash, {id});
    if (rows.empty()) return std::nullopt;
    return rows.front().maybe_text(0);
}

std::vector<User> list(db::Transaction& transaction, const std::string& search, const std::string& before, std::int64_t most) {
    std::vector<User> found;
    for (const auto& row : transaction.query(kList, {before, search, pattern_of(search), most})) found.push_back(user_of(row));
    return found;
}

std::int64_t count_admins(db::Transaction& transaction) { return transaction.query(kCountAdmins).at(0).integer(0); }

void update(db::Transaction& transaction, const User& user) {
    transaction.execute(kUpdate, {user.id, user.email, user.username, user.display_name, user.avatar, user.bio, user.external_id, word_of(user.role),
                                  user.email_verified_at, user.onboarded_at, user.disabled_at, user.updated_at});
    transaction.execute(kUpdateProfile,
                        {user.id, social::json_of(user.social_links), user.notification_email, user.theme, user.language, user.updated_at});
}

void set_password(db::Transaction& transaction, const UserId& id, const std::string& hash, WallTime at) {
    transaction.execute(kSetPassword, {id, hash, at});
}

void replace_hash(db::Transaction& transaction, const UserId& id, const std::string& old_hash, const std::string& new_hash) {
    transaction.execute(kReplaceHash, {id, old_hash, new_hash});
}

void make_creator(db::Transaction& transaction, const UserId& id, WallTime at) { transaction.execute(kMakeCreator, {id, at}); }

void remove(db::Transaction& transaction, const UserId& id) {
    transaction.execute(kUncountFollowees, {id});
    transaction.execute(kUncountFollowers, {id});
    transaction.execute(kRemoveLinks, {id});
    transaction.execute(kRemove, {id});
}

}  // namespace ae::accounts::store
