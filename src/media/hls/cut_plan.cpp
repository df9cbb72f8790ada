#include "media/hls/cut_plan.hpp"

#include <algorithm>
#include <cmath>

namespace ae::media::hls {

namespace {

constexpr double kWantedPart = 0.2;
/// Low frame rates: above this, a part is cut within a frame rather than grow.
constexpr double kLongestPart = 0.5;
/// rfc8216bis says 85 %; one more keeps the rounding of decimals out of it.
constexpr double kLeastOfPart = 0.86;

// Groups of pictures of one second make segments of two: a player of low-latency HLS joins at any part that holds a keyframe, so longer
// segments cost it nothing, and every second segment is a line less in every playlist. Groups of two seconds with jitter stay one each.
constexpr double kLeastSegment = 1.8;
// Numbers may be given out one a second (StartPoint), so segments last at least that.
constexpr double kLeastBrokenSegment = 1.0;
// EXTINF rounded to the nearest integer may be TARGETDURATION, 6.
constexpr double kMostSegment = 6.4;
constexpr double kBrokenGroupPiece = 6.0;

std::int64_t ticks(double seconds, Timescale scale) { return static_cast<std::int64_t>(seconds * scale.per_second); }

}  // namespace

double part_target_for(Timescale scale, std::int64_t frame_ticks) {
    const double frame = std::clamp(static_cast<double>(frame_ticks) / scale.per_second, 0.001, kLongestPart);
    const double frames = std::max(1.0, std::round(kWantedPart / frame));
    // The epsilon keeps an exact 200 ms at 200.
    return std::ceil(frames * frame * 1000 - 1e-6) / 1000;
}

CutRules cut_rules(Timescale scale, double part_target_seconds, std::int64_t frame_ticks, bool every_frame_is_key) {
    return CutRules{.part_target = std::max<std::int64_t>(1, ticks(part_target_seconds + 1e-9, scale)),
                    .least_segment = ticks(kLeastSegment, scale),
                    .least_broken_segment = ticks(kLeastBrokenSegment, scale),
                    .most_segment = ticks(kMostSegment, scale),
                    .frame = std::max<std::int64_t>(1, frame_ticks),
                    .every_frame_is_key = every_frame_is_key};
}

void CutPlan::on_frame(std::int64_t dts, bool keyframe, std::vector<Cut>& cuts) {
    cut_on_grid_before(dts, cuts);
    const bool starts_group = keyframe && !rules_.every_frame_is_key;
    if (starts_group) measure_group(dts);
    if (dts <= part_) return;
    if (starts_group && segment_may_end_with_key(dts)) return cut(dts, true, true, cuts);

    const auto length = dts - part_;
    const bool long_enough = static_cast<double>(length) >= kLeastOfPart * static_cast<double>(rules_.part_target);
    const bool next_would_not_fit = length + rules_.frame > rules_.part_target;
    if (long_enough && next_would_not_fit) cut(dts, segment_must_end(dts), keyframe, cuts);
}

void CutPlan::finish(std::int64_t end, std::vector<Cut>& cuts) {
    // The last frame's length is a guess: it may not cost a part of its own.
    cut_on_grid_before(end - std::min(rules_.frame / 2, rules_.part_target / 8), cuts);
    cut(std::clamp(end, part_ + 1, part_ + rules_.part_target), true, false, cuts);
    cuts.back().forced = false;
}

void CutPlan::cut(std::int64_t at, bool ends_segment, bool next_has_key, std::vector<Cut>& cuts) {
    cuts.push_back(Cut{at, ends_segment, ends_segment && !next_has_key});
    part_ = at;
    if (!ends_segment) return;
    segment_ = at;
    segment_has_key_ = next_has_key;
}

void CutPlan::cut_on_grid_before(std::int64_t dts, std::vector<Cut>& cuts) {
    while (dts - part_ > rules_.part_target) {
        const auto at = part_ + rules_.part_target;
        cut(at, segment_must_end(at), rules_.every_frame_is_key, cuts);
    }
}

bool CutPlan::segment_may_end_with_key(std::int64_t at) const {
    const auto length = at - segment_;
    return length >= rules_.least_segment || (!segment_has_key_ && length >= rules_.least_broken_segment);
}

bool CutPlan::segment_must_end(std::int64_t at) const {
    const auto length = at - segment_;
    if (rules_.every_frame_is_key) return length >= rules_.least_segment;
    if (length + rules_.part_target > rules_.most_segment) return true;
    if (group_ <= rules_.most_segment) return false;
    // The last group of pictures was too long: the next is cut into equal pieces, or a rest too short for a segment would hide its keyframe.
    const auto longest_piece = static_cast<std::int64_t>(static_cast<double>(rules_.most_segment) * kBrokenGroupPiece / kMostSegment);
    const auto pieces = (group_ + longest_piece - 1) / longest_piece;
    return length >= group_ / pieces - rules_.part_target / 2;
}

void CutPlan::measure_group(std::int64_t dts) {
    if (last_key_) group_ = dts - *last_key_;
    last_key_ = dts;
}

}  // namespace ae::media::hls
