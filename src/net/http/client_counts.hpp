// How many connections each client has open.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

namespace ae::http {

/// Shared by the acceptor and all shards; touched once when a connection comes and once when it goes.
class ClientCounts {
  public:
    /// False when the client has `most` already.
    bool enter(const std::string& client, std::int64_t most) {
        const std::lock_guard hold{lock_};
        auto& count = counts_[client];
        if (count >= most) return false;
        ++count;
        return true;
    }
    void leave(const std::string& client) {
        const std::lock_guard hold{lock_};
        const auto found = counts_.find(client);
        if (found != counts_.end() && --found->second <= 0) counts_.erase(found);
    }

  private:
    std::mutex lock_;
    std::unordered_map<std::string, std::int64_t> counts_;
};

}  // namespace ae::http
