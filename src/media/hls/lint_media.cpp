#include "media/hls/lint_media.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace ae::media::hls {

namespace {

/// Decimals are written with five places.
constexpr double kRounding = 0.00002;
/// EXTINF and the sum of parts may differ by a frame (Apple); dates and durations by the rounding of milliseconds, one each side.
constexpr double kFrame = 0.042;
constexpr Duration kDateSlack = std::chrono::milliseconds{50};

constexpr std::array<std::string_view, 19> kKnownTags{"EXTM3U",
                                                      "EXT-X-VERSION",
                                                      "EXT-X-TARGETDURATION",
                                                      "EXT-X-SERVER-CONTROL",
                                                      "EXT-X-PART-INF",
                                                      "EXTINF",
                                                      "EXT-X-MEDIA-SEQUENCE",
                                                      "EXT-X-DISCONTINUITY",
                                                      "EXT-X-DISCONTINUITY-SEQUENCE",
                                                      "EXT-X-MAP",
                                                      "EXT-X-PART",
                                                      "EXT-X-GAP",
                                                      "EXT-X-PROGRAM-DATE-TIME",
                                                      "EXT-X-PRELOAD-HINT",
                                                      "EXT-X-RENDITION-REPORT",
                                                      "EXT-X-SKIP",
                                                      "EXT-X-ENDLIST",
                                                      "EXT-X-INDEPENDENT-SEGMENTS",
                                                      "EXT-X-PLAYLIST-TYPE"};
constexpr std::array<std::string_view, 10> kTagsOnce{
    "EXTM3U",        "EXT-X-VERSION",        "EXT-X-TARGETDURATION",         "EXT-X-SERVER-CONTROL",       "EXT-X-PART-INF",
    "EXT-X-ENDLIST", "EXT-X-MEDIA-SEQUENCE", "EXT-X-DISCONTINUITY-SEQUENCE", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-PLAYLIST-TYPE"};

class MediaLint {
  public:
    MediaLint(const MediaPlaylist& playlist, std::vector<Finding>& findings)
        : playlist_(playlist),
          findings_(findings),
          target_(static_cast<double>(playlist.target_duration.value_or(0))),
          part_(playlist.part_target().value_or(0)) {
        for (const auto& segment : playlist.segments) has_parts_ = has_parts_ || !segment.parts.empty();
    }

    void run() {
        check_tags();
        check_head();
        check_control();
        for (std::size_t i = 0; i < playlist_.segments.size(); ++i) check_segment(i);
        check_addresses();
        check_dates();
        check_part_window();
        check_skip();
        if (playlist_.ended) check_end();
        else check_hints();
        check_reports();
    }

  private:
    void find(std::string_view rule, std::size_t line, std::string detail) { findings_.push_back({rule, line, std::move(detail)}); }
    const Line* first(std::string_view tag) const {
        const auto at = std::ranges::find_if(playlist_.lines, [&](const Line& line) { return line.tag && line.tag->name == tag; });
        return at == playlist_.lines.end() ? nullptr : &*at;
    }
    std::size_t first_segment_line() const { return playlist_.segments.empty() ? SIZE_MAX : playlist_.segments.front().line; }

    void check_tags() {
        std::set<std::string_view> seen;
        for (const auto& line : playlist_.lines) {
            if (!line.tag) continue;
            const std::string_view name = line.tag->name;
            if (std::ranges::find(kKnownTags, name) == kKnownTags.end()) find("tag_known", line.number, std::string{name});
            const bool again = !seen.insert(name).second;
            if (again && std::ranges::find(kTagsOnce, name) != kTagsOnce.end()) find("tag_once", line.number, std::string{name});
        }
    }

    void check_head() {
        const std::uint64_t needed = first("EXT-X-SKIP") ? 9 : first("EXT-X-MAP") ? 6 : 3;
        if (playlist_.version.value_or(1) < needed) find("version_enough", 0, fmt::format("EXT-X-VERSION must be {} or higher", needed));
        if (playlist_.target_duration.value_or(0) < 1) find("target_duration_present", 0, "no EXT-X-TARGETDURATION, or it is 0");
        const auto* sequence = first("EXT-X-MEDIA-SEQUENCE");
        if (!sequence || sequence->number > first_segment_line()) find("media_sequence_from_one", 0, "no EXT-X-MEDIA-SEQUENCE before the segments");
        else if (playlist_.media_sequence.value_or(0) < 1) find("media_sequence_from_one", sequence->number, "it is not a number from 1 on");
        const auto* discontinuities = first("EXT-X-DISCONTINUITY-SEQUENCE");
        if (!discontinuities || discontinuities->number > first_segment_line() || !playlist_.discontinuity_sequence)
            find("discontinuity_sequence_present", 0, "no EXT-X-DISCONTINUITY-SEQUENCE before the segments");
        if (const auto* type = first("EXT-X-PLAYLIST-TYPE"); type && !playlist_.ended) find("playlist_type_absent", type->number, type->tag->value);
    }

    void check_control() {
        if (has_parts_ && part_ <= 0) find("part_inf_present", 0, "parts without a PART-TARGET");
        const auto& control = playlist_.server_control;
        const auto part_hold = control ? control->decimal("PART-HOLD-BACK") : std::nullopt;
        if (has_parts_ && (!control || !control->yes("CAN-BLOCK-RELOAD") || !part_hold))
            find("server_control_present", 0, "parts without EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=…");
        if (!control) return;
        if (part_hold && *part_hold < 3 * part_ - kRounding)
            find("part_hold_back_enough", control->line, fmt::format("{} < 3 x {}", *part_hold, part_));
        if (const auto hold = control->decimal("HOLD-BACK"); hold && *hold < 3 * target_)
            find("hold_back_enough", control->line, fmt::format("{}", *hold));
        if (const auto skip = control->decimal("CAN-SKIP-UNTIL"); skip && *skip < 6 * target_)
            find("skip_boundary_enough", control->line, fmt::format("{}", *skip));
    }

    void check_segment(std::size_t index) {
        const auto& segment = playlist_.segments[index];
        const bool whole = !segment.uri.empty();
        if (whole && std::lround(segment.seconds) > std::lround(target_))
            find("segment_within_target", segment.line, fmt::format("{} s with a target of {} s", segment.seconds, target_));
        if (segment.map.empty() && !playlist_.skipped) find("map_in_force", segment.line, "no EXT-X-MAP before this segment");
        if (segment.parts.empty()) return;
        if (playlist_.independent_segments && !segment.parts.front().independent && !segment.parts.front().gap)
            find("independent_promise", segment.line, "the segment's first part is not independent");
        for (std::size_t i = 0; i < segment.parts.size(); ++i) check_part(segment, i);
        if (!whole) return;
        double sum = 0;
        for (const auto& part : segment.parts) sum += part.seconds;
        if (std::abs(sum - segment.seconds) > kFrame)
            find("parts_make_the_segment", segment.line, fmt::format("{} s of parts, {} s of segment", sum, segment.seconds));
        const bool all_gaps = std::ranges::all_of(segment.parts, &ReadPart::gap);
        if (all_gaps != segment.gap) find("gap_of_parts", segment.line, "EXT-X-GAP and the parts' GAP=YES say different things");
    }

    void check_part(const ReadSegment& segment, std::size_t index) {
        const auto& part = segment.parts[index];
        if (part.seconds > part_ + kRounding) find("part_not_too_long", part.line, fmt::format("{} s, PART-TARGET {} s", part.seconds, part_));
        const bool last = index + 1 == segment.parts.size();
        // The newest part of a segment in the making may turn out to be its last.
        const bool exempt = part.independent || part.gap || last || segment.parts[index + 1].gap;
        if (!exempt && part.seconds < 0.85 * part_ - kRounding)
            find("part_not_too_short", part.line, fmt::format("{} s, PART-TARGET {} s", part.seconds, part_));
    }

    void check_addresses() {
        std::set<std::string_view> seen;
        const auto once = [&](const std::string& uri, std::size_t line) {
            if (!uri.empty() && !seen.insert(uri).second) find("uri_once", line, uri);
        };
        for (const auto& segment : playlist_.segments) {
            for (const auto& part : segment.parts) once(part.uri, part.line);
            once(segment.uri, segment.line);
        }
        for (const auto& hint : playlist_.hints) {
            if (hint.type == "PART" && seen.contains(hint.uri)) find("hint_fits", hint.line, "the hinted part is listed already");
        }
    }

    void check_dates() {
        const auto& segments = playlist_.segments;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const auto& segment = segments[i];
            const bool needed = (i == 0 && !playlist_.skipped) || segment.discontinuity;
            if (needed && !segment.date) find("date_present", segment.line, "no EXT-X-PROGRAM-DATE-TIME here");
            if (i == 0 || !segment.date || !segments[i - 1].date) continue;
            const auto expected = *segments[i - 1].date + Duration{std::llround(segments[i - 1].seconds * 1e6)};
            const auto off = *segment.date - expected;
            if (off < -kDateSlack || (!segment.discontinuity && off > kDateSlack))
                find("date_continuous", segment.line,
                     fmt::format("the date is off by {} ms", std::chrono::duration_cast<std::chrono::milliseconds>(off).count()));
        }
    }

    void check_part_window() {
        double after = 0;
        for (auto segment = playlist_.segments.rbegin(); segment != playlist_.segments.rend(); ++segment) {
            if (after > 3 * target_ && !segment->parts.empty())
                return find("parts_near_the_edge", segment->line, fmt::format("{} s from the end", after));
            after += segment->seconds;
        }
    }

    void check_skip() {
        std::size_t skips = 0;
        for (const auto& line : playlist_.lines) {
            if (!line.tag || line.tag->name != "EXT-X-SKIP") continue;
            const auto count = line.tag->integer("SKIPPED-SEGMENTS");
            const bool allowed = playlist_.server_control && playlist_.server_control->decimal("CAN-SKIP-UNTIL");
            if (++skips > 1 || count.value_or(0) == 0 || line.number > first_segment_line() || !allowed)
                find("skip_fits", line.number, line.tag->value);
        }
        if (skips == 0 || !playlist_.server_control) return;
        const auto boundary = playlist_.server_control->decimal("CAN-SKIP-UNTIL").value_or(0);
        if (playlist_.seconds() < boundary)
            find("skip_not_too_much", 0, fmt::format("{} s are left, the boundary is {} s", playlist_.seconds(), boundary));
    }

    void check_end() {
        if (!playlist_.hints.empty() || !playlist_.reports.empty() || playlist_.skipped)
            find("nothing_after_the_end", 0, "hints, reports or skips in a playlist with EXT-X-ENDLIST");
    }

    void check_hints() {
        if (has_parts_ && playlist_.hints.empty()) find("hint_present", 0, "no EXT-X-PRELOAD-HINT");
        for (std::size_t i = 0; i < playlist_.hints.size(); ++i) {
            const auto& hint = playlist_.hints[i];
            if (i > 0 && hint.type == playlist_.hints[i - 1].type) find("hint_once", hint.line, "a second hint of this type");
            if ((hint.type != "PART" && hint.type != "MAP") || hint.uri.empty()) find("hint_fits", hint.line, "a hint has a TYPE and a URI");
        }
    }

    void check_reports() {
        std::set<std::string_view> seen;
        for (const auto& report : playlist_.reports) {
            const bool relative = !report.uri.empty() && report.uri.find("://") == std::string::npos;
            if (!relative || !report.last_msn || !report.last_part || !seen.insert(report.uri).second) find("report_fits", report.line, report.uri);
        }
    }

    const MediaPlaylist& playlist_;
    std::vector<Finding>& findings_;
    double target_, part_;
    bool has_parts_ = false;
};

}  // namespace

void lint_media_playlist(const MediaPlaylist& playlist, std::vector<Finding>& findings) { MediaLint{playlist, findings}.run(); }

}  // namespace ae::media::hls
