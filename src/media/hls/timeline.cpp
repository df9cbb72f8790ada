#include "media/hls/timeline.hpp"

#include <algorithm>

#include "media/hls/silence.hpp"

namespace ae::media::hls {

namespace {

/// How long a part waits for a track that is behind.
constexpr Duration kPatience = std::chrono::seconds{1};
/// A publisher whose audio always comes later than that is waited for longer, up to this.
constexpr Duration kMostPatience = std::chrono::seconds{4};
/// Without a frame of the primary for this long, while audio goes on, the timeline goes on without video.
constexpr Duration kVideoGone = std::chrono::seconds{3};
/// More than this for one part is no broadcast: 100 Mbit/s.
constexpr std::size_t kMostPendingBytes = std::size_t{10} << 20;
/// A clock that goes back by less is jitter; the frame is dropped.
constexpr Duration kClockJitter = std::chrono::seconds{1};

std::vector<Timeline::VideoTrack> make_videos(const TimelineTracks& tracks) {
    std::vector<Timeline::VideoTrack> videos;
    videos.reserve(tracks.videos.size());
    for (const auto& video : tracks.videos) {
        const auto scale = tracks.videos.front().format->timescale;
        const auto start = rescale(tracks.start, scale, video.format->timescale);
        const auto frame = rescale(tracks.frame, scale, video.format->timescale);
        videos.push_back({video.number, TrackQueue{video.format, start, frame, video.delay}});
    }
    return videos;
}

TrackQueue make_audio(const TimelineTracks& tracks) {
    const auto format = tracks.audio ? tracks.audio : silent_format();
    const auto scale = tracks.videos.empty() ? format->timescale : tracks.videos.front().format->timescale;
    return TrackQueue{format, rescale(tracks.start, scale, format->timescale), frame_length(*format, 0)};
}

CutRules rules_for(const TimelineTracks& tracks, double part_target_seconds) {
    const bool audio_only = tracks.videos.empty();
    const auto scale = audio_only ? tracks.audio->timescale : tracks.videos.front().format->timescale;
    return cut_rules(scale, part_target_seconds, tracks.frame, audio_only);
}

}  // namespace

Timeline::Timeline(const TimelineTracks& tracks, double part_target_seconds, std::bitset<256>& asked)
    : asked_(asked),
      start_(tracks.start),
      videos_(make_videos(tracks)),
      audio_(make_audio(tracks)),
      audio_real_(tracks.audio != nullptr),
      audio_given_up_(tracks.audio == nullptr),
      plan_(rules_for(tracks, part_target_seconds), tracks.start, true),
      patience_(kPatience) {}

Timeline::Verdict Timeline::push(const FramePtr& frame) { return frame->format->kind == MediaKind::audio ? push_audio(frame) : push_video(frame); }

Timeline::Verdict Timeline::push_audio(const FramePtr& frame) {
    const bool changed = !same_format(*frame->format, *audio_.format());
    const auto away = to_duration(frame->dts, frame->format->timescale) - to_duration(audio_.end(), audio_.scale());
    if (frame->discontinuity && audio_.heard() && !(changed && has_video() && std::chrono::abs(away) < kClockJitter)) return Verdict::breaks;
    if (changed) {
        if (!has_video()) return Verdict::breaks;
        // The picture goes on undisturbed; what comes of the new sound until the next keyframe is lost.
        restart_at_keyframe_ = true;
        return Verdict::dropped;
    }
    if (!has_video()) return push_primary(frame, audio_);
    if (video_went_away()) return Verdict::breaks;
    const auto verdict = audio_.push(frame);
    if (verdict == TrackQueue::Verdict::late) wait_again_for(*frame);
    if (verdict != TrackQueue::Verdict::taken) return Verdict::dropped;
    audio_real_ = true;
    audio_given_up_ = false;
    return Verdict::taken;
}

Timeline::Verdict Timeline::push_video(const FramePtr& frame) {
    if (!has_video()) return frame->keyframe ? Verdict::breaks : Verdict::dropped;
    auto* track = video(frame->track);
    const bool is_primary = track == &videos_.front();
    if (track && frame->discontinuity && track->queue.heard()) return Verdict::breaks;
    if (is_primary && frame->keyframe && restart_at_keyframe_) return Verdict::breaks;
    if (!track || !same_format(*frame->format, *track->queue.format())) {
        if (is_primary && frame->keyframe) return Verdict::breaks;
        if (frame->keyframe && !asked_.test(frame->track)) {
            asked_.set(frame->track);
            restart_at_keyframe_ = true;
        }
        return Verdict::dropped;
    }
    if (is_primary) return push_primary(frame, track->queue);
    if (track->queue.pending_bytes() + frame->payload.size() > kMostPendingBytes) return Verdict::dropped;
    if (track->queue.push(frame) != TrackQueue::Verdict::taken) return Verdict::dropped;
    track->given_up = false;
    return Verdict::taken;
}

Timeline::Verdict Timeline::push_primary(const FramePtr& frame, TrackQueue& queue) {
    if (needs_keyframe_ && !frame->keyframe) return Verdict::dropped;
    if (queue.pending_bytes() + frame->payload.size() > kMostPendingBytes) {
        needs_keyframe_ = has_video();
        return Verdict::dropped;
    }
    switch (queue.push(frame)) {
        case TrackQueue::Verdict::taken: break;
        case TrackQueue::Verdict::misplaced: return queue.heard() ? Verdict::breaks : Verdict::dropped;
        case TrackQueue::Verdict::early:
        case TrackQueue::Verdict::late: {
            const auto back = to_duration(queue.newest() - queue.time_of(*frame), queue.scale());
            return queue.heard() && back > kClockJitter ? Verdict::breaks : Verdict::dropped;
        }
    }
    needs_keyframe_ = false;
    plan_.on_frame(queue.newest(), frame->keyframe, cuts_);
    return Verdict::taken;
}

Timeline::VideoTrack* Timeline::video(std::uint8_t number) {
    const auto at = std::ranges::find(videos_, number, &VideoTrack::number);
    return at == videos_.end() ? nullptr : &*at;
}

bool Timeline::video_went_away() const {
    return primary().heard() && to_duration(audio_.end(), audio_.scale()) - to_duration(primary().end(), scale()) > kVideoGone;
}

void Timeline::finish() {
    finished_ = true;
    if (!begun()) return;
    plan_.finish(primary().end(), cuts_);
}

std::optional<Cut> Timeline::next_cut() {
    if (next_cut_ == cuts_.size()) return std::nullopt;
    const auto cut = cuts_[next_cut_];
    const bool complete = everyone_reached(cut.at);
    if (!complete && !finished_ && !waited_enough(cut.at)) return std::nullopt;
    if (!complete) give_up_on_the_late(cut.at);
    if (has_video()) audio_.fill_until(ticks_at(cut.at, audio_));
    if (++next_cut_ == cuts_.size()) {
        cuts_.clear();
        next_cut_ = 0;
    }
    return cut;
}

bool Timeline::everyone_reached(std::int64_t at) const {
    if (!has_video()) return true;
    if (!audio_given_up_ && !audio_.reached(ticks_at(at, audio_))) return false;
    return std::ranges::all_of(videos_, [&](const VideoTrack& track) { return track.given_up || track.queue.reached(ticks_at(at, track.queue)); });
}

bool Timeline::waited_enough(std::int64_t at) const { return to_duration(primary().newest() - at, scale()) >= patience_; }

void Timeline::give_up_on_the_late(std::int64_t at) {
    audio_given_up_ = audio_given_up_ || !audio_.reached(ticks_at(at, audio_));
    for (auto& track : videos_) track.given_up = track.given_up || !track.queue.reached(ticks_at(at, track.queue));
}

void Timeline::wait_again_for(const Frame& late) {
    const auto behind = to_duration(primary().newest(), scale()) - late.dts_time();
    if (behind > kMostPatience) return;
    patience_ = std::max(patience_, std::min(behind + kPatience / 4, kMostPatience));
    audio_given_up_ = false;
}

}  // namespace ae::media::hls
