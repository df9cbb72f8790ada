#include "net/http/rate_limiter.hpp"

#include <algorithm>
#include <cmath>

namespace ae::http {

namespace {

double seconds_between(SteadyTime from, SteadyTime to) { return std::max(0.0, std::chrono::duration<double>(to - from).count()); }

std::chrono::seconds seconds_up(double seconds) { return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(seconds))}; }

}  // namespace

double RateLimiter::Bucket::level(SteadyTime now) const { return std::min(capacity, tokens + seconds_between(at, now) * refill_per_second); }

void RateLimiter::make_room(Stripe& stripe, SteadyTime now) const {
    if (stripe.buckets.size() < per_lock_) return;
    std::erase_if(stripe.buckets, [&](const auto& entry) { return entry.second.level(now) >= entry.second.capacity; });
    // A quarter goes at a time, so that a flood of new clients does not pay for a walk each.
    while (stripe.buckets.size() >= per_lock_ - per_lock_ / 4 && !stripe.buckets.empty()) {
        stripe.buckets.erase(stripe.buckets.begin());
    }
}

RateLimiter::Verdict RateLimiter::take(std::size_t route, std::string_view client, std::uint32_t count, std::chrono::seconds window, SteadyTime now) {
    std::string key = std::to_string(route);
    key.append("/").append(client);
    Stripe& stripe = stripes_[std::hash<std::string>{}(key) % stripes_.size()];
    const std::lock_guard hold{stripe.lock};

    const double capacity = count, refill = capacity / static_cast<double>(std::max<std::int64_t>(window.count(), 1));
    if (!stripe.buckets.contains(key)) make_room(stripe, now);
    Bucket& bucket = stripe.buckets.try_emplace(std::move(key), Bucket{capacity, refill, capacity, now}).first->second;
    bucket.tokens = bucket.level(now);
    bucket.at = now;
    if (bucket.tokens < 1.0) return {false, 0, seconds_up((1.0 - bucket.tokens) / refill)};
    bucket.tokens -= 1.0;
    return {true, static_cast<std::uint32_t>(bucket.tokens), seconds_up((capacity - bucket.tokens) / refill)};
}

std::size_t RateLimiter::size() const {
    std::size_t total = 0;
    for (const Stripe& stripe : stripes_) {
        const std::lock_guard hold{stripe.lock};
        total += stripe.buckets.size();
    }
    return total;
}

}  // namespace ae::http
