// The tables of channels and their stream keys: plain functions on a transaction, without rules.
#pragma once

#include "channels/channel.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// This room's migrations, out of sql/.
std::span<const db::Migration> migrations();

/// Which channels a list has.
struct ChannelFilter {
    /// The account that `followed` and `mine` mean; empty: nobody's.
    UserId account = {};
    /// A piece of the name or the slug; empty: any.
    std::string search = {};
    std::string category = {};
    bool followed = false;
    bool mine = false;
    /// Private ones too.
    bool with_private = false;
};

/// A channel, and whether the account that asks follows it.
struct FollowedChannel {
    Channel channel;
    bool is_following = false;
};

namespace store {

/// Throws `db::UniqueViolation` when the slug is taken.
void insert(db::Transaction& transaction, const Channel& channel);
/// Writes everything that its owner may change. Throws `db::UniqueViolation` when the slug is taken.
void update(db::Transaction& transaction, const Channel& channel);
/// By id or slug, also one that is not public. Deleted ones are not found.
std::optional<Channel> find(db::Transaction& transaction, const std::string& id_or_slug);
/// The account's oldest channel: the one that its username names.
std::optional<Channel> find_first_of(db::Transaction& transaction, const UserId& creator);
std::int64_t count_of(db::Transaction& transaction, const UserId& creator);
/// Newest first, older than `before` (empty: from the newest on).
std::vector<FollowedChannel> list(db::Transaction& transaction, const ChannelFilter& filter, const std::string& before, std::int64_t most);
/// The list of words in a column, and back.
std::vector<std::string> tags_of(std::string_view json);
std::string text_of(const std::vector<std::string>& tags);
/// Marks it deleted and its keys revoked; nobody follows it any more.
void remove(db::Transaction& transaction, const ChannelId& channel, WallTime at);

std::vector<Category> categories(db::Transaction& transaction);
bool category_exists(db::Transaction& transaction, const std::string& slug);

void insert_key(db::Transaction& transaction, const StreamKey& key);
/// Those not revoked, newest first.
std::vector<StreamKey> keys_of(db::Transaction& transaction, const ChannelId& channel);
/// The key with this hash, if it is neither revoked nor its channel deleted.
std::optional<StreamKey> find_key(db::Transaction& transaction, const Bytes& lookup_hash);
void revoke_keys(db::Transaction& transaction, const ChannelId& channel, WallTime at);
/// False: the channel has no such key that still works.
bool revoke_key(db::Transaction& transaction, const ChannelId& channel, const StreamKeyId& key, WallTime at);
void note_key_used(db::Transaction& transaction, const StreamKeyId& key, const std::string& address, WallTime at);

}  // namespace store
}  // namespace ae::channels
