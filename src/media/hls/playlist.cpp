#include "media/hls/playlist.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace ae::media::hls {

namespace {

// EXT-X-SKIP needs version 9, and the full playlist says what its delta says.
constexpr int kMediaVersion = 9;
constexpr int kSkipBoundary = 6 * kTargetDuration;
constexpr int kHoldBack = 3 * kTargetDuration;
constexpr double kPartHoldBack = 3;
/// Parts are listed for this many finished segments and the open one: the live edge, where players read them.
constexpr std::size_t kSegmentsWithParts = 2;
// Measured over few segments; a peak may reach 125 % of BANDWIDTH in Apple's validator.
constexpr double kBandwidthHeadRoom = 1.1, kFirstGuessHeadRoom = 1.25;

using Out = std::back_insert_iterator<std::string>;

std::size_t skipped_segments(const RenditionView& view) {
    const auto& segments = *view.segments;
    double after = 0;
    std::size_t keep = segments.size();
    // A segment is skipped when all of it is farther from the end of the last whole segment than the boundary.
    while (keep > view.first_listed && after < kSkipBoundary) after += segments[--keep]->seconds;
    return keep - view.first_listed;
}

void render_head(Out out, const Snapshot& snapshot, const RenditionView& view) {
    const auto* first = view.first_listed < view.segments->size() ? (*view.segments)[view.first_listed]->head.get() : view.open.get();
    const auto msn = first != nullptr ? first->msn : snapshot.open_msn;
    // The first listed segment's own tag is in the list, and counts there.
    const auto discontinuities = first == nullptr ? 0 : first->discontinuity_sequence - (first->discontinuity ? 1 : 0);
    fmt::format_to(out,
                   "#EXTM3U\n#EXT-X-VERSION:{}\n#EXT-X-TARGETDURATION:{}\n"
                   "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL={}.0,HOLD-BACK={}.0,PART-HOLD-BACK={:.5f}\n"
                   "#EXT-X-PART-INF:PART-TARGET={:.5f}\n#EXT-X-MEDIA-SEQUENCE:{}\n#EXT-X-DISCONTINUITY-SEQUENCE:{}\n",
                   kMediaVersion, kTargetDuration, kSkipBoundary, kHoldBack, kPartHoldBack * snapshot.part_target, snapshot.part_target, msn,
                   discontinuities);
}

/// The lines of a segment's head: what changes with it must stand before its first part.
void render_segment_head(std::string& text, const SegmentHead& head, const InitPtr& previous) {
    if (head.discontinuity) text += "#EXT-X-DISCONTINUITY\n";
    if (head.init && head.init != previous) text += head.init->line;
    text += head.date_line;
}

void render_parts(std::string& text, const std::vector<PartPtr>& parts) {
    for (const auto& part : parts) text += part->line;
}

void render_segments(std::string& text, const RenditionView& view, std::size_t first) {
    const auto& segments = *view.segments;
    InitPtr previous = first > view.first_listed ? segments[first - 1]->head->init : nullptr;
    const std::size_t with_parts = segments.size() - std::min(segments.size(), kSegmentsWithParts);
    for (std::size_t i = first; i < segments.size(); ++i) {
        render_segment_head(text, *segments[i]->head, previous);
        if (i >= with_parts) render_parts(text, segments[i]->parts);
        text += segments[i]->line;
        previous = segments[i]->head->init;
    }
    if (!view.open) return;
    render_segment_head(text, *view.open, previous);
    render_parts(text, view.open_parts);
}

void render_reports(Out out, const Snapshot& snapshot, const RenditionView& view, std::span<const PlaylistAddress> addresses) {
    for (const auto& address : addresses) {
        if (address.rendition == view.format->id) continue;
        const auto* other = snapshot.find(address.rendition);
        if (other == nullptr) continue;
        if (!other->open_parts.empty()) {
            fmt::format_to(out, "#EXT-X-RENDITION-REPORT:URI=\"{}\",LAST-MSN={},LAST-PART={}\n", address.uri, snapshot.open_msn,
                           other->open_parts.size() - 1);
        } else if (!other->segments->empty()) {
            const auto& last = *other->segments->back();
            fmt::format_to(out, "#EXT-X-RENDITION-REPORT:URI=\"{}\",LAST-MSN={},LAST-PART={}\n", address.uri, last.head->msn, last.parts.size() - 1);
        }
    }
}

std::int64_t round_up(double bits) { return std::max<std::int64_t>(1000, static_cast<std::int64_t>(std::ceil(bits / 1000)) * 1000); }

void render_variant(Out out, const RenditionView& view, std::string_view uri) {
    const auto& format = *view.format;
    // The first segment is a gap, the second the first that was measured.
    const double room = view.segments->size() < 3 ? kFirstGuessHeadRoom : kBandwidthHeadRoom;
    const auto average = round_up(view.bandwidth.average * room);
    const auto peak = std::max(average, round_up(view.bandwidth.peak * room));
    fmt::format_to(out, "#EXT-X-STREAM-INF:BANDWIDTH={},AVERAGE-BANDWIDTH={},CODECS=\"{}\"", peak, average, format.codecs);
    if (format.width > 0) fmt::format_to(out, ",RESOLUTION={}x{}", format.width, format.height);
    if (format.frame_rate > 0) fmt::format_to(out, ",FRAME-RATE={:.3f}", format.frame_rate);
    fmt::format_to(out, "\n{}\n", uri);
}

}  // namespace

