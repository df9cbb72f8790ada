// Where parts and segments end: decided from the frames of one track, the primary, before anything is written, so that all renditions
// are cut alike.
//
// A part ends on a frame of the primary where its duration allows that, else at exactly PART-TARGET after its start: a frame that lasts
// over that point belongs to the part it starts in. So every part is at most PART-TARGET long, and at least 85 % of it unless it is the
// last of its segment, whatever the frame rate does (rfc8216bis section 4.4.4.9).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/media_time.hpp"

namespace ae::media::hls {

/// All in ticks of the primary's timescale.
struct CutRules {
    std::int64_t part_target = 0;
    /// A segment is not ended at a keyframe before this.
    std::int64_t least_segment = 0;
    /// A segment that began without a keyframe (a long group of pictures was cut) ends at the first keyframe after this.
    std::int64_t least_broken_segment = 0;
    /// A segment is ended here even without a keyframe; so much that it still rounds to TARGETDURATION.
    std::int64_t most_segment = 0;
    /// How long a frame usually lasts.
    std::int64_t frame = 0;
    /// Audio: every frame starts a segment well, so segments end with whole parts.
    bool every_frame_is_key = false;
};

/// The rules for a track with this frame duration, when PART-TARGET and TARGETDURATION are given.
CutRules cut_rules(Timescale scale, double part_target_seconds, std::int64_t frame_ticks, bool every_frame_is_key);
/// PART-TARGET in seconds for a track with this frame duration: the multiple nearest to 0.2 s, rounded up to what timestamps in
/// milliseconds can add up to.
double part_target_for(Timescale scale, std::int64_t frame_ticks);

struct Cut {
    std::int64_t at = 0;
    bool ends_segment = false;
    /// The segment ends although no keyframe follows: the group of pictures is longer than a segment may be.
    bool forced = false;
};

class CutPlan {
  public:
    CutPlan(CutRules rules, std::int64_t start, bool starts_with_key)
        : rules_(rules), part_(start), segment_(start), segment_has_key_(starts_with_key) {}

    /// The primary's next frame; `dts` rises. Appends the cuts that it makes certain, all at or before `dts`.
    void on_frame(std::int64_t dts, bool keyframe, std::vector<Cut>& cuts);
    /// The timeline ends here; appends the last cuts, of which the very last ends the segment.
    void finish(std::int64_t end, std::vector<Cut>& cuts);
    std::int64_t segment_start() const { return segment_; }

  private:
    void cut(std::int64_t at, bool ends_segment, bool next_has_key, std::vector<Cut>& cuts);
    void cut_on_grid_before(std::int64_t dts, std::vector<Cut>& cuts);
    bool segment_may_end_with_key(std::int64_t at) const;
    bool segment_must_end(std::int64_t at) const;
    void measure_group(std::int64_t dts);

    CutRules rules_;
    std::int64_t part_;     // where the open part starts
    std::int64_t segment_;  // where the open segment starts
    bool segment_has_key_;
    std::optional<std::int64_t> last_key_;
    std::int64_t group_ = 0;  // how long the last group of pictures was
};

}  // namespace ae::media::hls
