// Wall time (what a person calls it) and steady time (how long it took): two types, because they are two things.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ae {

using Duration = std::chrono::microseconds;
using WallTime = std::chrono::sys_time<std::chrono::microseconds>;
using SteadyTime = std::chrono::steady_clock::time_point;

/// Where a room gets its time from; a test hands in one that it moves by hand.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual WallTime wall() const = 0;
    virtual SteadyTime steady() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock {
  public:
    WallTime wall() const override;
    SteadyTime steady() const override;
};

/// A clock for tests: it stands still until it is moved.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(WallTime start = WallTime{std::chrono::seconds{1'790'000'000}}) : wall_(start) {}
    WallTime wall() const override { return wall_; }
    SteadyTime steady() const override { return steady_; }
    void advance(Duration by) {
        wall_ += by;
        steady_ += by;
    }

  private:
    WallTime wall_;
    SteadyTime steady_{std::chrono::hours{1}};
};

/// RFC 3339 in UTC with milliseconds, as `2026-11-20T07:32:59.120Z`: the form of the API and of HLS.
std::string to_rfc3339(WallTime time);
std::optional<WallTime> from_rfc3339(std::string_view text);
/// Microseconds since 1970: the form of the database.
inline std::int64_t to_micros(WallTime time) { return time.time_since_epoch().count(); }
inline WallTime from_micros(std::int64_t micros) { return WallTime{std::chrono::microseconds{micros}}; }

}  // namespace ae
