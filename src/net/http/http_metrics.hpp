// What the web server counts.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/metrics.hpp"
#include "base/time.hpp"

namespace ae::http {

/// The series of one route, found once.
class RouteMetrics {
  public:
    explicit RouteMetrics(std::string_view route);
    void answered(unsigned status, std::uint64_t bytes);
    /// For routes whose time is the server's own; a parked request's time is the broadcast's.
    void took(Duration time);

  private:
    std::array<metrics::Counter*, 5> by_class_;
    metrics::Histogram* seconds_;
};

struct ServerMetrics {
    metrics::Gauge& open;
    metrics::Gauge& in_progress;
    metrics::Counter& accepted;
    metrics::Counter& sent_bytes;
    static ServerMetrics& get();
};

/// A connection closed because its time was over, or not accepted, or a request that nobody understood: by reason.
void count_refused(std::string_view reason);
void count_timed_out(std::string_view what);

}  // namespace ae::http
