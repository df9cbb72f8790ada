#include "media/hls/lint.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "media/hls/lint_media.hpp"

namespace ae::media::hls {

namespace {

constexpr std::array<std::string_view, 7> kMultivariantTags{
    "EXTM3U", "EXT-X-VERSION", "EXT-X-INDEPENDENT-SEGMENTS", "EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-I-FRAME-STREAM-INF", "EXT-X-START"};
constexpr std::array<std::string_view, 6> kVideoCodecs{"avc1.", "avc3.", "hvc1.", "hev1.", "av01.", "vp09."};
constexpr std::array<std::string_view, 6> kAudioCodecs{"mp4a.", "Opus", "opus", "fLaC", "ac-3", "ec-3"};

bool begins_with_one_of(std::string_view text, std::span<const std::string_view> starts) {
    return std::ranges::any_of(starts, [&](std::string_view start) { return text.starts_with(start); });
}

struct CodecList {
    bool all_known = true;
    bool video = false;
};

CodecList read_codecs(std::string_view text) {
    CodecList list{.all_known = !text.empty()};
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto codec = text.substr(0, end);
        const bool video = begins_with_one_of(codec, kVideoCodecs);
        list.video = list.video || video;
        list.all_known = list.all_known && (video || begins_with_one_of(codec, kAudioCodecs));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return list;
}

bool is_resolution(std::string_view text) {
    const auto cross = text.find('x');
    return cross != std::string_view::npos && read_integer(text.substr(0, cross)).value_or(0) > 0 &&
           read_integer(text.substr(cross + 1)).value_or(0) > 0;
}

void lint_variant(const Tag& tag, std::vector<Finding>& findings) {
    const auto bandwidth = tag.integer("BANDWIDTH"), average = tag.integer("AVERAGE-BANDWIDTH");
    if (!bandwidth || !average || *bandwidth == 0 || *average > *bandwidth)
        findings.push_back({"variant_bandwidth", tag.line, "BANDWIDTH and an AVERAGE-BANDWIDTH that is not above it"});
    const auto codecs = read_codecs(tag.text("CODECS").value_or(""));
    if (!codecs.all_known) findings.push_back({"variant_codecs", tag.line, tag.text("CODECS").value_or("no CODECS")});
    const auto* resolution = tag.find("RESOLUTION");
    const bool picture = resolution && is_resolution(resolution->value) && tag.decimal("FRAME-RATE");
    if (codecs.video ? !picture : (resolution || tag.find("FRAME-RATE")))
        findings.push_back({"variant_picture", tag.line, "RESOLUTION and FRAME-RATE belong to variants with video, both"});
}

void lint_multivariant(const std::vector<Line>& lines, std::vector<Finding>& findings) {
    const Tag* variant = nullptr;
    std::set<std::string_view> addresses, once;
    for (const auto& line : lines) {
        if (!line.tag) {
            if (!variant) findings.push_back({"variant_has_uri", line.number, "an address without EXT-X-STREAM-INF"});
            if (!addresses.insert(line.uri).second) findings.push_back({"variant_once", line.number, line.uri});
            variant = nullptr;
            continue;
        }
        const auto& tag = *line.tag;
        if (variant) findings.push_back({"variant_has_uri", variant->line, "an EXT-X-STREAM-INF without an address after it"});
        variant = nullptr;
        if (std::ranges::find(kMultivariantTags, tag.name) == kMultivariantTags.end()) findings.push_back({"tag_known", line.number, tag.name});
        const bool many = tag.name == "EXT-X-STREAM-INF" || tag.name == "EXT-X-MEDIA" || tag.name == "EXT-X-I-FRAME-STREAM-INF";
        if (!many && !once.insert(tag.name).second) findings.push_back({"tag_once", line.number, tag.name});
        if (tag.name != "EXT-X-STREAM-INF") continue;
        variant = &tag;
        lint_variant(tag, findings);
    }
    if (variant) findings.push_back({"variant_has_uri", variant->line, "an EXT-X-STREAM-INF without an address after it"});
}

bool has_tag(const std::vector<Line>& lines, std::span<const std::string_view> names) {
    return std::ranges::any_of(lines, [&](const Line& line) { return line.tag && std::ranges::find(names, line.tag->name) != names.end(); });
}

}  // namespace

std::vector<Finding> lint(std::string_view text) {
    std::vector<Finding> findings;
    const auto playlist = read_media_playlist(text, findings);
    constexpr std::array<std::string_view, 3> kOnlyMultivariant{"EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-I-FRAME-STREAM-INF"};
    constexpr std::array<std::string_view, 3> kOnlyMedia{"EXT-X-TARGETDURATION", "EXTINF", "EXT-X-PART"};
    if (!has_tag(playlist.lines, kOnlyMultivariant)) {
        lint_media_playlist(playlist, findings);
        return findings;
    }
    if (has_tag(playlist.lines, kOnlyMedia))
        findings.push_back({"mixed_kinds", 0, "tags of a media playlist beside tags of a multivariant playlist"});
    // Read as a media playlist, its addresses lack their EXTINF; read as what it is, they do not.
    std::erase_if(findings, [](const Finding& finding) { return finding.rule == "segment_has_uri"; });
    lint_multivariant(playlist.lines, findings);
    return findings;
}

}  // namespace ae::media::hls
