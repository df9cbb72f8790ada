#include "media/hls/playlist_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace ae::media::hls {

namespace {

constexpr std::array<std::string_view, 10> kTagsWithAttributes{
    "EXT-X-SERVER-CONTROL", "EXT-X-PART-INF",         "EXT-X-PART",       "EXT-X-MAP",   "EXT-X-SKIP",
    "EXT-X-PRELOAD-HINT",   "EXT-X-RENDITION-REPORT", "EXT-X-STREAM-INF", "EXT-X-MEDIA", "EXT-X-I-FRAME-STREAM-INF"};

bool attribute_name_is_good(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// Takes one `NAME=value` and the comma after it; false: the list is broken here.
bool take_attribute(std::string_view& rest, Attribute& attribute) {
    const auto equals = rest.find('=');
    if (equals == std::string_view::npos || !attribute_name_is_good(rest.substr(0, equals))) return false;
    attribute.name = rest.substr(0, equals);
    rest.remove_prefix(equals + 1);
    attribute.quoted = rest.starts_with('"');
    if (attribute.quoted) rest.remove_prefix(1);
    const auto end = std::min(rest.size(), rest.find(attribute.quoted ? '"' : ','));
    if (attribute.quoted && end == rest.size()) return false;
    attribute.value = rest.substr(0, end);
    rest.remove_prefix(end + (attribute.quoted ? 1 : 0));
    if (rest.empty()) return !attribute.value.empty() || attribute.quoted;
    if (!rest.starts_with(',') || rest.size() == 1) return false;
    rest.remove_prefix(1);
    return !attribute.value.empty() || attribute.quoted;
}

void read_attributes(Tag& tag, std::vector<Finding>& findings) {
    std::string_view rest = tag.value;
    while (!rest.empty()) {
        Attribute attribute;
        if (!take_attribute(rest, attribute)) {
            findings.push_back({"attribute_syntax", tag.line, fmt::format("the attributes of {} cannot be read", tag.name)});
            return;
        }
        if (tag.find(attribute.name)) findings.push_back({"attribute_once", tag.line, fmt::format("{} stands twice", attribute.name)});
        tag.attributes.push_back(std::move(attribute));
    }
}

Tag read_tag(std::string_view text, std::size_t line, std::vector<Finding>& findings) {
    Tag tag;
    tag.line = line;
    const auto colon = std::min(text.find(':'), text.size());
    tag.name = text.substr(1, colon - 1);
    if (colon < text.size()) tag.value = text.substr(colon + 1);
    if (std::ranges::find(kTagsWithAttributes, tag.name) != kTagsWithAttributes.end()) read_attributes(tag, findings);
    return tag;
}

/// Well-formed UTF-8 without overlong forms or surrogates (RFC 3629 section 4).
bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : lead >> 3 == 30 ? 3 : 4;
        if (more == 4 || i + more >= text.size()) return false;
        std::uint32_t point = more == 0 ? lead : lead & (0x3fu >> more);
        for (std::size_t j = 1; j <= more; ++j) {
            const auto next = static_cast<unsigned char>(text[i + j]);
            if (next >> 6 != 2) return false;
            point = point << 6 | (next & 0x3f);
        }
        constexpr std::array<std::uint32_t, 4> kLeast{0, 0x80, 0x800, 0x10000};
        if (point < kLeast[more] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return false;
        i += more + 1;
    }
    return true;
}

void check_text(std::string_view text, std::vector<Finding>& findings) {
    if (text.starts_with("\xef\xbb\xbf")) findings.push_back({"text_clean", 1, "the playlist begins with a byte order mark"});
    if (!is_utf8(text)) findings.push_back({"text_clean", 0, "the playlist is not UTF-8"});
    const auto control = [](char c) { return (c >= 0 && c < 0x20 && c != '\n' && c != '\r') || c == 0x7f; };
    if (std::ranges::any_of(text, control)) findings.push_back({"text_clean", 0, "the playlist has control characters"});
}

/// Collects what belongs to the next segment until its address comes.
class SegmentReader {
  public:
    explicit SegmentReader(MediaPlaylist& playlist, std::vector<Finding>& findings) : playlist_(playlist), findings_(findings) {}

