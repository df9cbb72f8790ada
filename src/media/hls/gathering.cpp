#include "media/hls/gathering.hpp"

#include <algorithm>
#include <cmath>

namespace ae::media::hls {

namespace {

/// How long one kind of track waits for the other.
constexpr Duration kPatience = std::chrono::seconds{1};
/// How long audio waits for a keyframe while video comes.
constexpr Duration kKeyframePatience = std::chrono::seconds{12};
/// With two frames of the primary, other tracks with the same times have shown their first.
constexpr std::size_t kLeastFrames = 2;
constexpr std::size_t kFramesToMeasure = 6;
constexpr std::size_t kMostBytes = std::size_t{16} << 20;
constexpr std::size_t kMostFrames = 4096;

constexpr double kLeastFrameRate = 1, kMostFrameRate = 240;

/// No encoder reorders over more than a second.
std::int64_t delay_of(const Frame& frame) {
    const auto delay = frame.pts - frame.dts;
    return delay > 0 && delay < static_cast<std::int64_t>(frame.format->timescale.per_second) ? delay : 0;
}

}  // namespace

bool same_format(const TrackFormat& a, const TrackFormat& b) {
    return &a == &b || (a.codec == b.codec && a.timescale == b.timescale && a.decoder_config == b.decoder_config);
}

std::int64_t frame_length(const TrackFormat& format, std::int64_t measured) {
    const double scale = format.timescale.per_second;
    if (format.kind == MediaKind::audio) return format.samples_per_frame > 0 ? format.samples_per_frame : 1024;
    if (format.frame_rate >= kLeastFrameRate && format.frame_rate <= kMostFrameRate) return std::llround(scale / format.frame_rate);
    if (measured > 0) return std::clamp<std::int64_t>(measured, std::llround(scale / kMostFrameRate), std::llround(scale / kLeastFrameRate));
    return std::llround(scale / 30);
}

void Gathering::add(FramePtr frame) {
    const bool audio = frame->format->kind == MediaKind::audio;
    if (!audio && !first_video_) first_video_ = frame->arrived;
    const auto video = videos_.find(frame->track);
    const auto* seen = audio ? (audio_.first ? &audio_ : nullptr) : (video == videos_.end() ? nullptr : &video->second);
    if (seen && frame->discontinuity) take();
    else if (seen && !same_format(*seen->first->format, *frame->format)) forget(*seen->first);
    if (frames_.size() >= kMostFrames || bytes_ + frame->payload.size() > kMostBytes) return;
    if (!audio && !frame->keyframe && !videos_.contains(frame->track)) return;
    note(audio ? audio_ : videos_[frame->track], frame);
    bytes_ += frame->payload.size();
    frames_.push_back(std::move(frame));
}

void Gathering::forget(const Frame& like) {
    const auto kind = like.format->kind;
    const auto track = like.track;
    std::erase_if(frames_, [&](const FramePtr& frame) { return frame->format->kind == kind && (kind == MediaKind::audio || frame->track == track); });
    if (kind == MediaKind::audio) audio_ = {};
    else videos_.erase(track);
}

void Gathering::note(Seen& seen, const FramePtr& frame) {
    if (!seen.first) seen.first = frame;
    else if (const auto length = frame->dts - seen.newest->dts; length > 0 && (seen.shortest == 0 || length < seen.shortest)) seen.shortest = length;
    seen.newest = frame;
    ++seen.frames;
}

const Gathering::Seen* Gathering::primary() const { return videos_.empty() ? nullptr : &videos_.begin()->second; }

bool Gathering::frame_length_known(const Seen& seen) const {
    if (seen.frames < kLeastFrames) return false;
    const auto rate = seen.first->format->frame_rate;
    return (rate >= kLeastFrameRate && rate <= kMostFrameRate) || seen.frames >= kFramesToMeasure;
}

Duration Gathering::waited(const Seen& seen) const {
    if (!seen.first) return Duration::zero();
    const auto arrived = std::chrono::duration_cast<Duration>(seen.newest->arrived - seen.first->arrived);
    return std::max(arrived, seen.newest->dts_time() - seen.first->dts_time());
}

bool Gathering::ready() const {
    const bool full = frames_.size() >= kMostFrames || bytes_ >= kMostBytes * 3 / 4;
    if (const auto* video = primary()) {
        const bool video_stopped = audio_.first && audio_.newest->arrived - video->newest->arrived >= kPatience;
        if (full || video_stopped || waited(*video) >= kPatience) return true;
        return audio_.first && frame_length_known(*video);
    }
    if (!audio_.first) return false;
    return full || waited(audio_) >= (first_video_ ? kKeyframePatience : kPatience);
}

TimelineTracks Gathering::tracks() const {
    TimelineTracks tracks;
    for (const auto& [number, seen] : videos_) tracks.videos.push_back({number, seen.first->format, delay_of(*seen.first)});
    if (audio_.first) tracks.audio = audio_.first->format;
    const auto& leading = primary() ? *primary() : audio_;
    tracks.start = leading.first->dts + (primary() ? tracks.videos.front().delay : 0);
    tracks.frame = frame_length(*leading.first->format, leading.shortest);
    tracks.arrived = leading.first->arrived;
    return tracks;
}

std::vector<FramePtr> Gathering::take() {
    auto frames = std::move(frames_);
    *this = Gathering{};
    return frames;
}

}  // namespace ae::media::hls
