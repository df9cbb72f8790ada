#include "media/rtmp/attempts.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace ae::media::rtmp {

namespace {

double ratio(std::chrono::steady_clock::duration passed, Duration every) {
    return std::chrono::duration<double>(passed).count() / std::chrono::duration<double>(every).count();
}

}  // namespace

Attempts::Entry* Attempts::find(const std::string& address, SteadyTime now) {
    const auto found = by_address_.find(address);
    if (found == by_address_.end()) return nullptr;
    auto& entry = *found->second;
    const auto passed = now - entry.last;
    entry.tokens = std::min(kTokens, entry.tokens + ratio(passed, kTokenEvery));
    entry.failures = std::max(0.0, entry.failures - ratio(passed, kForgetEvery));
    entry.last = now;
    return &entry;
}

bool Attempts::may_ask(const std::string& address, SteadyTime now) {
    const auto* entry = find(address, now);
    return entry == nullptr || entry->tokens >= 1;
}

Duration Attempts::note_failure(const std::string& address, SteadyTime now) {
    auto* entry = find(address, now);
    if (entry == nullptr) {
        if (entries_.size() >= kMaxAddresses) {
            by_address_.erase(entries_.back().address);
            entries_.pop_back();
        }
        entry = &entries_.emplace_front(Entry{.address = address, .last = now});
        by_address_[address] = entries_.begin();
    } else {
        entries_.splice(entries_.begin(), entries_, by_address_[address]);
    }
    entry->tokens = std::max(0.0, entry->tokens - 1);
    const double delay = static_cast<double>(kFirstDelay.count()) * std::exp2(std::min(entry->failures, 30.0));
    entry->failures += 1;
    return std::min(kMaxDelay, Duration{static_cast<std::int64_t>(delay)});
}

void Attempts::note_success(const std::string& address) {
    const auto found = by_address_.find(address);
    if (found == by_address_.end()) return;
    entries_.erase(found->second);
    by_address_.erase(found);
}

}  // namespace ae::media::rtmp
