#include "media/hls/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace ae::media::hls {
namespace {

/// Good playlists, which each case breaks in one place.
const std::string kHead =
    "#EXTM3U\n"
    "#EXT-X-VERSION:9\n"
    "#EXT-X-TARGETDURATION:6\n"
    "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,HOLD-BACK=18.0,PART-HOLD-BACK=0.60000\n"
    "#EXT-X-PART-INF:PART-TARGET=0.20000\n"
    "#EXT-X-MEDIA-SEQUENCE:5\n"
    "#EXT-X-DISCONTINUITY-SEQUENCE:0\n";
const std::string kLive = kHead +
                          "#EXT-X-MAP:URI=\"/m/init-1.mp4\"\n"
                          "#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:20.000Z\n"
                          "#EXTINF:2.00000,\n"
                          "/m/5.m4s\n"
                          "#EXT-X-DISCONTINUITY\n"
                          "#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:22.000Z\n"
                          "#EXT-X-PART:DURATION=0.20000,URI=\"/m/6.0.m4s\",INDEPENDENT=YES\n"
                          "#EXT-X-PART:DURATION=0.20000,URI=\"/m/6.1.m4s\"\n"
                          "#EXT-X-PART:DURATION=0.10000,URI=\"/m/6.2.m4s\"\n"
                          "#EXTINF:0.50000,\n"
                          "/m/6.m4s\n"
                          "#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:22.500Z\n"
                          "#EXT-X-PART:DURATION=0.20000,URI=\"/m/7.0.m4s\",INDEPENDENT=YES\n"
                          "#EXT-X-PART:DURATION=0.20000,URI=\"/m/7.1.m4s\"\n"
                          "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/7.2.m4s\"\n"
                          "#EXT-X-RENDITION-REPORT:URI=\"v1.m3u8\",LAST-MSN=7,LAST-PART=1\n";
const std::string kMultivariant =
    "#EXTM3U\n"
    "#EXT-X-VERSION:6\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=6000000,AVERAGE-BANDWIDTH=5000000,CODECS=\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720,FRAME-RATE=30.000\n"
    "main.m3u8\n"
    "#EXT-X-STREAM-INF:BANDWIDTH=130000,AVERAGE-BANDWIDTH=130000,CODECS=\"mp4a.40.2\"\n"
    "audio.m3u8\n";

/// Whole segments of two seconds, from `first` on, then the open edge; the date follows the number.
std::string long_live(std::uint64_t first, std::uint64_t segments, std::string_view before = "") {
    std::string text = kHead;
    text.replace(text.find("SEQUENCE:5"), 10, fmt::format("SEQUENCE:{}", first));
    text += before;
    if (before.empty()) text += "#EXT-X-MAP:URI=\"/m/init-1.mp4\"\n";
    const auto skipped = before.empty() ? 0 : first + 4;
    for (auto msn = std::max<std::uint64_t>(first, skipped); msn < first + segments; ++msn) {
        const auto seconds = msn * 2;
        text +=
            fmt::format("#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:{:02}:{:02}.000Z\n#EXTINF:2.00000,\n/m/{}.m4s\n", seconds / 60, seconds % 60, msn);
    }
    return text + fmt::format("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/{}.0.m4s\"\n", first + segments);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::set<std::string_view> rules_of(const std::vector<Finding>& findings) {
    std::set<std::string_view> rules;
    for (const auto& finding : findings) rules.insert(finding.rule);
    return rules;
}

struct Broken {
    std::string_view rule;
    std::string text;
    std::optional<std::string> after = std::nullopt;  // the rule is about two versions
};

std::vector<Broken> broken_playlists() {
    const auto live = [](std::string_view from, std::string_view to) { return replaced(kLive, from, to); };
    const auto multi = [](std::string_view from, std::string_view to) { return replaced(kMultivariant, from, to); };
    const auto skip = [](std::string_view tag) { return long_live(10, 24, tag); };
    const std::string once = "#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n";
    return {
        {"text_clean", "\xef\xbb\xbf" + kLive},
        {"text_clean", live("TARGETDURATION:6\n", "TARGETDURATION:6\n# \x01\n")},
        {"text_clean", live("TARGETDURATION:6\n", "TARGETDURATION:6\n# \xc0\xaf\n")},
        {"extm3u_first", live("#EXTM3U\n", "")},
        {"extm3u_first", ""},
        {"attribute_syntax", live("PART-TARGET=0.20000", "PART-TARGET")},
        {"attribute_syntax", live("TYPE=PART,URI=\"/m/7.2.m4s\"", "TYPE=PART,URI=\"/m/7.2.m4s")},
        {"attribute_syntax", live("TYPE=PART,", "TYPE=PART,,")},
        {"attribute_once", live("TYPE=PART", "TYPE=PART,TYPE=PART")},
        {"tag_known", live("#EXT-X-DISCONTINUITY\n", "#EXT-X-DISCONTINIUTY\n")},
        {"tag_known", multi("#EXT-X-VERSION:6\n", "#EXT-X-VERSIONS:6\n")},
        {"tag_once", live("#EXT-X-VERSION:9\n", "#EXT-X-VERSION:9\n#EXT-X-VERSION:9\n")},
        {"tag_once", multi("#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n#EXT-X-VERSION:6\n")},
        {"extinf_syntax", live("#EXTINF:2.00000,", "#EXTINF:two,")},
        {"extinf_syntax", live("#EXTINF:2.00000,", "#EXTINF:2.00000")},
        {"segment_has_uri", live("#EXTINF:0.50000,\n/m/6.m4s\n", "#EXTINF:0.50000,\n")},
        {"segment_has_uri", live("#EXTINF:0.50000,\n", "")},
        {"map_attributes", live("#EXT-X-MAP:URI=\"/m/init-1.mp4\"", "#EXT-X-MAP:URI=/m/init-1.mp4")},
        {"part_attributes", live("DURATION=0.20000,URI=\"/m/7.0.m4s\"", "URI=\"/m/7.0.m4s\"")},
        {"date_syntax", live("2026-09-21T14:13:20.000Z", "2026-09-21 14:13")},
        {"mixed_kinds", multi("#EXT-X-VERSION:6\n", "#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:6\n")},
        {"version_enough", live("#EXT-X-VERSION:9", "#EXT-X-VERSION:5")},
        {"version_enough", replaced(skip(once), "#EXT-X-VERSION:9", "#EXT-X-VERSION:8")},
        {"target_duration_present", live("#EXT-X-TARGETDURATION:6\n", "")},
        {"media_sequence_from_one", live("MEDIA-SEQUENCE:5", "MEDIA-SEQUENCE:0")},
        {"media_sequence_from_one", live("#EXT-X-MEDIA-SEQUENCE:5\n", "")},
        {"discontinuity_sequence_present", live("#EXT-X-DISCONTINUITY-SEQUENCE:0\n", "")},
        {"playlist_type_absent", live("#EXT-X-VERSION:9\n", "#EXT-X-VERSION:9\n#EXT-X-PLAYLIST-TYPE:EVENT\n")},
        {"part_inf_present", live("#EXT-X-PART-INF:PART-TARGET=0.20000\n", "")},
        {"server_control_present", live("CAN-BLOCK-RELOAD=YES,", "")},
        {"server_control_present", live(",PART-HOLD-BACK=0.60000", "")},
        {"part_hold_back_enough", live("PART-HOLD-BACK=0.60000", "PART-HOLD-BACK=0.59000")},
        {"hold_back_enough", live(",HOLD-BACK=18.0", ",HOLD-BACK=17.0")},
        {"skip_boundary_enough", live("CAN-SKIP-UNTIL=36.0", "CAN-SKIP-UNTIL=35.0")},
        {"segment_within_target", live("#EXTINF:2.00000,", "#EXTINF:6.50000,")},
        {"uri_once", live("/m/6.1.m4s", "/m/6.0.m4s")},
        {"map_in_force", live("#EXT-X-MAP:URI=\"/m/init-1.mp4\"\n", "")},
        {"head_before_parts", live("URI=\"/m/7.0.m4s\",INDEPENDENT=YES\n", "URI=\"/m/7.0.m4s\",INDEPENDENT=YES\n#EXT-X-MAP:URI=\"/m/init-2.mp4\"\n")},
        {"head_before_parts", live("URI=\"/m/7.0.m4s\",INDEPENDENT=YES\n", "URI=\"/m/7.0.m4s\",INDEPENDENT=YES\n#EXT-X-DISCONTINUITY\n")},
        {"date_present", live("#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:20.000Z\n", "")},
        {"date_present", live("#EXT-X-PROGRAM-DATE-TIME:2026-09-21T14:13:22.000Z\n", "")},
        {"date_continuous", live("14:13:22.500Z", "14:13:22.600Z")},
        {"date_continuous", live("14:13:22.000Z", "14:13:21.000Z")},
        {"independent_promise",
         replaced(live("6.0.m4s\",INDEPENDENT=YES", "6.0.m4s\""), "#EXT-X-VERSION:9\n", "#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n")},
        {"part_not_too_long", live("DURATION=0.20000,URI=\"/m/6.1.m4s\"", "DURATION=0.21000,URI=\"/m/6.1.m4s\"")},
        {"part_not_too_long", live("DURATION=0.20000,URI=\"/m/6.0.m4s\"", "DURATION=0.21000,URI=\"/m/6.0.m4s\"")},
        {"part_not_too_short", live("DURATION=0.20000,URI=\"/m/6.1.m4s\"", "DURATION=0.16900,URI=\"/m/6.1.m4s\"")},
        {"parts_make_the_segment", live("#EXTINF:0.50000,", "#EXTINF:0.60000,")},
        {"parts_near_the_edge", replaced(long_live(10, 24), "#EXTINF:2.00000,\n/m/10.m4s",
                                         "#EXT-X-PART:DURATION=0.20000,URI=\"/m/10.0.m4s\",INDEPENDENT=YES\n#EXTINF:2.00000,\n/m/10.m4s")},
        {"gap_of_parts", live("#EXTINF:0.50000,", "#EXT-X-GAP\n#EXTINF:0.50000,")},
        {"hint_present", live("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/7.2.m4s\"\n", "")},
        {"hint_once", kLive + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/7.3.m4s\"\n"},
        {"hint_fits", live("TYPE=PART,URI=\"/m/7.2.m4s\"", "TYPE=PART,URI=\"/m/7.1.m4s\"")},
        {"hint_fits", live("TYPE=PART,URI", "TYPE=SEGMENT,URI")},
        {"nothing_after_the_end", kLive + "#EXT-X-ENDLIST\n"},
        {"report_fits", live(",LAST-PART=1", "")},
        {"report_fits", live("URI=\"v1.m3u8\"", "URI=\"http://other/v1.m3u8\"")},
        {"report_fits", kLive + "#EXT-X-RENDITION-REPORT:URI=\"v1.m3u8\",LAST-MSN=7,LAST-PART=1\n"},
        {"skip_fits", skip(once + once)},
        {"skip_fits", skip("#EXT-X-SKIP:SKIPPED-SEGMENTS=0\n")},
        {"skip_fits", replaced(skip(once), "CAN-SKIP-UNTIL=36.0,", "")},
        {"skip_not_too_much", long_live(10, 21, once)},
        {"variant_has_uri", multi("main.m3u8\n", "")},
        {"variant_has_uri", multi("audio.m3u8\n", "")},
        {"variant_has_uri", kMultivariant + "v2.m3u8\n"},
        {"variant_once", multi("audio.m3u8", "main.m3u8")},
        {"variant_bandwidth", multi("BANDWIDTH=6000000,AVERAGE", "AVERAGE")},
        {"variant_bandwidth", multi("AVERAGE-BANDWIDTH=5000000", "AVERAGE-BANDWIDTH=7000000")},
        {"variant_codecs", multi("CODECS=\"mp4a.40.2\"", "CODECS=\"aac\"")},
        {"variant_codecs", multi(",CODECS=\"mp4a.40.2\"", "")},
        {"variant_picture", multi(",RESOLUTION=1280x720", "")},
        {"variant_picture", multi(",FRAME-RATE=30.000", "")},
        {"variant_picture", multi("CODECS=\"mp4a.40.2\"", "CODECS=\"mp4a.40.2\",RESOLUTION=1x1")},
        {"head_unchanged", kLive, live("PART-TARGET=0.20000", "PART-TARGET=0.21000")},
        {"head_unchanged", kLive, live("TARGETDURATION:6", "TARGETDURATION:7")},
        {"sequence_rises", long_live(11, 24), long_live(10, 24)},
        {"sequence_rises", kLive, live("DISCONTINUITY-SEQUENCE:0", "DISCONTINUITY-SEQUENCE:1")},
        {"segments_unchanged", kLive, live("#EXTINF:2.00000,", "#EXTINF:2.01000,")},
        {"segments_unchanged", kLive, live("/m/5.m4s", "/m/5b.m4s")},
        {"segments_unchanged", kLive, live("14:13:22.500Z", "14:13:22.510Z")},
        {"segments_unchanged", kLive, live("init-1.mp4", "init-2.mp4")},
        {"parts_unchanged", kLive, live("#EXT-X-PART:DURATION=0.20000,URI=\"/m/7.1.m4s\"\n", "")},
        {"parts_unchanged", kLive, live("/m/7.1.m4s", "/m/7.1b.m4s")},
        {"nothing_lost", long_live(10, 10), long_live(12, 8)},
        {"hint_kept", kLive, live("URI=\"/m/7.1.m4s\"\n", "URI=\"/m/7.1.m4s\"\n#EXT-X-PART:DURATION=0.20000,URI=\"/m/7.2b.m4s\"\n")},
        {"end_is_final", long_live(10, 24) + "#EXT-X-ENDLIST\n", long_live(10, 25)},
    };
}

TEST(Lint, AcceptsGoodPlaylists) {
    EXPECT_THAT(rules_of(lint(kLive)), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint(kMultivariant)), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint(long_live(10, 24))), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint(long_live(10, 24, "#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n"))), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint(replaced(long_live(10, 24), "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/34.0.m4s\"", "#EXT-X-ENDLIST"))),
                testing::IsEmpty());
    EXPECT_THAT(rules_of(lint(replaced(kLive, "#EXTM3U\n", "#EXTM3U\r\n# a comment\n\n"))), testing::IsEmpty());
}

