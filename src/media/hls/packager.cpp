#include "media/hls/packager.hpp"

#include <algorithm>

#include "base/metrics.hpp"
#include "media/mp4/fragment.hpp"
#include "media/mp4/init_segment.hpp"

namespace ae::media::hls {

namespace {

constexpr std::uint32_t kVideoTrackId = 1, kAudioTrackId = 2;
/// Times beyond this are no broadcast (3 000 years at 90 kHz), and sums of them would overflow.
constexpr std::int64_t kFarthestTime = std::int64_t{1} << 53;
constexpr std::int64_t kFarthestOffset = std::int64_t{1} << 31;

const std::string kMain = "main", kAudio = "audio";

std::string video_rendition(std::size_t index, std::uint8_t track) { return index == 0 ? kMain : fmt::format("v{}", track); }

Bytes init_of(std::span<const mp4::Track> tracks) {
    auto made = mp4::init_segment(tracks);
    return made ? std::move(*made) : Bytes{};
}

double frames_a_second(const TrackFormat& format, std::int64_t frame) {
    if (format.frame_rate > 0) return format.frame_rate;
    return static_cast<double>(format.timescale.per_second) / static_cast<double>(frame);
}

}  // namespace

std::string_view warning_reason(Warning warning) {
    switch (warning) {
        case Warning::long_group: return "long_group";
        case Warning::codec_unsupported: return "codec_unsupported";
    }
    return "";
}

Packager::Packager(StartPoint start, TimeAnchor anchor, PackagerListener& listener, WindowLimits limits)
    : start_(std::move(start)),
      anchor_(anchor),
      listener_(listener),
      limits_(limits),
      msn_(std::max<std::uint64_t>(1, start_.first_msn)),
      discontinuity_sequence_(start_.discontinuity_sequence) {}

void Packager::on_frame(const FramePtr& frame) {
    if (ended_ || !frame || !frame->format || !acceptable(frame)) return;
    take(frame);
    if (timeline_) make_parts();
}

bool Packager::acceptable(const FramePtr& frame) {
    const bool sane = std::abs(frame->dts) < kFarthestTime && std::abs(frame->pts) < kFarthestTime &&
                      std::abs(frame->pts - frame->dts) < kFarthestOffset && frame->format->timescale.per_second > 0 && !frame->payload.empty();
    if (!sane) {
        drop("malformed");
        return false;
    }
    const bool audio = frame->format->kind == MediaKind::audio;
    if (frame->track >= (audio ? 1 : kMostVideoTracks)) {
        drop("unused_track");
        return false;
    }
    if (can_be_played(frame)) return true;
    warn(Warning::codec_unsupported);
    drop("codec_unsupported");
    return false;
}

/// Makes the test that the initialisation segment makes: a track that cannot be described is left out from the start.
bool Packager::can_be_played(const FramePtr& frame) {
    auto& known = playable_[frame->format->kind == MediaKind::audio ? kMostVideoTracks : frame->track];
    if (known == frame->format) return true;
    const mp4::Track track{kVideoTrackId, frame->format};
    if (!mp4::init_segment({&track, 1})) return false;
    known = frame->format;
    return true;
}

void Packager::take(const FramePtr& frame) {
    if (timeline_) {
        switch (timeline_->push(frame)) {
            case Timeline::Verdict::taken: return;
            case Timeline::Verdict::dropped: return drop("out_of_place");
            case Timeline::Verdict::breaks: finish_timeline(); break;
        }
    }
    gathering_.add(frame);
    if (gathering_.ready()) begin_timeline();
}

void Packager::begin_timeline() {
    const auto tracks = gathering_.tracks();
    const auto frames = gathering_.take();
    const auto scale = tracks.videos.empty() ? tracks.audio->timescale : tracks.videos.front().format->timescale;
    if (part_target_ == 0) part_target_ = part_target_for(scale, tracks.frame);
    timeline_.emplace(tracks, part_target_, asked_);
    timeline_wall_ = std::max(anchor_.at(tracks.arrived), last_end_);
    part_start_ = tracks.start;
    if (any_segment_) {
        broken_ = true;
        listener_.discontinuity(++discontinuity_sequence_);
    }
    set_outputs(tracks);
    for (const auto& frame : frames) {
        // The gathering kept one clock and one format a track, so nothing here breaks the timeline that it described.
        if (timeline_->push(frame) != Timeline::Verdict::taken) drop("out_of_place");
    }
}

void Packager::finish_timeline() {
    if (!timeline_) return;
    timeline_->finish();
    make_parts();
    timeline_.reset();
}

void Packager::on_publisher_gap() {
    finish_timeline();
    gathering_ = {};
    asked_.reset();
}

void Packager::end() {
    if (ended_) return;
    finish_timeline();
    ended_ = true;
    if (snapshot_) publish();
}

void Packager::set_outputs(const TimelineTracks& tracks) {
    outputs_.clear();
    for (std::size_t i = 0; i < tracks.videos.size(); ++i) set_video_output(tracks, i);
    const bool had_audio = std::ranges::any_of(renditions_, [](const auto& kept) { return kept->id() == kAudio; });
    const auto& format = timeline_->audio().format();
    const mp4::Track track{kAudioTrackId, format};
    const auto add = [&](const std::string& id) {
        auto& alone = rendition(id);
        alone.set_format({.codecs = format->codecs}, init_of({&track, 1}));
        outputs_.push_back({&alone, std::nullopt});
    };
    if (tracks.videos.empty()) add(kMain);
    // Silence alone is no rendition; one that was begun goes on.
    if (had_audio || (tracks.audio && !tracks.videos.empty())) add(kAudio);
}

void Packager::set_video_output(const TimelineTracks& tracks, std::size_t video) {
    const auto& track = tracks.videos[video];
    const auto& audio = timeline_->audio().format();
    const std::vector<mp4::Track> both{{kVideoTrackId, track.format}, {kAudioTrackId, audio}};
    auto& made = rendition(video_rendition(video, track.number));
    made.set_format({.codecs = track.format->codecs + "," + audio->codecs,
                     .width = track.format->width,
                     .height = track.format->height,
                     .frame_rate = frames_a_second(*track.format, tracks.frame)},
                    init_of(both));
    outputs_.push_back({&made, video});
}

Rendition& Packager::rendition(const std::string& id) {
    const auto at = std::ranges::find_if(renditions_, [&](const auto& kept) { return kept->id() == id; });
    if (at != renditions_.end()) return **at;
    auto made = std::make_unique<Rendition>(id, start_.media_prefix, limits_);
    // `main` first and `audio` last, as players read them.
    const auto before_audio =
        id == kAudio ? renditions_.end() : std::ranges::find_if(renditions_, [](const auto& kept) { return kept->id() == kAudio; });
    return **renditions_.insert(before_audio, std::move(made));
}

void Packager::make_parts() {
    bool made = false;
    while (const auto cut = timeline_->next_cut()) {
        make_part(*cut);
        made = true;
    }
    if (made) publish();
}

void Packager::make_part(const Cut& cut) {
    if (!segment_open_) open_segment();
    audio_run_ = &timeline_->audio().take_until(timeline_->ticks_at(cut.at, timeline_->audio()));
    video_runs_.clear();
    for (auto& video : timeline_->videos()) video_runs_.push_back(&video.queue.take_until(timeline_->ticks_at(cut.at, video.queue)));

    const double seconds = static_cast<double>(cut.at - part_start_) / timeline_->scale().per_second;
    for (const auto& kept : renditions_) {
        const auto output = std::ranges::find(outputs_, kept.get(), &Output::rendition);
        auto bytes = output == outputs_.end() ? nullptr : fragment_for(*output);
        const bool independent = bytes && (!output->video || video_runs_[*output->video]->has_key);
        kept->add_part(std::move(bytes), seconds, independent);
    }
    part_start_ = cut.at;
    last_end_ = timeline_wall_ + to_duration(cut.at - timeline_->start(), timeline_->scale());
    ++open_part_;
    if (cut.ends_segment) close_segment(cut);
}

SharedBytes Packager::fragment_for(const Output& output) {
    const mp4::TrackRun audio{kAudioTrackId, MediaKind::audio, audio_run_->decode_time, audio_run_->samples};
    if (!output.video) return std::make_shared<const Bytes>(mp4::fragment(output.rendition->next_sequence(), {&audio, 1}));
    const auto& pictures = *video_runs_[*output.video];
    // The default track may show one picture for longer than a part; another track that sends nothing is missing.
    if (pictures.samples.empty() && *output.video > 0) return nullptr;
    const std::array runs{mp4::TrackRun{kVideoTrackId, MediaKind::video, pictures.decode_time, pictures.samples}, audio};
    // A `traf` without samples would tell players nothing: the part holds what there is.
    const auto used = pictures.samples.empty() ? std::span{runs}.subspan(1) : audio.samples.empty() ? std::span{runs}.first(1) : std::span{runs};
    return std::make_shared<const Bytes>(mp4::fragment(output.rendition->next_sequence(), used));
}

void Packager::open_segment() {
    const auto starts = timeline_wall_ + to_duration(part_start_ - timeline_->start(), timeline_->scale());
    if (!any_segment_) begin_with_gap(starts);
    segment_open_ = any_segment_ = true;
    segment_start_ = part_start_;
    listener_.segment_opened(msn_);
    for (const auto& kept : renditions_) kept->open_segment(msn_, discontinuity_sequence_, broken_, starts);
    broken_ = false;
}

void Packager::begin_with_gap(WallTime until) {
    const auto starts = until - std::chrono::duration_cast<Duration>(std::chrono::duration<double>{part_target_});
    listener_.segment_opened(msn_);
    for (const auto& kept : renditions_) {
        kept->open_segment(msn_, discontinuity_sequence_, broken_, starts);
        kept->add_part(nullptr, part_target_, false);
        kept->close_segment(part_target_);
    }
    broken_ = false;
    ++msn_;
}

void Packager::close_segment(const Cut& cut) {
    const double seconds = static_cast<double>(cut.at - segment_start_) / timeline_->scale().per_second;
    for (const auto& kept : renditions_) kept->close_segment(seconds);
    segment_open_ = false;
    ++msn_;
    open_part_ = 0;
    if (!cut.forced) return;
    independent_segments_ = independent_segments_ && !timeline_->has_video();
    if (timeline_->has_video()) warn(Warning::long_group);
}

void Packager::publish() {
    auto made = std::make_shared<Snapshot>();
    made->epoch = start_.epoch;
    made->media_prefix = start_.media_prefix;
    made->open_msn = msn_;
    made->open_part = open_part_;
    made->part_target = part_target_;
    made->ended = ended_;
    made->independent_segments = independent_segments_;
    made->renditions.reserve(renditions_.size());
    for (const auto& kept : renditions_) made->renditions.push_back(kept->view());
    made->memory_bytes = memory_bytes();
    snapshot_ = std::move(made);
    listener_.published(snapshot_);
}

std::size_t Packager::memory_bytes() const {
    std::size_t bytes = 0;
    for (const auto& kept : renditions_) bytes += kept->memory_bytes();
    return bytes;
}

void Packager::warn(Warning warning) {
    const auto index = static_cast<std::size_t>(warning);
    if (warned_.test(index)) return;
    warned_.set(index);
    listener_.warned(warning);
}

void Packager::drop(std::string_view reason) {
    ++dropped_;
    metrics::counter("aethex_hls_frames_dropped_total", "Frames that could not be packaged.", {{"reason", reason}}).add();
}

}  // namespace ae::media::hls
