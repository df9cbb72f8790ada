// Before a timeline can start, it must be known which tracks it has and how long a frame lasts: frames are gathered until then, for a
// second at most once video can start.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "media/codec/frame.hpp"

namespace ae::media::hls {

/// The tracks a timeline starts with.
struct TimelineTracks {
    struct Video {
        std::uint8_t number = 0;
        FormatPtr format;
        /// From decoding to showing its first frame, in its ticks: what reordering costs.
        std::int64_t delay = 0;
    };
    std::vector<Video> videos;  // the primary first: the lowest number that has a keyframe
    FormatPtr audio;            // none when the publisher sent none so far
    std::int64_t start = 0;     // when the primary's first frame is shown, on the primary's timescale
    std::int64_t frame = 0;     // how long a frame of the primary lasts, in its ticks
    SteadyTime arrived{};       // of that first frame
};

class Gathering {
  public:
    /// Frames that no decoder could start with are dropped; a broken clock or a changed format drops what came before.
    void add(FramePtr frame);
    bool ready() const;
    TimelineTracks tracks() const;
    /// What was gathered, in the order of arrival; the gathering is empty after it.
    std::vector<FramePtr> take();

  private:
    struct Seen {
        FramePtr first, newest;
        std::size_t frames = 0;
        std::int64_t shortest = 0;  // between two frames, in ticks
    };
    void note(Seen& seen, const FramePtr& frame);
    void forget(const Frame& like);
    const Seen* primary() const;
    bool frame_length_known(const Seen& seen) const;
    Duration waited(const Seen& seen) const;

    std::map<std::uint8_t, Seen> videos_;
    Seen audio_;
    std::optional<SteadyTime> first_video_;  // also of frames that were dropped
    std::vector<FramePtr> frames_;
    std::size_t bytes_ = 0;
};

/// One format for a decoder, whatever object it is.
bool same_format(const TrackFormat& a, const TrackFormat& b);
/// The usual length of a frame in ticks: by what the format says, else what was measured, else a thirtieth of a second.
std::int64_t frame_length(const TrackFormat& format, std::int64_t measured);

}  // namespace ae::media::hls
