#include "channels/channel_store.hpp"

namespace ae::channels::store {

namespace {

const db::Query kInsertKey{"channels.insert_key", R"sql(
    INSERT INTO stream_keys (id, channel_id, name, lookup_hash, sealed_key, last_four, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

const db::Query kKeysOf{"channels.keys_of", R"sql(
    SELECT id, channel_id, name, lookup_hash, sealed_key, last_four, created_at, last_used_at, last_used_address
      FROM stream_keys
     WHERE channel_id = $1 AND revoked_at IS NULL
     ORDER BY created_at DESC, id DESC)sql"};

const db::Query kFindKey{"channels.find_key", R"sql(
    SELECT k.id, k.channel_id, k.name, k.lookup_hash, k.sealed_key, k.last_four, k.created_at, k.last_used_at, k.last_used_address
      FROM stream_keys k
      JOIN channels c ON c.id = k.channel_id
     WHERE k.lookup_hash = $1 AND k.revoked_at IS NULL AND c.deleted_at IS NULL)sql"};

const db::Query kRevoke{"channels.revoke_keys", R"sql(
    UPDATE stream_keys
       SET revoked_at = $2
     WHERE channel_id = $1 AND revoked_at IS NULL)sql"};

const db::Query kRevokeOne{"channels.revoke_key", R"sql(
    UPDATE stream_keys
       SET revoked_at = $3
     WHERE channel_id = $1 AND id = $2 AND revoked_at IS NULL)sql"};

const db::Query kNoteUsed{"channels.note_key_used", R"sql(
    UPDATE stream_keys
       SET last_used_at = $3, last_used_address = $2
     WHERE id = $1)sql"};

StreamKey key_of(const db::Row& row) {
    StreamKey key;
    key.id = StreamKeyId{row.text(0)};
    key.channel = ChannelId{row.text(1)};
    key.name = row.text(2);
    key.lookup_hash = row.blob(3);
    key.sealed_key = row.blob(4);
    key.last_four = row.text(5);
    key.created_at = row.time(6);
    key.last_used_at = row.maybe_time(7);
    key.last_used_address = row.maybe_text(8);
    return key;
}

}  // namespace

void insert_key(db::Transaction& transaction, const StreamKey& key) {
    transaction.execute(kInsertKey, {key.id, key.channel, key.name, key.lookup_hash, key.sealed_key, key.last_four, key.created_at});
}

std::vector<StreamKey> keys_of(db::Transaction& transaction, const ChannelId& channel) {
    std::vector<StreamKey> found;
    for (const auto& row : transaction.query(kKeysOf, {channel})) found.push_back(key_of(row));
    return found;
}

std::optional<StreamKey> find_key(db::Transaction& transaction, const Bytes& lookup_hash) {
    const auto rows = transaction.query(kFindKey, {lookup_hash});
    if (rows.empty()) return std::nullopt;
    return key_of(rows.front());
}

void revoke_keys(db::Transaction& transaction, const ChannelId& channel, WallTime at) { transaction.execute(kRevoke, {channel, at}); }

bool revoke_key(db::Transaction& transaction, const ChannelId& channel, const StreamKeyId& key, WallTime at) {
    return transaction.execute(kRevokeOne, {channel, key, at}) == 1;
}

void note_key_used(db::Transaction& transaction, const StreamKeyId& key, const std::string& address, WallTime at) {
    transaction.execute(kNoteUsed, {key, address, at});
}

}  // namespace ae::channels::store
