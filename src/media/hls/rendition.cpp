#include "media/hls/rendition.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "media/hls/playlist.hpp"

namespace ae::media::hls {

namespace {

double in_seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

Rendition::Rendition(std::string id, std::string media_prefix, WindowLimits limits)
    : media_prefix_(std::move(media_prefix)), limits_(limits), format_(std::make_shared<RenditionFormat>(RenditionFormat{.id = std::move(id)})) {
    view_.format = format_;
    view_.segments = std::make_shared<SegmentList>();
}

std::string Rendition::address(std::string_view name) const { return fmt::format("{}/{}/{}", media_prefix_, format_->id, name); }

void Rendition::set_format(RenditionFormat format, Bytes init) {
    format.id = id();
    format_ = std::make_shared<RenditionFormat>(std::move(format));
    view_.format = format_;
    if (init.empty() || (init_ && *init_->bytes == init)) return;
    auto made = std::make_shared<Init>();
    made->number = ++inits_;
    made->bytes = std::make_shared<const Bytes>(std::move(init));
    made->line = map_line(address(fmt::format("init-{}.mp4", made->number)));
    init_ = std::move(made);
}

void Rendition::open_segment(std::uint64_t msn, std::uint64_t discontinuity_sequence, bool discontinuity, WallTime starts) {
    AE_CHECK(!open_, "the packager closes a segment before it opens the next");
    auto head = std::make_shared<SegmentHead>();
    head->msn = msn;
    head->discontinuity_sequence = discontinuity_sequence;
    head->discontinuity = discontinuity;
    head->init = init_;
    head->starts = starts;
    head->date_line = date_line(starts);
    open_ = std::move(head);
    open_seconds_ = 0;
    open_bytes_ = 0;
    if (view_.first_msn == 0) view_.first_msn = msn;
}

void Rendition::add_part(SharedBytes bytes, double seconds, bool independent) {
    AE_CHECK(open_, "parts are added to an open segment");
    auto part = std::make_shared<Part>();
    part->seconds = seconds;
    part->independent = independent;
    part->line = part_line(address(fmt::format("{}.{}.m4s", open_->msn, view_.open_parts.size())), seconds, independent, bytes == nullptr);
    const std::size_t size = bytes ? bytes->size() : 0;
    part->bytes = std::move(bytes);
    open_seconds_ += seconds;
    open_bytes_ += size;
    bytes_ += size;
    view_.open = open_;
    view_.open_parts.push_back(std::move(part));
    if (measured_bytes_ <= 0) measure(open_seconds_, open_bytes_);
}

void Rendition::close_segment(double seconds) {
    if (!open_) return;
    auto segment = std::make_shared<Segment>();
    segment->head = std::exchange(open_, nullptr);
    segment->parts = std::move(view_.open_parts);
    segment->seconds = seconds;
    segment->bytes = open_bytes_;
    segment->gap = std::ranges::none_of(segment->parts, [](const PartPtr& part) { return part->bytes != nullptr; });
    segment->line = segment_line(address(fmt::format("{}.m4s", segment->head->msn)), seconds, segment->gap);
    // What was missed says nothing about the rate.
    if (!segment->gap) measured_seconds_ += seconds;
    measured_bytes_ += static_cast<double>(open_bytes_);
    listed_seconds_ += seconds;
    listed_bytes_ += open_bytes_;

    auto list = std::make_shared<SegmentList>(*view_.segments);
    list->push_back(std::move(segment));
    view_.segments = std::move(list);
    view_.open = nullptr;
    view_.open_parts.clear();
    slide();
    measure(measured_seconds_, static_cast<std::size_t>(measured_bytes_));
}

void Rendition::measure(double seconds, std::size_t bytes) {
    if (seconds <= 0) return;
    view_.bandwidth.average = static_cast<double>(bytes) * 8 / seconds;
    view_.bandwidth.peak = view_.bandwidth.average;
    for (const auto& segment : *view_.segments) {
        view_.bandwidth.peak = std::max(view_.bandwidth.peak, static_cast<double>(segment->bytes) * 8 / std::max(0.5, segment->seconds));
    }
}

bool Rendition::may_leave(const Segment& oldest) const {
    if (view_.segments->size() - view_.first_listed <= limits_.least_segments) return false;
    const double rest = listed_seconds_ - oldest.seconds;
    if (rest < in_seconds(limits_.least)) return false;
    return rest >= in_seconds(limits_.most) || listed_bytes_ > limits_.bytes;
}

void Rendition::slide() {
    const auto& segments = *view_.segments;
    while (may_leave(*segments[view_.first_listed])) {
        const auto& leaving = *segments[view_.first_listed++];
        listed_seconds_ -= leaving.seconds;
        listed_bytes_ -= leaving.bytes;
    }
    if (view_.first_listed <= limits_.lingering_segments) return;
    const auto forgotten = view_.first_listed - limits_.lingering_segments;
    for (std::size_t i = 0; i < forgotten; ++i) bytes_ -= segments[i]->bytes;
    view_.segments = std::make_shared<SegmentList>(segments.begin() + static_cast<std::ptrdiff_t>(forgotten), segments.end());
    view_.first_listed -= forgotten;
}

}  // namespace ae::media::hls
