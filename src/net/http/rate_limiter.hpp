// Token buckets by route and client, in a table of bounded size.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.hpp"

namespace ae::http {

/// Shared by all shards, because a client's connections are spread over them and its limit is one. Only limited routes ask, and a question
/// holds one of 16 locks for a look-up.
class RateLimiter {
  public:
    struct Verdict {
        bool allowed = true;
        std::uint32_t remaining = 0;
        /// Until a request is allowed (when refused), or until the bucket is full.
        std::chrono::seconds reset{0};
    };

    /// `per_lock` buckets at most under each lock. When there are more clients than that, full buckets are forgotten (they say nothing), then
    /// arbitrary ones.
    explicit RateLimiter(std::size_t per_lock = 8192) : per_lock_(per_lock) {}

    /// Takes one token of `count` per `window`, all of which may be taken at once.
    Verdict take(std::size_t route, std::string_view client, std::uint32_t count, std::chrono::seconds window, SteadyTime now);
    std::size_t size() const;

  private:
    struct Bucket {
        double tokens;
        double refill_per_second;
        double capacity;
        SteadyTime at;
        double level(SteadyTime now) const;
    };
    struct Stripe {
        mutable std::mutex lock;
        std::unordered_map<std::string, Bucket> buckets;
    };
    void make_room(Stripe& stripe, SteadyTime now) const;

    std::size_t per_lock_;
    std::array<Stripe, 16> stripes_;
};

}  // namespace ae::http
