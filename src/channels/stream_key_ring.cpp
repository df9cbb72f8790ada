#include "channels/stream_key_ring.hpp"

#include <stdexcept>

namespace ae::channels {

namespace {
constexpr std::size_t kRandomBytes = 25;
}

StreamKeyRing::StreamKeyRing(const Secret& server_secret)
    : lookup_(crypto::derive_key(server_secret, "channels/stream-key/lookup")),
      seal_(crypto::derive_key(server_secret, "channels/stream-key/seal")) {}

FreshKey StreamKeyRing::make(const ChannelId& channel, std::string name, WallTime now, Random& random) const {
    Secret shown{"live_" + crypto::random_token(random, kRandomBytes)};
    const std::string& text = shown.reveal();  // to hash and to seal it
    StreamKey kept;
    kept.id = StreamKeyId{make_id_text(now, random)};
    kept.channel = channel;
    kept.name = std::move(name);
    kept.lookup_hash = lookup_hash(shown);
    kept.sealed_key = crypto::seal(seal_, as_bytes(text), kept.id.str(), random);
    kept.last_four = text.substr(text.size() - 4);
    kept.created_at = now;
    return {std::move(kept), std::move(shown)};
}

Bytes StreamKeyRing::lookup_hash(const Secret& key) const { return crypto::hmac_sha256(lookup_, as_bytes(key.reveal())); }

Secret StreamKeyRing::open(const StreamKey& key) const {
    const auto plain = crypto::open(seal_, key.sealed_key, key.id.str());
    if (!plain) throw std::runtime_error("a stream key cannot be opened: server.secret is not the one it was sealed under");
    return Secret{std::string{as_text(*plain)}};
}

}  // namespace ae::channels
