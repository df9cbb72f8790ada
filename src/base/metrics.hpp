// Metrics: counters, gauges and histograms with labels from small closed sets, written in the Prometheus text form.
// A metric is made once, where it is used (`static auto& frames = metrics::counter(...)`), and touched without a lock.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace ae::metrics {

struct Label {
    std::string_view name;
    std::string_view value;
};
using Labels = std::initializer_list<Label>;

class Counter {
  public:
    void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
  public:
    void set(double value) { value_.store(value, std::memory_order_relaxed); }
    void add(double by) { value_.fetch_add(by, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<double> value_{0};
};

/// Counts observations in buckets; bounds are upper edges in the metric's base unit, ascending.
class Histogram {
  public:
    explicit Histogram(std::span<const double> bounds);
    ~Histogram();
    void observe(double value);

  private:
    friend class Registry;
    struct State;
    State* state_;
};

/// The one series of this name and these labels; made at the first call. A name ends in its unit (`_total`, `_seconds`, `_bytes`).
/// The same name with another kind or help text fails a check.
Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
Histogram& histogram(std::string_view name, std::string_view help, std::span<const double> bounds, Labels labels = {});
/// A gauge that is asked when it is written out (a size that something already knows). `ask` may be called on any thread.
void gauge_from(std::string_view name, std::string_view help, Labels labels, std::function<double()> ask);

/// Everything, in the Prometheus text exposition format 0.0.4, sorted by name.
std::string exposition();

/// Seconds, from 100 microseconds to 10 s: for latencies.
std::span<const double> latency_bounds();

}  // namespace ae::metrics
