// Media time: ticks on a track's own timescale. A point on it is not a time of day, and seconds as a double would drift.
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace ae {

/// Ticks per second of a track: 90 000 for video, the sample rate for audio.
struct Timescale {
    std::uint32_t per_second = 90'000;
    bool operator==(const Timescale&) const = default;
};

inline constexpr Timescale kVideoTimescale{90'000};

/// Ticks -> ticks on another scale, rounded to nearest (half away from zero), without overflow for 64-bit ticks.
constexpr std::int64_t rescale(std::int64_t ticks, Timescale from, Timescale to) {
    const __int128 scaled = static_cast<__int128>(ticks) * to.per_second;
    const __int128 half = from.per_second / 2;
    return static_cast<std::int64_t>((scaled >= 0 ? scaled + half : scaled - half) / from.per_second);
}

constexpr Duration to_duration(std::int64_t ticks, Timescale scale) { return Duration{rescale(ticks, scale, Timescale{1'000'000})}; }
constexpr std::int64_t to_ticks(Duration duration, Timescale scale) { return rescale(duration.count(), Timescale{1'000'000}, scale); }

}  // namespace ae
