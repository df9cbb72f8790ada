#include "media/flv/timeline.hpp"

#include <algorithm>
#include <cstdlib>

namespace ae::media::flv {

namespace {

constexpr std::int64_t kMaxStepMs = 100;

// The nearest distance on the 32-bit circle.
std::int64_t distance(std::uint32_t from, std::uint32_t to) { return static_cast<std::int32_t>(to - from); }

}  // namespace

Timeline::Point Timeline::put(Track& track, std::uint32_t raw_ms, std::int64_t ms, bool discontinuity) {
    const auto step = ms - track.last_ms;
    if (track.started && step > 0 && step <= kMaxStepMs) step_ms_ = step;
    track.started = true;
    track.last_raw = raw_ms;
    track.last_ms = ms;
    if (track.epoch == epoch_) {
        last_raw_ = raw_ms;
        last_ms_ = ms;
    }
    latest_ms_ = std::max(latest_ms_, ms);
    return {ms, discontinuity};
}

Timeline::Point Timeline::begin_epoch(Track& track, std::uint32_t raw_ms) {
    track.epoch = ++epoch_;
    return put(track, raw_ms, latest_ms_ + step_ms_, true);
}

Timeline::Point Timeline::place(Track& track, std::uint32_t raw_ms) {
    if (!started_) {
        started_ = true;
        return put(track, raw_ms, 0, false);
    }
    const auto since_epoch = distance(last_raw_, raw_ms);
    const bool near_epoch = std::abs(since_epoch) <= kMaxForwardMs;
    if (!track.started) {
        if (!near_epoch) return begin_epoch(track, raw_ms);
        track.epoch = epoch_;
        return put(track, raw_ms, last_ms_ + since_epoch, false);
    }
    const auto since_own = distance(track.last_raw, raw_ms);
    if (since_own > -kMaxBackMs && since_own <= kMaxForwardMs) return put(track, raw_ms, track.last_ms + since_own, false);

    const bool other_epoch = track.epoch != epoch_;
    if (near_epoch && (other_epoch || since_own > 0)) {
        track.epoch = epoch_;
        return put(track, raw_ms, last_ms_ + since_epoch, other_epoch);
    }
    return begin_epoch(track, raw_ms);
}

std::int64_t SampleClock::place(std::int64_t ms, std::uint32_t samples, Timescale scale, bool resynchronise) {
    const auto told = rescale(ms, Timescale{1'000}, scale);
    const auto most = rescale(kMaxDriftMs, Timescale{1'000}, scale);
    const bool counted = started_ && samples != 0 && !resynchronise && std::abs(told - next_) <= most;
    auto dts = counted ? next_ : told;
    if (started_) dts = std::max(dts, last_ + 1);
    started_ = true;
    last_ = dts;
    next_ = dts + samples;
    return dts;
}

}  // namespace ae::media::flv
