// Between two discontinuities: a set of tracks with unchanging formats on one clock. Takes frames, decides by the primary where parts end,
// and gives out a part when all its tracks are there or have been waited for long enough.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/hls/cut_plan.hpp"
#include "media/hls/gathering.hpp"
#include "media/hls/track_queue.hpp"

namespace ae::media::hls {

class Timeline {
  public:
    struct VideoTrack {
        std::uint8_t number;
        TrackQueue queue;
        bool given_up = false;  // nobody waits for it until its next frame
    };
    enum class Verdict : std::uint8_t {
        taken,
        dropped,  // late, out of place, or too much at once
        breaks,   // it belongs to the next timeline: this one must be finished first
    };

    /// `asked` remembers, over timelines, the video tracks that came late and asked for a new timeline: each may once.
    Timeline(const TimelineTracks& tracks, double part_target_seconds, std::bitset<256>& asked);

    Verdict push(const FramePtr& frame);
    /// No more frames: what is here becomes the last parts.
    void finish();
    /// Whether it got a frame of its primary: else there is nothing to finish.
    bool begun() const { return primary().heard(); }
    /// The next part that is complete; its samples are to be taken until `at`, converted with `ticks_at`, before the next is asked for.
    std::optional<Cut> next_cut();

    std::vector<VideoTrack>& videos() { return videos_; }
    TrackQueue& audio() { return audio_; }
    /// Whether the audio is the publisher's, at least in part.
    bool audio_is_real() const { return audio_real_; }
    bool has_video() const { return !videos_.empty(); }

    Timescale scale() const { return primary().scale(); }
    std::int64_t start() const { return start_; }
    /// A point in the primary's ticks on the scale of another track of it.
    std::int64_t ticks_at(std::int64_t at, const TrackQueue& track) const { return rescale(at, scale(), track.scale()); }

  private:
    const TrackQueue& primary() const { return videos_.empty() ? audio_ : videos_.front().queue; }
    Verdict push_audio(const FramePtr& frame);
    Verdict push_video(const FramePtr& frame);
    Verdict push_primary(const FramePtr& frame, TrackQueue& queue);
    VideoTrack* video(std::uint8_t number);
    bool video_went_away() const;
    bool everyone_reached(std::int64_t at) const;
    bool waited_enough(std::int64_t at) const;
    void give_up_on_the_late(std::int64_t at);
    void wait_again_for(const Frame& late);

    std::bitset<256>& asked_;
    std::int64_t start_;
    std::vector<VideoTrack> videos_;
    TrackQueue audio_;
    bool audio_real_;
    bool audio_given_up_;
    CutPlan plan_;
    std::vector<Cut> cuts_;
    std::size_t next_cut_ = 0;
    /// How long a part waits for tracks that are behind; grows to what the publisher's late audio needs.
    Duration patience_;
    bool finished_ = false;
    /// A track wants in, or changed its format on an unbroken clock: the next keyframe of the primary starts a new timeline.
    bool restart_at_keyframe_ = false;
    /// A frame was dropped for its size: the picture goes on at a keyframe.
    bool needs_keyframe_ = false;
};

}  // namespace ae::media::hls
