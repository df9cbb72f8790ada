#include "io/timing_wheel.hpp"

#include <algorithm>

namespace ae::io {

void WheelTimer::cancel() {
    if (wheel_ == nullptr) return;
    next_->previous_ = previous_;
    previous_->next_ = next_;
    next_ = previous_ = nullptr;
    --wheel_->size_;
    wheel_ = nullptr;
}

void WheelTimer::link_before(WheelTimer& head) {
    next_ = &head;
    previous_ = head.previous_;
    previous_->next_ = this;
    head.previous_ = this;
}

TimingWheel::TimingWheel(SteadyTime start) : start_(start) {
    for (auto& head : slots_) head.next_ = head.previous_ = &head;
    due_now_.next_ = due_now_.previous_ = &due_now_;
}

TimingWheel::~TimingWheel() {
    for (auto& head : slots_) forget(head);
    forget(due_now_);
}

void TimingWheel::forget(WheelTimer& head) {
    while (head.next_ != &head) head.next_->cancel();
}

std::uint64_t TimingWheel::tick_of(SteadyTime time) const {
    return static_cast<std::uint64_t>(std::max(SteadyTime::duration{0}, time - start_) / kTick);
}

void TimingWheel::arm(WheelTimer& timer, SteadyTime due) {
    timer.cancel();
    // Rounded up, so that it is never early, and never into the slot that was just read.
    timer.tick_ = std::max(tick_of(due) + 1, current_ + 1);
    timer.wheel_ = this;
    timer.link_before(slots_[timer.tick_ % kSlots]);
    ++size_;
}

void TimingWheel::collect_due(SteadyTime now) {
    const auto target = tick_of(now);
    // After a pause of more than a turn, each slot is read once.
    const auto steps = std::min<std::uint64_t>(target - std::min(target, current_), kSlots);
    for (std::uint64_t step = 1; step <= steps; ++step) {
        auto& head = slots_[(current_ + step) % kSlots];
        for (auto* timer = head.next_; timer != &head;) {
            auto* const following = timer->next_;
            if (timer->tick_ <= target) {
                timer->next_->previous_ = timer->previous_;
                timer->previous_->next_ = timer->next_;
                timer->link_before(due_now_);
            }
            timer = following;
        }
    }
    current_ = std::max(current_, target);
}

bool TimingWheel::run_due(SteadyTime now, std::size_t most) {
    if (due_now_.next_ == &due_now_) collect_due(now);
    for (std::size_t count = 0; count < most && due_now_.next_ != &due_now_; ++count) {
        auto& timer = *due_now_.next_;
        timer.cancel();
        // A copy: the callback may destroy the timer and with it the function that runs.
        const auto due = timer.due_;
        due();
    }
    return due_now_.next_ != &due_now_;
}

std::optional<SteadyTime> TimingWheel::next_due() const {
    if (size_ == 0) return std::nullopt;
    if (due_now_.next_ != &due_now_) return start_ + current_ * kTick;
    for (std::uint64_t step = 1; step < kSlots; ++step) {
        const auto& head = slots_[(current_ + step) % kSlots];
        if (head.next_ != &head) return start_ + (current_ + step) * kTick;
    }
    return start_ + (current_ + kSlots) * kTick;
}

}  // namespace ae::io
