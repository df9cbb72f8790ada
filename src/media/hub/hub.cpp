#include "media/hub/hub.hpp"

#include <algorithm>

#include "base/metrics.hpp"

namespace ae::media {

namespace {

/// Video that has been silent for this long no longer holds back the audio of a reader that waits for a keyframe.
constexpr Duration kVideoGone = std::chrono::seconds{2};

metrics::Counter& frames_dropped() {
    static auto& counter = metrics::counter("aethex_hub_frames_dropped_total", "Frames that a slow reader of a channel's hub lost.");
    return counter;
}
metrics::Gauge& reader_count() {
    static auto& gauge = metrics::gauge("aethex_hub_readers", "Readers on the hubs of all channels.");
    return gauge;
}

}  // namespace

/// The readers of one hub. Shared with every reader, so that either side may go first. A reader that leaves during a pass leaves a
/// hole; holes are closed after the pass.
struct HubReader::Members {
    std::vector<HubReader*> readers;
    bool in_pass = false;

    template <class Visit>
    void visit(Visit&& visit_one) {
        in_pass = true;
        const std::size_t count = readers.size();  // one that joins during the pass was served by its subscription
        for (std::size_t i = 0; i < count; ++i) {
            if (readers[i] != nullptr) visit_one(*readers[i]);
        }
        in_pass = false;
        std::erase(readers, nullptr);
    }
    void leave(HubReader* reader) {
        const auto at = std::ranges::find(readers, reader);
        if (at == readers.end()) return;
        if (in_pass) *at = nullptr;
        else readers.erase(at);
    }
};

HubReader::~HubReader() {
    members_->leave(this);
    reader_count().add(-1);
}

std::optional<Delivery> HubReader::next() {
    if (queue_.empty()) return std::nullopt;
    Delivery delivery{std::move(queue_.front()), std::exchange(gap_, false)};
    queue_.pop_front();
    queued_bytes_ -= delivery.frame->payload.size();
    return delivery;
}

void HubReader::offer(const FramePtr& frame, bool video_flows) {
    if (!wanted(*frame, video_flows)) {
        if (gap_) {  // before the first loss, a reader that waits for its first keyframe has missed nothing
            ++dropped_;
            frames_dropped().add();
        }
        return;
    }
    const bool was_empty = queue_.empty();
    if (over_limits(*frame)) {
        drop_all();
        if (!wanted(*frame, video_flows)) {
            ++dropped_;
            frames_dropped().add();
            return;
        }
    }
    push(frame);
    if (was_empty) notify();
}

void HubReader::notify() {
    const auto ready = on_ready_;  // a copy: the call may destroy this reader
    if (ready) ready();
}

bool HubReader::wanted(const Frame& frame, bool video_flows) {
    if (frame.format->kind == MediaKind::audio) return started_.any() || !video_flows;
    if (frame.keyframe) started_.set(frame.track);
    return started_.test(frame.track);
}

void HubReader::push(const FramePtr& frame) {
    queued_bytes_ += frame->payload.size();
    queue_.push_back(frame);
}

bool HubReader::over_limits(const Frame& newest) const {
    if (queue_.empty()) return false;
    return queue_.size() >= limits_.frames || queued_bytes_ + newest.payload.size() > limits_.bytes ||
           newest.arrived - queue_.front()->arrived > limits_.age;
}

void HubReader::drop_all() {
    dropped_ += queue_.size();
    frames_dropped().add(queue_.size());
    queue_.clear();
    queued_bytes_ = 0;
    started_.reset();
    gap_ = true;
}

Hub::Hub(GopLimits gop_limits) : gop_limits_(gop_limits), members_(std::make_shared<HubReader::Members>()) {}
Hub::~Hub() { end(); }

std::unique_ptr<HubReader> Hub::subscribe(StartAt start, std::function<void()> on_ready, ReaderLimits limits) {
    std::unique_ptr<HubReader> reader{new HubReader(members_, limits, std::move(on_ready))};
    members_->readers.push_back(reader.get());
    reader_count().add(1);
    reader->ended_ = ended_;
    const bool fits = gop_.size() < limits.frames && gop_bytes_ <= limits.bytes;
    if (start == StartAt::last_keyframe && fits) {
        for (const auto& frame : gop_) {
            if (reader->wanted(*frame, true)) reader->push(frame);
        }
    }
    return reader;
}

void Hub::publish(FramePtr frame) {
    if (ended_ || !frame || !frame->format) return;
    if (frame->format->kind == MediaKind::video) last_video_ = frame->arrived;
    remember(frame);
    const bool flows = video_flows(*frame);
    members_->visit([&](HubReader& reader) { reader.offer(frame, flows); });
}

void Hub::end() {
    if (ended_) return;
    ended_ = true;
    forget_gop();
    members_->visit([](HubReader& reader) {
        reader.ended_ = true;
        reader.notify();
    });
}

std::size_t Hub::readers() const {
    return static_cast<std::size_t>(std::ranges::count_if(members_->readers, [](const HubReader* reader) { return reader != nullptr; }));
}

void Hub::remember(const FramePtr& frame) {
    const bool starts_group = frame->format->kind == MediaKind::video && frame->track == 0 && frame->keyframe;
    if (starts_group) forget_gop();
    if (gop_.empty() && !starts_group) return;
    gop_.push_back(frame);
    gop_bytes_ += frame->payload.size();
    if (gop_.size() > gop_limits_.frames || gop_bytes_ > gop_limits_.bytes || frame->arrived - gop_.front()->arrived > gop_limits_.age) {
        forget_gop();
    }
}

void Hub::forget_gop() {
    gop_.clear();
    gop_bytes_ = 0;
}

bool Hub::video_flows(const Frame& newest) const { return last_video_ && newest.arrived - *last_video_ < kVideoGone; }

}  // namespace ae::media
