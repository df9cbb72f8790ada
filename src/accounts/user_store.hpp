// The tables `users` and `profiles`: plain functions on a transaction, without rules.
#pragma once

#include <span>
#include <vector>

#include "accounts/user.hpp"
#include "store/db/db.hpp"

namespace ae::accounts {

/// This room's migrations, out of sql/. They come after those of names and before those of channels.
std::span<const db::Migration> migrations();

namespace store {

/// The account and its profile, whose id is given. Throws `db::UniqueViolation` when the e-mail address or the outside identity is another's.
void insert(db::Transaction& transaction, const User& user, const std::string& profile_id, const std::optional<std::string>& password_hash);
std::optional<User> find(db::Transaction& transaction, const UserId& id);
/// In lower case.
std::optional<User> find_by_email(db::Transaction& transaction, const std::string& email);
std::optional<User> find_by_external_id(db::Transaction& transaction, const std::string& external_id);
/// By e-mail address or username, in lower case.
std::optional<Credentials> credentials(db::Transaction& transaction, const std::string& login);
std::optional<std::string> password_hash(db::Transaction& transaction, const UserId& id);
/// By id, newest first, older than `before` (empty: from the newest on), with `search` somewhere in name or address (empty: all).
std::vector<User> list(db::Transaction& transaction, const std::string& search, const std::string& before, std::int64_t most);
/// Those who can log in.
std::int64_t count_admins(db::Transaction& transaction);

/// Writes everything that can change but counters and password. Throws `db::UniqueViolation` as `insert` does.
void update(db::Transaction& transaction, const User& user);
void set_password(db::Transaction& transaction, const UserId& id, const std::string& hash, WallTime at);
/// A stronger form of the same password.
void replace_hash(db::Transaction& transaction, const UserId& id, const std::string& old_hash, const std::string& new_hash);
/// A viewer becomes a creator; others stay what they are.
void make_creator(db::Transaction& transaction, const UserId& id, WallTime at);
void remove(db::Transaction& transaction, const UserId& id);

}  // namespace store
}  // namespace ae::accounts
