// The packager of a channel: frames in, parts, segments and snapshots out. Sans-IO: it owns no socket, starts no timer, reads no clock;
// everything happens within a call. Lives on the channel's home shard. It outlives its publisher's connection: a reconnect is a
// discontinuity of the same stream.
//
// Renditions: `main` is the default video track with the audio (or the audio alone, when there is no video); `v1`, `v2`, … are the other
// video tracks (enhanced RTMP multitrack) with the same audio; `audio` is the audio alone, when there is video too. All are cut at the same
// points, so they share their numbers.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "media/codec/frame.hpp"
#include "media/hls/rendition.hpp"
#include "media/hls/snapshot.hpp"
#include "media/hls/start_point.hpp"
#include "media/hls/timeline.hpp"

namespace ae::media::hls {

/// Things the broadcast's owner should be told.
enum class Warning : std::uint8_t {
    long_group,         // no keyframe for longer than a segment: viewers join late; set the encoder's keyframe interval to 2 s
    codec_unsupported,  // a track cannot be played and is left out
};
std::string_view warning_reason(Warning warning);

/// Video tracks with higher numbers are left out.
inline constexpr std::uint8_t kMostVideoTracks = 8;

/// Called from within the packager's calls; must not call back into it.
class PackagerListener {
  public:
    virtual ~PackagerListener() = default;
    /// This number is in use from now on, and will be in the next snapshot. They rise by one.
    virtual void segment_opened(std::uint64_t msn) = 0;
    /// The discontinuity sequence number of the segments from the next on.
    virtual void discontinuity(std::uint64_t sequence) = 0;
    /// A part, the end of a segment or the end of the stream: wake who waits.
    virtual void published(const SnapshotPtr& snapshot) = 0;
    /// Each once a stream.
    virtual void warned(Warning warning) = 0;
};

class Packager {
  public:
    /// The listener outlives the packager.
    Packager(StartPoint start, TimeAnchor anchor, PackagerListener& listener, WindowLimits limits = {});

    /// A frame of any track, in the order of arrival. What cannot be used is counted (`aethex_hls_frames_dropped_total`) and dropped.
    void on_frame(const FramePtr& frame);
    /// The publisher's connection is gone; the stream may go on with another. What is here becomes the last, short segment, and what
    /// comes next starts after a discontinuity.
    void on_publisher_gap();
    /// The broadcast is over: the playlists get their ENDLIST. Nothing is taken after it.
    void end();

    /// The newest; null before the first part.
    const SnapshotPtr& snapshot() const { return snapshot_; }
    /// What a successor would have to start with (a new epoch and prefix are its owner's).
    std::uint64_t next_msn() const { return msn_; }
    std::uint64_t discontinuity_sequence() const { return discontinuity_sequence_; }
    std::size_t memory_bytes() const;
    /// Frames that were not packaged, for whatever reason.
    std::uint64_t dropped() const { return dropped_; }

  private:
    /// What a rendition is made of in this timeline.
    struct Output {
        Rendition* rendition = nullptr;
        std::optional<std::size_t> video;  // which of the timeline's video tracks; none: the audio alone
    };
    bool acceptable(const FramePtr& frame);
    bool can_be_played(const FramePtr& frame);
    void take(const FramePtr& frame);
    void begin_timeline();
    void finish_timeline();
    void set_outputs(const TimelineTracks& tracks);
    void set_video_output(const TimelineTracks& tracks, std::size_t video);
    Rendition& rendition(const std::string& id);
    void make_parts();
    void make_part(const Cut& cut);
    SharedBytes fragment_for(const Output& output);
    void open_segment();
    /// A first segment that was missed, a part long. hls.js takes no playlist without a whole segment (its levelEmptyError), which would
    /// keep viewers waiting for the encoder's second keyframe; with this one it begins at the first parts (measured: first picture after
    /// 0.9 s instead of 2.2 s with keyframes every 2 s).
    void begin_with_gap(WallTime until);
    void close_segment(const Cut& cut);
    void publish();
    void warn(Warning warning);
    void drop(std::string_view reason);

    StartPoint start_;
    TimeAnchor anchor_;
    PackagerListener& listener_;
    WindowLimits limits_;

    Gathering gathering_;
    std::optional<Timeline> timeline_;
    std::bitset<256> asked_;
    std::vector<std::unique_ptr<Rendition>> renditions_;  // `main`, the other video tracks, `audio`
    std::vector<Output> outputs_;                         // a rendition that has none is silent in this timeline: its parts are gaps
    std::vector<const TakenRun*> video_runs_;             // of the part that is being made
    const TakenRun* audio_run_ = nullptr;
    double part_target_ = 0;  // 0: not decided yet

    std::uint64_t msn_;
    std::uint64_t open_part_ = 0;
    bool segment_open_ = false;
    std::uint64_t discontinuity_sequence_;
    bool broken_ = false;       // the next segment comes after a discontinuity
    bool any_segment_ = false;  // a first one was opened
    bool independent_segments_ = true;
    WallTime timeline_wall_{};             // of the timeline's start
    std::int64_t segment_start_ = 0;       // in the primary's ticks
    std::int64_t part_start_ = 0;          // in the primary's ticks
    WallTime last_end_ = WallTime::min();  // of the newest part: wall times do not go back
    std::bitset<8> warned_;
    /// The formats that were looked at last, by video track, and the audio's at the end: one look a format, not one a frame.
    std::array<FormatPtr, kMostVideoTracks + 1> playable_;
    std::uint64_t dropped_ = 0;
    bool ended_ = false;
    SnapshotPtr snapshot_;
};

}  // namespace ae::media::hls
