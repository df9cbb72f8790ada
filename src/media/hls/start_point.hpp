// Where a stream's numbers start, and how the packager's time relates to the clock on the wall.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace ae::media::hls {

/// Given by the owner, who keeps it on disk: no number and no address of one stream is ever used twice, also after `kill -9`.
struct StartPoint {
    /// Which run of the packager this is for its broadcast; a part of the prefix already.
    std::uint64_t epoch = 1;
    /// The first media sequence number; at least 1, as hls.js does not ask for what follows segment 0 (video-dev/hls.js#8013).
    std::uint64_t first_msn = 1;
    /// Of the first segment.
    std::uint64_t discontinuity_sequence = 0;
    /// The absolute path under which all media lies, without a slash at its end: it holds the broadcast's secret and the epoch.
    std::string media_prefix;
};

/// One reading of both clocks: wall times of frames come from it and from their arrival on the steady clock.
struct TimeAnchor {
    SteadyTime steady{};
    WallTime wall{};

    static TimeAnchor read(const Clock& clock) { return {clock.steady(), clock.wall()}; }
    WallTime at(SteadyTime time) const { return wall + std::chrono::duration_cast<Duration>(time - steady); }
};

}  // namespace ae::media::hls