    void read(const Line& line) {
        if (!line.tag) return read_uri(line);
        const auto& tag = *line.tag;
        if (tag.name == "EXTINF") read_extinf(tag);
        else if (tag.name == "EXT-X-PART") read_part(tag);
        else if (tag.name == "EXT-X-MAP") read_map(tag);
        else if (tag.name == "EXT-X-PROGRAM-DATE-TIME") read_date(tag);
        else if (tag.name == "EXT-X-DISCONTINUITY") read_discontinuity(tag);
        else if (tag.name == "EXT-X-GAP") own(tag).gap = true;
        else if (tag.name == "EXT-X-SKIP") skipped_ += tag.integer("SKIPPED-SEGMENTS").value_or(0);
    }
    void finish() {
        if (extinf_) findings_.push_back({"segment_has_uri", segment_.line, "an EXTINF without an address"});
        if (segment_.line > 0 && !segment_.parts.empty()) push();
    }

  private:
    ReadSegment& own(const Tag& tag) {
        if (segment_.line == 0) segment_.line = tag.line;
        return segment_;
    }
    void read_uri(const Line& line) {
        if (!extinf_) findings_.push_back({"segment_has_uri", line.number, "an address without an EXTINF"});
        segment_.uri = line.uri;
        push();
    }
    void read_extinf(const Tag& tag) {
        if (extinf_) findings_.push_back({"segment_has_uri", tag.line, "two EXTINF for one address"});
        extinf_ = true;
        const auto comma = std::min(tag.value.find(','), tag.value.size());
        const auto seconds = read_decimal(std::string_view{tag.value}.substr(0, comma));
        if (!seconds || comma == tag.value.size()) findings_.push_back({"extinf_syntax", tag.line, "EXTINF is a decimal number and a comma"});
        own(tag).seconds = seconds.value_or(0);
    }
    void read_part(const Tag& tag) {
        const auto seconds = tag.decimal("DURATION");
        const auto uri = tag.text("URI");
        if (!seconds || !uri) findings_.push_back({"part_attributes", tag.line, "a part has a DURATION and a URI"});
        own(tag).parts.push_back({seconds.value_or(0), uri.value_or(""), tag.yes("INDEPENDENT"), tag.yes("GAP"), tag.line});
    }
    void read_map(const Tag& tag) {
        const auto uri = tag.text("URI");
        if (!uri) findings_.push_back({"map_attributes", tag.line, "a map has a URI"});
        stands_before_parts(tag);
        map_ = uri.value_or("");
        own(tag).names_map = true;
    }
    void read_discontinuity(const Tag& tag) {
        stands_before_parts(tag);
        own(tag).discontinuity = true;
    }
    void stands_before_parts(const Tag& tag) {
        if (segment_.parts.empty()) return;
        findings_.push_back({"head_before_parts", tag.line, fmt::format("{} stands after a part of its segment", tag.name)});
    }
    void read_date(const Tag& tag) {
        stands_before_parts(tag);
        own(tag).date = from_rfc3339(tag.value);
        if (!segment_.date) findings_.push_back({"date_syntax", tag.line, "EXT-X-PROGRAM-DATE-TIME is no RFC 3339 time"});
    }
    void push() {
        segment_.msn = playlist_.media_sequence.value_or(0) + skipped_ + playlist_.segments.size();
        if (segment_.discontinuity) ++discontinuities_;
        segment_.discontinuity_sequence = playlist_.discontinuity_sequence.value_or(0) + discontinuities_;
        segment_.map = map_;
        playlist_.segments.push_back(std::exchange(segment_, {}));
        extinf_ = false;
    }

