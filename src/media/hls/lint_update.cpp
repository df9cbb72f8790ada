#include <algorithm>
#include <cmath>

#include "media/hls/lint.hpp"

namespace ae::media::hls {

namespace {

class UpdateLint {
  public:
    UpdateLint(const MediaPlaylist& before, const MediaPlaylist& after) : before_(before), after_(after) {}

    std::vector<Finding> run() {
        check_head();
        check_sequence();
        check_window();
        for (const auto& segment : after_.segments) {
            if (const auto* older = find_in(before_, segment.msn)) check_segment(*older, segment);
        }
        check_hint();
        check_end();
        return std::move(findings_);
    }

  private:
    void find(std::string_view rule, std::size_t line, std::string detail) { findings_.push_back({rule, line, std::move(detail)}); }
    static const ReadSegment* find_in(const MediaPlaylist& playlist, std::uint64_t msn) {
        const auto at = std::ranges::find(playlist.segments, msn, &ReadSegment::msn);
        return at == playlist.segments.end() ? nullptr : &*at;
    }
    static std::string value(const std::optional<Tag>& tag) { return tag ? tag->value : ""; }
    /// The number of the last segment that has a part or is whole.
    static std::uint64_t last_msn(const MediaPlaylist& playlist) { return playlist.segments.empty() ? 0 : playlist.segments.back().msn; }

    void check_head() {
        const bool same = before_.target_duration == after_.target_duration && value(before_.part_inf) == value(after_.part_inf) &&
                          value(before_.server_control) == value(after_.server_control);
        if (!same) find("head_unchanged", 0, "TARGETDURATION, PART-INF or SERVER-CONTROL changed");
    }

    void check_sequence() {
        const bool back = after_.media_sequence < before_.media_sequence || after_.discontinuity_sequence < before_.discontinuity_sequence ||
                          last_msn(after_) < last_msn(before_);
        if (back) find("sequence_rises", 0, "a sequence number went back");
        for (const auto& segment : after_.segments) {
            const auto* older = find_in(before_, segment.msn);
            // In a delta the discontinuities that were skipped are not seen.
            if (older && !after_.skipped && older->discontinuity_sequence != segment.discontinuity_sequence)
                find("sequence_rises", segment.line, fmt::format("segment {} has another discontinuity sequence number than before", segment.msn));
        }
    }

    void check_window() {
        const auto first_before = before_.media_sequence.value_or(0), first_after = after_.media_sequence.value_or(0);
        if (first_after == first_before || before_.skipped || after_.skipped) return;
        const auto target = static_cast<double>(after_.target_duration.value_or(0));
        if (after_.seconds() < 3 * target) find("nothing_lost", 0, fmt::format("segments left although only {} s stay", after_.seconds()));
        for (const auto& segment : before_.segments) {
            if (segment.msn >= first_after && !find_in(after_, segment.msn))
                find("nothing_lost", 0, fmt::format("segment {} is missing", segment.msn));
        }
    }

    void check_segment(const ReadSegment& older, const ReadSegment& newer) {
        const bool whole = !older.uri.empty();
        // A delta inherits the map of what it skipped.
        const bool map_kept = older.map == newer.map || older.map.empty() || newer.map.empty();
        if (whole && (older.uri != newer.uri || older.seconds != newer.seconds || older.gap != newer.gap))
            find("segments_unchanged", newer.line, fmt::format("segment {} changed", newer.msn));
        if (older.discontinuity != newer.discontinuity || !map_kept || older.date != newer.date)
            find("segments_unchanged", newer.line, fmt::format("the head of segment {} changed", newer.msn));
        if (newer.parts.empty()) return;
        for (std::size_t i = 0; i < older.parts.size(); ++i) {
            const bool kept = i < newer.parts.size() && newer.parts[i].uri == older.parts[i].uri && newer.parts[i].seconds == older.parts[i].seconds;
            if (!kept) find("parts_unchanged", newer.line, fmt::format("part {} of segment {} changed", i, newer.msn));
        }
    }

    /// The first part that is new has the address that was hinted at.
    void check_hint() {
        if (before_.hints.empty() || before_.segments.empty()) return;
        const auto& edge = before_.segments.back();
        const bool open = edge.uri.empty();
        const auto msn = open ? edge.msn : edge.msn + 1;
        const auto index = open ? edge.parts.size() : 0;
        const auto* segment = find_in(after_, msn);
        if (!segment || index >= segment->parts.size()) return;
        if (segment->parts[index].uri != before_.hints.front().uri)
            find("hint_kept", segment->parts[index].line, fmt::format("{} was hinted at", before_.hints.front().uri));
    }

    void check_end() {
        if (before_.ended && (!after_.ended || last_msn(after_) != last_msn(before_))) find("end_is_final", 0, "the playlist went on after its end");
    }

    const MediaPlaylist& before_;
    const MediaPlaylist& after_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> lint_update(std::string_view before, std::string_view after) {
    std::vector<Finding> syntax;
    const auto older = read_media_playlist(before, syntax), newer = read_media_playlist(after, syntax);
    return UpdateLint{older, newer}.run();
}

}  // namespace ae::media::hls
