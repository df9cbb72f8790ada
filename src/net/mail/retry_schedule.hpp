// When which mail is tried again. Sans-IO: it is told the time.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace ae::mail {

class RetrySchedule {
  public:
    /// The first wait; each further one of a mail is four times as long, up to an hour.
    explicit RetrySchedule(Duration first) : first_(first) {}

    /// A mail to be tried at once.
    void add(const std::string& id, SteadyTime now);
    /// The oldest mail that is due.
    std::optional<std::string> due(SteadyTime now) const;
    /// When the next one is; nullopt: nothing waits.
    std::optional<SteadyTime> next() const;
    void put_off(const std::string& id, SteadyTime now);
    /// The server cannot be reached: nothing is tried before this mail is.
    void put_off_all(const std::string& id, SteadyTime now);
    /// Sent, or given up.
    void remove(const std::string& id) { waiting_.erase(id); }
    int attempts(const std::string& id) const;
    std::size_t size() const { return waiting_.size(); }

  private:
    struct Waiting {
        SteadyTime at;
        int attempts = 0;
    };
    Duration wait_after(int attempts) const;

    Duration first_;
    /// Ids sort by the time they were made.
    std::map<std::string, Waiting> waiting_;
};

}  // namespace ae::mail
