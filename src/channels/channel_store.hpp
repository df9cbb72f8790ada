// The tables of channels and their stream keys: plain functions on a transaction, without rules.
#pragma once

#include "channels/channel.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// This room's migrations, out of sql/.
std::span<const db::Migration> migrations();

namespace store {

/// Throws `db::UniqueViolation` when the slug is taken.
void insert(db::Transaction& transaction, const Channel& channel);
/// By id or slug, also one that is not public. Deleted ones are not found.
std::optional<Channel> find(db::Transaction& transaction, const std::string& id_or_slug);
/// Newest first, older than `before` (empty: from the newest on).
std::vector<Channel> list(db::Transaction& transaction, bool with_private, const std::string& before, std::int64_t most);
/// The list of words in a column, and back.
std::vector<std::string> tags_of(std::string_view json);
std::string text_of(const std::vector<std::string>& tags);
/// Marks it deleted and its keys revoked.
void remove(db::Transaction& transaction, const ChannelId& channel, WallTime at);

void insert_key(db::Transaction& transaction, const StreamKey& key);
/// Those not revoked, newest first.
std::vector<StreamKey> keys_of(db::Transaction& transaction, const ChannelId& channel);
/// The key with this hash, if it is neither revoked nor its channel deleted.
std::optional<StreamKey> find_key(db::Transaction& transaction, const Bytes& lookup_hash);
void revoke_keys(db::Transaction& transaction, const ChannelId& channel, WallTime at);
void note_key_used(db::Transaction& transaction, const StreamKeyId& key, const std::string& address, WallTime at);

}  // namespace store
}  // namespace ae::channels