    MediaPlaylist& playlist_;
    std::vector<Finding>& findings_;
    ReadSegment segment_;
    std::string map_;
    std::uint64_t skipped_ = 0, discontinuities_ = 0;
    bool extinf_ = false;
};

void read_playlist_tag(MediaPlaylist& playlist, const Tag& tag) {
    if (tag.name == "EXT-X-VERSION") playlist.version = read_integer(tag.value);
    else if (tag.name == "EXT-X-TARGETDURATION") playlist.target_duration = read_integer(tag.value);
    else if (tag.name == "EXT-X-MEDIA-SEQUENCE") playlist.media_sequence = read_integer(tag.value);
    else if (tag.name == "EXT-X-DISCONTINUITY-SEQUENCE") playlist.discontinuity_sequence = read_integer(tag.value);
    else if (tag.name == "EXT-X-SERVER-CONTROL") playlist.server_control = tag;
    else if (tag.name == "EXT-X-PART-INF") playlist.part_inf = tag;
    else if (tag.name == "EXT-X-SKIP") playlist.skipped = tag.integer("SKIPPED-SEGMENTS");
    else if (tag.name == "EXT-X-ENDLIST") playlist.ended = true;
    else if (tag.name == "EXT-X-INDEPENDENT-SEGMENTS") playlist.independent_segments = true;
    else if (tag.name == "EXT-X-PRELOAD-HINT")
        playlist.hints.push_back({tag.find("TYPE") ? tag.find("TYPE")->value : "", tag.text("URI").value_or(""), tag.line});
    else if (tag.name == "EXT-X-RENDITION-REPORT")
        playlist.reports.push_back({tag.text("URI").value_or(""), tag.integer("LAST-MSN"), tag.integer("LAST-PART"), tag.line});
}

}  // namespace

const Attribute* Tag::find(std::string_view attribute) const {
    const auto at = std::ranges::find(attributes, attribute, &Attribute::name);
    return at == attributes.end() ? nullptr : &*at;
}

std::optional<double> Tag::decimal(std::string_view attribute) const {
    const auto* found = find(attribute);
    return found && !found->quoted ? read_decimal(found->value) : std::nullopt;
}

std::optional<std::uint64_t> Tag::integer(std::string_view attribute) const {
    const auto* found = find(attribute);
    return found && !found->quoted ? read_integer(found->value) : std::nullopt;
}

std::optional<std::string> Tag::text(std::string_view attribute) const {
    const auto* found = find(attribute);
    return found && found->quoted && !found->value.empty() ? std::optional{found->value} : std::nullopt;
}

bool Tag::yes(std::string_view attribute) const {
    const auto* found = find(attribute);
    return found && !found->quoted && found->value == "YES";
}

std::optional<double> read_decimal(std::string_view text) {
    const bool plain = !text.empty() && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (!plain || error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<std::uint64_t> read_integer(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::vector<Line> read_lines(std::string_view text, std::vector<Finding>& findings) {
    check_text(text, findings);
    std::vector<Line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (number == 1 && line != "#EXTM3U") findings.push_back({"extm3u_first", 1, "the first line is not #EXTM3U"});
        if (line.empty() || (line.starts_with('#') && !line.starts_with("#EXT"))) continue;
        if (line.starts_with('#')) lines.push_back({read_tag(line, number, findings), "", number});
        else lines.push_back({std::nullopt, std::string{line}, number});
    }
    if (lines.empty()) findings.push_back({"extm3u_first", 0, "the playlist is empty"});
    return lines;
}

std::optional<double> MediaPlaylist::part_target() const { return part_inf ? part_inf->decimal("PART-TARGET") : std::nullopt; }

double MediaPlaylist::seconds() const {
    double sum = 0;
    for (const auto& segment : segments) sum += segment.uri.empty() ? 0 : segment.seconds;
    return sum;
}

MediaPlaylist read_media_playlist(std::string_view text, std::vector<Finding>& findings) {
    MediaPlaylist playlist;
    playlist.lines = read_lines(text, findings);
    for (const auto& line : playlist.lines) {
        if (line.tag) read_playlist_tag(playlist, *line.tag);
    }
    SegmentReader reader{playlist, findings};
    for (const auto& line : playlist.lines) reader.read(line);
    reader.finish();
    return playlist;
}

}  // namespace ae::media::hls
