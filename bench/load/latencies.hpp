// Milliseconds of many events, and where their percentiles lie.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ae::bench {

class Latencies {
  public:
    void add(double ms) { values_.push_back(static_cast<float>(ms)); }
    std::size_t count() const { return values_.size(); }

    /// `share` from 0 to 1; 0 when nothing was added.
    double percentile(double share) {
        if (values_.empty()) return 0;
        const auto at = std::min(values_.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values_.size())));
        const auto place = values_.begin() + static_cast<std::ptrdiff_t>(at);
        std::nth_element(values_.begin(), place, values_.end());
        return *place;
    }

  private:
    std::vector<float> values_;
};

}  // namespace ae::bench
