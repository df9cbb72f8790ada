// One timing wheel per shard, for the thousands of deadlines of things that mostly wait. Adding and cancelling cost a few pointers
// and no allocation; a timer that is moved on at every request costs next to nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/time.hpp"

namespace ae::io {

class TimingWheel;

/// A place in a wheel or in none. Belongs to what waits, which it must not outlive in the callback.
class WheelTimer {
  public:
    /// `due` runs once each time it was armed; it may arm this timer again, or destroy its owner.
    explicit WheelTimer(std::function<void()> due) : due_(std::move(due)) {}
    ~WheelTimer() { cancel(); }
    WheelTimer(const WheelTimer&) = delete;
    WheelTimer& operator=(const WheelTimer&) = delete;

    bool armed() const { return next_ != nullptr; }
    /// Idempotent; also inside a callback of another timer that is due in the same moment.
    void cancel();

  private:
    friend class TimingWheel;
    WheelTimer() = default;  // the head of a ring
    void link_before(WheelTimer& head);

    std::function<void()> due_;
    WheelTimer* next_ = nullptr;
    WheelTimer* previous_ = nullptr;
    TimingWheel* wheel_ = nullptr;
    std::uint64_t tick_ = 0;
};

/// Sans-IO: the shard hands in the time. A timer is never early and at most one tick late, loop lateness aside.
class TimingWheel {
  public:
    static constexpr Duration kTick = std::chrono::milliseconds{10};
    static constexpr std::size_t kSlots = 1024;

    explicit TimingWheel(SteadyTime start);
    /// Every timer in it must have gone or be cancelled; it forgets those that were not.
    ~TimingWheel();
    TimingWheel(const TimingWheel&) = delete;
    TimingWheel& operator=(const TimingWheel&) = delete;

    /// Arms the timer, or moves it when it was armed.
    void arm(WheelTimer& timer, SteadyTime due);
    std::size_t size() const { return size_; }
    /// Runs at most `most` timers that are due. Whether there are more.
    bool run_due(SteadyTime now, std::size_t most);
    /// When to call `run_due` again; it may find nothing due (a timer more than one turn ahead). nullopt: nothing is armed.
    std::optional<SteadyTime> next_due() const;

  private:
    friend class WheelTimer;
    void collect_due(SteadyTime now);
    void forget(WheelTimer& head);
    std::uint64_t tick_of(SteadyTime time) const;

    SteadyTime start_;
    std::uint64_t current_ = 0;
    std::size_t size_ = 0;
    WheelTimer slots_[kSlots];
    // Due and not yet run: still rings, so that a callback can cancel its neighbours.
    WheelTimer due_now_;
};

}  // namespace ae::io
