// Stream keys: which one lets an encoder in, and what their owner does with them. Every deed is in the channel's audit log. Whoever rotates or
// deletes a key through here also ends the publication that was made with it (`StreamControl::cut_key`).
#pragma once

#include "channels/audit_store.hpp"
#include "channels/channel_store.hpp"
#include "channels/config.hpp"
#include "channels/stream_key_ring.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// Whom a key lets in.
struct KeyHolder {
    Channel channel;
    StreamKeyId key;
};

/// A key for its owner's eyes.
struct ShownKey {
    StreamKey kept;
    Secret shown;
};

/// A key that took another one's place.
struct RotatedKey {
    Channel channel;
    std::vector<StreamKeyId> revoked;
    ShownKey fresh;
};

struct RevokedKey {
    Channel channel;
    StreamKeyId key;
};

struct AuditPage {
    std::vector<AuditEntry> entries;
    std::string next;
};

class StreamKeyService {
  public:
    /// The references outlive the service.
    StreamKeyService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret, ChannelsConfig config = {});

    // For the ingest.

    /// Refuses `stream_key_unknown`: never given out, revoked, or of a deleted channel; it does not say which.
    io::Task<Result<KeyHolder>> find_by_key(Secret key);
    io::Task<> note_used(StreamKeyId key, std::string address);

    // For the owner; each refuses `channel_not_found` and `not_yours`.

    /// The newest key. Also refuses `stream_key_none`: all were deleted.
    io::Task<Result<ShownKey>> show(std::string id_or_slug, Actor actor);
    io::Task<Result<std::vector<StreamKey>>> list(std::string id_or_slug, Actor actor);
    /// Also refuses `name_invalid`, `too_many_keys`.
    io::Task<Result<ShownKey>> add(std::string id_or_slug, std::string name, Actor actor);
    /// Another key under the same name; the one before stops at once. Also refuses `stream_key_not_found`.
    io::Task<Result<RotatedKey>> rotate(std::string id_or_slug, StreamKeyId key, Actor actor);
    /// Also refuses `stream_key_not_found`.
    io::Task<Result<RevokedKey>> remove(std::string id_or_slug, StreamKeyId key, Actor actor);
    io::Task<Result<AuditPage>> audit(std::string id_or_slug, Actor actor, std::string after, std::int64_t most);

    // For the operator at the command line.

    /// Revokes every key of the channel and makes a new one. Refuses `channel_not_found`.
    io::Task<Result<RotatedKey>> rotate_all(std::string id_or_slug);
    /// The newest key. Refuses `channel_not_found`, `stream_key_none`.
    io::Task<Result<Secret>> reveal(std::string id_or_slug);

  private:
    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    StreamKeyRing ring_;
    ChannelsConfig config_;
};

}  // namespace ae::channels
