// The keys of one issuer, fetched when they are needed and kept.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "io/address_filter.hpp"
#include "io/event.hpp"
#include "io/http_client.hpp"
#include "io/shard.hpp"
#include "net/jose/jwk.hpp"

namespace ae::jose {

struct JwksSource {
    /// For metrics: a literal from a small closed set.
    std::string_view purpose;
    std::string url;
    io::AddressFilter may_connect = io::is_public_address;
};

/// Lives on its home shard; any shard may ask. Fetches at most once a minute, however many unknown names come: whoever asks meanwhile gets the answer of that
/// fetch. Keys are fetched again after an hour; while the issuer is away, the old ones serve for a day.
class JwksCache {
  public:
    /// All references outlive it.
    JwksCache(JwksSource source, io::Shard& home, io::HttpClient& client, const Clock& clock);
    JwksCache(const JwksCache&) = delete;
    JwksCache& operator=(const JwksCache&) = delete;

    /// Refuses `token_key_unknown` (unauthorized), and `token_keys_unavailable` (unavailable) when there are no keys and none can be had.
    io::Task<Result<Jwk>> find(std::string id, crypto::SignatureAlgorithm algorithm);

  private:
    io::Task<Result<Jwk>> find_here(std::string id, crypto::SignatureAlgorithm algorithm);
    io::Task<> refresh();
    io::Task<> fetch();
    bool may_fetch() const;

    JwksSource source_;
    io::Shard& home_;
    io::HttpClient& client_;
    const Clock& clock_;
    std::vector<Jwk> keys_;
    std::optional<SteadyTime> fetched_at_;
    std::optional<SteadyTime> tried_at_;
    /// Set while a fetch runs; those who come meanwhile wait for it.
    std::shared_ptr<io::Event> fetching_;
};

}  // namespace ae::jose