std::string render_media_playlist(const Snapshot& snapshot, const RenditionView& view, std::span<const PlaylistAddress> addresses,
                                  PlaylistForm form) {
    std::string text;
    text.reserve(8 * 1024);
    const auto out = std::back_inserter(text);
    render_head(out, snapshot, view);
    const auto skipped = form == PlaylistForm::delta && !snapshot.ended ? skipped_segments(view) : 0;
    if (skipped > 0) fmt::format_to(out, "#EXT-X-SKIP:SKIPPED-SEGMENTS={}\n", skipped);
    render_segments(text, view, view.first_listed + skipped);
    if (snapshot.ended) {
        text += "#EXT-X-ENDLIST\n";
        return text;
    }
    fmt::format_to(out, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"{}/{}/{}.{}.m4s\"\n", snapshot.media_prefix, view.format->id, snapshot.open_msn,
                   snapshot.open_part);
    render_reports(out, snapshot, view, addresses);
    return text;
}

std::string render_multivariant_playlist(const Snapshot& snapshot, std::span<const PlaylistAddress> addresses) {
    std::string text = "#EXTM3U\n#EXT-X-VERSION:6\n";
    if (snapshot.independent_segments) text += "#EXT-X-INDEPENDENT-SEGMENTS\n";
    for (const auto& view : snapshot.renditions) {
        const auto address = std::ranges::find(addresses, view.format->id, &PlaylistAddress::rendition);
        if (address != addresses.end()) render_variant(std::back_inserter(text), view, address->uri);
    }
    return text;
}

std::string part_line(std::string_view uri, double seconds, bool independent, bool gap) {
    return fmt::format("#EXT-X-PART:DURATION={:.5f},URI=\"{}\"{}{}\n", seconds, uri, independent ? ",INDEPENDENT=YES" : "", gap ? ",GAP=YES" : "");
}

std::string segment_line(std::string_view uri, double seconds, bool gap) {
    return fmt::format("{}#EXTINF:{:.5f},\n{}\n", gap ? "#EXT-X-GAP\n" : "", seconds, uri);
}

std::string map_line(std::string_view uri) { return fmt::format("#EXT-X-MAP:URI=\"{}\"\n", uri); }
std::string date_line(WallTime time) { return fmt::format("#EXT-X-PROGRAM-DATE-TIME:{}\n", to_rfc3339(time)); }

}  // namespace ae::media::hls
