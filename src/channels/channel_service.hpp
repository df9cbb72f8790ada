// The rules of channels: who is called what, and which key lets an encoder in. Callers have checked who may ask: the routes show what is
// public, the rest is for the admin socket, the command line and the ingest.
#pragma once

#include "base/result.hpp"
#include "channels/channel.hpp"
#include "channels/stream_key_ring.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// A channel as it was made. The key is shown here; later only `show_key` gives it.
struct CreatedChannel {
    Channel channel;
    Secret key;
};

/// Whom a key lets in.
struct KeyHolder {
    Channel channel;
    StreamKeyId key;
};

struct ChannelList {
    std::vector<Channel> channels;
    /// Hand it to the next `list`; empty at the end.
    std::string next;
};

class ChannelService {
  public:
    /// The references outlive the service.
    ChannelService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret);

    /// Refuses `name_invalid`, `slug_invalid`, `slug_reserved`, `slug_taken`.
    io::Task<Result<CreatedChannel>> create(std::string name, std::string slug);
    /// By id or slug, also a private one. Refuses `channel_not_found`.
    io::Task<Result<Channel>> find(std::string id_or_slug);
    /// Newest first. `after` is the `next` of the list before; `most` is cut to 100.
    io::Task<ChannelList> list(std::string after, std::int64_t most, bool with_private);
    /// Its keys stop working at once; whoever calls also ends a running broadcast. Answers what it was. Refuses `channel_not_found`.
    io::Task<Result<Channel>> delete_channel(std::string id_or_slug);

    /// Revokes every key of the channel and makes a new one. Refuses `channel_not_found`.
    io::Task<Result<CreatedChannel>> rotate_key(std::string id_or_slug);
    /// The newest key, for its owner's eyes. Refuses `channel_not_found`, `stream_key_unknown` (none is left).
    io::Task<Result<Secret>> show_key(std::string id_or_slug);
    /// Refuses `stream_key_unknown`: never given out, revoked, or of a deleted channel; it does not say which.
    io::Task<Result<KeyHolder>> find_by_key(Secret key);
    io::Task<> note_key_used(StreamKeyId key, std::string address);

  private:
    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    StreamKeyRing ring_;
};

}  // namespace ae::channels