TEST(Lint, AcceptsGoodUpdates) {
    EXPECT_THAT(rules_of(lint_update(kLive, kLive)), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint_update(long_live(10, 24), long_live(12, 24))), testing::IsEmpty());
    EXPECT_THAT(rules_of(lint_update(long_live(10, 24), long_live(10, 24, "#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n"))), testing::IsEmpty());
    const auto closed = replaced(replaced(kLive, "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/7.2.m4s\"\n",
                                          "#EXT-X-PART:DURATION=0.05000,URI=\"/m/7.2.m4s\"\n#EXTINF:0.45000,\n/m/7.m4s\n"
                                          "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"/m/8.0.m4s\"\n"),
                                 "LAST-PART=1", "LAST-PART=2");
    EXPECT_THAT(rules_of(lint_update(kLive, closed)), testing::IsEmpty());
}

TEST(Lint, FindsWhatIsWrongWithEachBrokenPlaylist) {
    for (const auto& broken : broken_playlists()) {
        const auto findings = broken.after ? lint_update(broken.text, *broken.after) : lint(broken.text);
        EXPECT_TRUE(rules_of(findings).contains(broken.rule)) << broken.rule << "\n" << broken.text << "\n" << broken.after.value_or("");
    }
}

TEST(Lint, HasABrokenPlaylistForEveryRuleAndARuleForEveryFinding) {
    std::set<std::string_view> shown, known;
    for (const auto& broken : broken_playlists()) {
        shown.insert(broken.rule);
        for (const auto& finding : broken.after ? lint_update(broken.text, *broken.after) : lint(broken.text)) shown.insert(finding.rule);
    }
    for (const auto& rule : lint_rules()) EXPECT_TRUE(known.insert(rule.name).second) << rule.name << " stands twice";
    EXPECT_EQ(shown, known);
}

TEST(Lint, SaysTheLine) {
    const auto findings = lint(replaced(kLive, "#EXTINF:2.00000,", "#EXTINF:two,"));
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings.front().line, 10u);
}

}  // namespace
}  // namespace ae::media::hls
