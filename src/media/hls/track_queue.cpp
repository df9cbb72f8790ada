#include "media/hls/track_queue.hpp"

#include <algorithm>
#include <limits>

#include "media/hls/silence.hpp"

namespace ae::media::hls {

namespace {

/// A pause that a publisher may make without its clock being taken for a new one.
constexpr std::int64_t kLongestPauseSeconds = 10;

std::int32_t clamp_offset(std::int64_t offset) {
    return static_cast<std::int32_t>(
        std::clamp<std::int64_t>(offset, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

TrackQueue::TrackQueue(FormatPtr format, std::int64_t from, std::int64_t frame, std::int64_t delay)
    : format_(std::move(format)),
      from_(from),
      frame_(std::max<std::int64_t>(1, frame)),
      delay_(delay),
      end_(from),
      newest_(from),
      taken_until_(from),
      silence_(silent_unit(*format_)) {}

TrackQueue::Verdict TrackQueue::push(FramePtr frame) {
    const auto pause = kLongestPauseSeconds * scale().per_second;
    auto dts = time_of(*frame);
    if (dts < -kDecodeOffsetSeconds * static_cast<std::int64_t>(scale().per_second)) return Verdict::misplaced;
    if (dts - end_ > pause || end_ - dts > pause) return Verdict::misplaced;
    if (dts + frame_ / 2 < from_) return Verdict::early;
    const bool first = taken_until_ == from_ && pending_.empty();
    if (audio() && first && std::abs(dts - end_) <= frame_) end_ = dts;  // sound does not begin exactly with the picture
    if (audio()) {
        const auto off = dts - end_;
        if (off < -frame_ / 2) return Verdict::late;
        // One frame's worth is made up by stretching the sample before, unless that is out already.
        if (off >= frame_ * 3 / 2 || pending_.empty()) fill_until(dts);
        // A little jitter is put right, or it would be a hole between two parts: the sample before may be out already.
        if (dts - end_ <= frame_ / 2) dts = end_;
    } else if (heard_ ? dts <= newest_ : dts < taken_until_) {
        return Verdict::late;
    }
    heard_ = true;
    append(std::move(frame), dts);
    return Verdict::taken;
}

bool TrackQueue::reached(std::int64_t at) const { return audio() ? end_ >= at : heard_ && newest_ >= at; }

void TrackQueue::fill_until(std::int64_t at) {
    if (silence_.empty()) return;
    while (at - end_ > frame_ / 2) append(nullptr, end_);
}

void TrackQueue::append(FramePtr frame, std::int64_t dts) {
    pending_bytes_ += frame ? frame->payload.size() : silence_.size();
    pending_.push_back(Pending{std::move(frame), dts});
    newest_ = dts;
    end_ = dts + frame_;
}

const TakenRun& TrackQueue::take_until(std::int64_t at) {
    run_.samples.clear();
    run_.frames.clear();
    run_.has_key = false;
    const auto offset = kDecodeOffsetSeconds * static_cast<std::int64_t>(scale().per_second);
    const auto first = pending_.empty() ? taken_until_ : pending_.front().dts;
    run_.decode_time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, first + offset));
    while (!pending_.empty() && pending_.front().dts < at) {
        auto pending = std::move(pending_.front());
        pending_.pop_front();
        const auto next = pending_.empty() ? pending.dts + frame_ : pending_.front().dts;
        const auto& sample = run_.samples.emplace_back(sample_of(pending, next));
        run_.has_key = run_.has_key || sample.sync;
        pending_bytes_ -= sample.payload.size();
        taken_until_ = next;
        if (pending.frame) run_.frames.push_back(std::move(pending.frame));
    }
    return run_;
}

mp4::Sample TrackQueue::sample_of(const Pending& pending, std::int64_t next) const {
    mp4::Sample sample{.payload = silence_, .duration = static_cast<std::uint32_t>(next - pending.dts)};
    if (!pending.frame) return sample;
    sample.payload = pending.frame->payload;
    sample.sync = audio() || pending.frame->keyframe;
    if (!audio()) sample.composition_offset = clamp_offset(pending.frame->pts - pending.dts);
    return sample;
}

}  // namespace ae::media::hls
