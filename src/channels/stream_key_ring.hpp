// Makes stream keys and knows them again, under the server's secret.
#pragma once

#include "base/crypto.hpp"
#include "channels/channel.hpp"

namespace ae::channels {

struct FreshKey {
    StreamKey kept;
    /// The key as the encoder needs it: `live_` and 40 characters (200 random bits).
    Secret shown;
};

/// A key is looked up by a keyed hash and kept encrypted, each under a key of its own: a copy of the database lets nobody broadcast.
class StreamKeyRing {
  public:
    explicit StreamKeyRing(const Secret& server_secret);

    FreshKey make(const ChannelId& channel, std::string name, WallTime now, Random& random) const;
    Bytes lookup_hash(const Secret& key) const;
    /// Throws when the server's secret is not the one the key was sealed under.
    Secret open(const StreamKey& key) const;

  private:
    Secret lookup_, seal_;
};

}  // namespace ae::channels
