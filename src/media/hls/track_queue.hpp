// The frames of one track that are not in a part yet, and their way into samples: a frame's duration is the next one's decode time less
// its own, so a frame is ready when its successor is there.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "media/codec/frame.hpp"
#include "media/mp4/fragment.hpp"

namespace ae::media::hls {

/// Added to every decode time, so that none is below zero: streams start with reordered frames at negative times.
inline constexpr std::int64_t kDecodeOffsetSeconds = 10;

/// The samples taken for one part. The payloads live as long as the queue is not asked to take again.
struct TakenRun {
    std::uint64_t decode_time = 0;
    std::vector<mp4::Sample> samples;
    bool has_key = false;
    std::vector<FramePtr> frames;  // keeps the payloads
};

class TrackQueue {
  public:
    enum class Verdict : std::uint8_t { taken, early, late, misplaced };

    /// `from`: nothing before this time is kept. `frame`: how long a frame usually lasts. `delay`: added to decode times and taken from
    /// composition offsets, so that a track with reordered frames begins to be shown when it begins to be decoded. Else every
    /// discontinuity would leave a hole of that length in a browser's buffer: it ends with the sound and begins with the picture.
    /// All in the track's ticks.
    TrackQueue(FormatPtr format, std::int64_t from, std::int64_t frame, std::int64_t delay = 0);

    /// `early`: it lies before the start. `late`: its time is behind what was taken already. `misplaced`: farther from its
    /// neighbours than a publisher's pause; the caller decides what that means. Only `taken` keeps the frame. A hole in the audio is filled.
    Verdict push(FramePtr frame);
    /// Whether everything before `at` is here.
    bool reached(std::int64_t at) const;
    /// Puts silence up to `at`, where the format allows.
    void fill_until(std::int64_t at);
    /// What starts before `at`.
    const TakenRun& take_until(std::int64_t at);

    const FormatPtr& format() const { return format_; }
    Timescale scale() const { return format_->timescale; }
    /// Where the newest frame ends, if it lasts as long as usual; the start when there was none.
    std::int64_t end() const { return end_; }
    /// The decode time of the newest frame.
    std::int64_t newest() const { return newest_; }
    bool heard() const { return heard_; }
    /// The frame's decode time in this track.
    std::int64_t time_of(const Frame& frame) const { return frame.dts + delay_; }
    std::size_t pending_bytes() const { return pending_bytes_; }

  private:
    struct Pending {
        FramePtr frame;  // none: silence
        std::int64_t dts = 0;
    };
    bool audio() const { return format_->kind == MediaKind::audio; }
    void append(FramePtr frame, std::int64_t dts);
    mp4::Sample sample_of(const Pending& pending, std::int64_t next) const;

    FormatPtr format_;
    std::int64_t from_, frame_, delay_, end_, newest_;
    std::int64_t taken_until_;  // decode time of the next sample that goes out
    BytesView silence_;
    std::deque<Pending> pending_;
    std::size_t pending_bytes_ = 0;
    bool heard_ = false;  // a frame of the publisher's was taken
    TakenRun run_;
};

}  // namespace ae::media::hls
