#include <array>

#include "media/hls/lint.hpp"

namespace ae::media::hls {

namespace {

// Section numbers are those of rfc8216bis; "Apple" is the HLS authoring specification.
constexpr auto kRules = std::to_array<LintRule>({
    // syntax
    {"text_clean", "4.1: UTF-8 without byte order mark and control characters"},
    {"extm3u_first", "4.4.1.1: the first line is #EXTM3U"},
    {"attribute_syntax", "4.2: attributes are NAME=value, separated by commas"},
    {"attribute_once", "4.2: no attribute stands twice in a list"},
    {"tag_known", "a tag that we do not know is most often a misspelt one"},
    {"tag_once", "4.4.3: tags of the whole playlist stand once; hls.js refuses doubles"},
    {"extinf_syntax", "4.4.4.1: EXTINF is a decimal number and a comma"},
    {"segment_has_uri", "4.4.4.1: every EXTINF has one address, and every address one EXTINF"},
    {"map_attributes", "4.4.4.5: EXT-X-MAP has a URI"},
    {"part_attributes", "4.4.4.9: EXT-X-PART has a DURATION and a URI"},
    {"date_syntax", "4.4.4.6: EXT-X-PROGRAM-DATE-TIME is an ISO 8601 time with a zone"},
    {"mixed_kinds", "4.1: a playlist is a media playlist or a multivariant playlist, never both"},
    // the head of a media playlist
    {"version_enough", "8: EXT-X-MAP needs version 6, EXT-X-SKIP version 9"},
    {"target_duration_present", "4.4.3.1: EXT-X-TARGETDURATION is required and at least 1"},
    {"media_sequence_from_one", "6.2.2: live playlists have EXT-X-MEDIA-SEQUENCE, before any segment; hls.js needs it to be at least 1"},
    {"discontinuity_sequence_present", "6.2.2: EXT-X-DISCONTINUITY-SEQUENCE stands before any segment, always, if it may ever be needed"},
    {"playlist_type_absent", "6.2.2: a live playlist has no EXT-X-PLAYLIST-TYPE"},
    {"part_inf_present", "4.4.3.7: EXT-X-PART needs EXT-X-PART-INF with PART-TARGET"},
    {"server_control_present", "4.4.3.8: parts need EXT-X-SERVER-CONTROL with CAN-BLOCK-RELOAD=YES and PART-HOLD-BACK"},
    {"part_hold_back_enough", "Apple 14.3: PART-HOLD-BACK is at least three part targets"},
    {"hold_back_enough", "4.4.3.8: HOLD-BACK is at least three target durations"},
    {"skip_boundary_enough", "4.4.3.8: CAN-SKIP-UNTIL is at least six target durations"},
    // segments
    {"segment_within_target", "4.4.3.1: EXTINF, rounded, is at most the target duration"},
    {"uri_once", "no address stands for two things"},
    {"map_in_force", "4.4.4.5: fragmented MP4 needs EXT-X-MAP before its first part"},
    {"head_before_parts", "4.4.4: what applies to a segment stands before its first part"},
    {"date_present", "Apple: a live playlist has EXT-X-PROGRAM-DATE-TIME, on its first segment and after every discontinuity"},
    {"date_continuous", "6.2.1: dates follow from durations, and do not go back at a discontinuity"},
    {"independent_promise", "4.4.2.1: EXT-X-INDEPENDENT-SEGMENTS is kept by every segment"},
    // parts
    {"part_not_too_long", "4.4.4.9: a part lasts at most PART-TARGET"},
    {"part_not_too_short", "4.4.4.9: a part lasts at least 85 % of PART-TARGET, save independent ones, gaps, those before a gap, and the last"},
    {"parts_make_the_segment", "4.4.4.9: the parts of a segment last as long as it does"},
    {"parts_near_the_edge", "6.2.2: parts more than three target durations from the end are not listed"},
    {"gap_of_parts", "4.4.4.7: a segment is a gap exactly when all its parts are"},
    // the end of a media playlist
    {"hint_present", "a live playlist with parts hints at the next one"},
    {"hint_once", "6.2.6: one hint of a type"},
    {"hint_fits", "4.4.5.3: EXT-X-PRELOAD-HINT has TYPE=PART and the URI of a part that is not listed yet"},
    {"nothing_after_the_end", "4.4.5.3: a playlist with EXT-X-ENDLIST hints at nothing, reports nothing and skips nothing"},
    {"report_fits", "4.4.5.4: a rendition report has a relative URI, LAST-MSN and LAST-PART, and names another playlist once"},
    {"skip_fits", "4.4.5.2: one EXT-X-SKIP with SKIPPED-SEGMENTS, before any segment, where CAN-SKIP-UNTIL allows it"},
    {"skip_not_too_much", "6.2.5.1: what lies within the skip boundary is not skipped"},
    // the multivariant playlist
    {"variant_has_uri", "4.4.6.2: every EXT-X-STREAM-INF has an address, and the other way round"},
    {"variant_once", "no playlist stands for two variants"},
    {"variant_bandwidth", "4.4.6.2: BANDWIDTH is required, and AVERAGE-BANDWIDTH, at most as high, by Apple"},
    {"variant_codecs", "4.4.6.2: CODECS are said in the words of RFC 6381"},
    {"variant_picture", "Apple: variants with video say RESOLUTION and FRAME-RATE, those without do not"},
    // from one version to the next
    {"head_unchanged", "6.2.1: target duration, part target and server control never change"},
    {"sequence_rises", "6.2.2: media and discontinuity sequence numbers never go back"},
    {"segments_unchanged", "6.2.1: a listed segment keeps its address, duration, discontinuity, map and date"},
    {"parts_unchanged", "6.2.1: a listed part keeps its address and duration; parts are appended"},
    {"nothing_lost", "6.2.2: segments leave at the front only, one number each, and never below three target durations"},
    {"hint_kept", "6.2.6: the part that comes next is the one that was hinted at"},
    {"end_is_final", "6.2.1: nothing is added after EXT-X-ENDLIST"},
});

}  // namespace

std::span<const LintRule> lint_rules() { return kRules; }

}  // namespace ae::media::hls
