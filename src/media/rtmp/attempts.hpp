// Wrong stream keys, by address: each answer comes later than the one before, and an address with too many is not asked about any
// more for a while. Other addresses are never touched by it. The table is bounded; the address that was quiet longest is forgotten.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>

#include "base/time.hpp"

namespace ae::media::rtmp {

class Attempts {
  public:
    static constexpr std::size_t kMaxAddresses = 10'000;
    /// Wrong keys in a row that are looked up; one more every three seconds. An encoder that reconnects every ten never runs out.
    static constexpr double kTokens = 20;
    static constexpr Duration kTokenEvery = std::chrono::seconds{3};
    static constexpr Duration kFirstDelay = std::chrono::milliseconds{250};
    static constexpr Duration kMaxDelay = std::chrono::seconds{8};
    /// A failure is forgotten after this long.
    static constexpr Duration kForgetEvery = std::chrono::seconds{30};

    /// Whether a key from this address is worth a look-up now.
    bool may_ask(const std::string& address, SteadyTime now);
    /// How long to wait with the answer.
    Duration note_failure(const std::string& address, SteadyTime now);
    void note_success(const std::string& address);
    std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        std::string address;
        double tokens = kTokens;
        double failures = 0;
        SteadyTime last{};
    };
    using Entries = std::list<Entry>;

    Entry* find(const std::string& address, SteadyTime now);

    /// The one that failed last is in front.
    Entries entries_;
    std::unordered_map<std::string, Entries::iterator> by_address_;
};

}  // namespace ae::media::rtmp
