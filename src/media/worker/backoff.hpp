// How long to wait after failures in a row. Sans-IO.
#pragma once

#include <algorithm>

#include "base/time.hpp"

namespace ae::media::worker {

/// The first failure costs nothing: it may have been the job's fault. From the second on the wait doubles.
class Backoff {
  public:
    Duration failed() {
        const auto wait = next_;
        next_ = next_ == Duration{0} ? kFirst : std::min(next_ * 2, kMost);
        return wait;
    }
    void succeeded() { next_ = Duration{0}; }

    static constexpr Duration kFirst = std::chrono::milliseconds{50};
    static constexpr Duration kMost = std::chrono::seconds{2};

  private:
    Duration next_{0};
};

}  // namespace ae::media::worker
