// From RTMP's 32-bit milliseconds, which wrap, jump and start again, to one time that only rises.
#pragma once

#include <cstdint>

#include "base/media_time.hpp"

namespace ae::media::flv {

/// One publisher's clock for all its tracks. The first frame is at zero. A track that goes back more than a second, or goes forward
/// more than ten while no other track is near, has reset its clock: a new epoch begins right after the latest frame, and the tracks
/// join it, each with a discontinuity, when their own timestamps jump. Stragglers of the old epoch keep their place.
class Timeline {
  public:
    static constexpr std::int64_t kMaxBackMs = 1'000;
    static constexpr std::int64_t kMaxForwardMs = 10'000;

    struct Track {
        bool started = false;
        std::uint32_t epoch = 0;
        std::uint32_t last_raw = 0;
        std::int64_t last_ms = 0;
    };
    struct Point {
        std::int64_t ms = 0;
        bool discontinuity = false;
    };

    Point place(Track& track, std::uint32_t raw_ms);

  private:
    Point put(Track& track, std::uint32_t raw_ms, std::int64_t ms, bool discontinuity);
    Point begin_epoch(Track& track, std::uint32_t raw_ms);

    bool started_ = false;
    std::uint32_t epoch_ = 0;
    /// The last timestamp of the current epoch, of whichever track, and where it was put.
    std::uint32_t last_raw_ = 0;
    std::int64_t last_ms_ = 0;
    std::int64_t latest_ms_ = 0;
    /// The distance of two frames, for the step into a new epoch.
    std::int64_t step_ms_ = 20;
};

/// Audio counted in samples: milliseconds say 21, 21, 22, and a decoder wants 1024 each time. It follows the samples until they
/// and the timestamps are 40 ms apart, then the timestamps.
class SampleClock {
  public:
    static constexpr std::int64_t kMaxDriftMs = 40;

    /// The dts of a frame of `samples` that the timestamps put at `ms`; always later than the one before. `samples` 0: not known.
    std::int64_t place(std::int64_t ms, std::uint32_t samples, Timescale scale, bool resynchronise);

  private:
    bool started_ = false;
    std::int64_t last_ = 0;
    std::int64_t next_ = 0;
};

}  // namespace ae::media::flv
