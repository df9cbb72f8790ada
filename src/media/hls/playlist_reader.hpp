// Reads playlists: lines, tags and attributes (rfc8216bis sections 4.1 to 4.3). Takes any text; what does not fit is a finding, and
// reading goes on, so that one mistake does not hide the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace ae::media::hls {

/// Something wrong with a playlist. `rule` is one of `lint_rules()`.
struct Finding {
    std::string_view rule;
    std::size_t line = 0;  // from 1; 0: the playlist as a whole
    std::string detail;
    bool operator==(const Finding&) const = default;
};

struct Attribute {
    std::string name;
    std::string value;  // without its quotes
    bool quoted = false;
};

/// A line that begins with `#EXT`.
struct Tag {
    std::string name;                   // `EXT-X-PART`
    std::string value;                  // what stands after the colon
    std::vector<Attribute> attributes;  // of tags that have a list of them
    std::size_t line = 0;

    const Attribute* find(std::string_view attribute) const;
    std::optional<double> decimal(std::string_view attribute) const;
    std::optional<std::uint64_t> integer(std::string_view attribute) const;
    /// A quoted string; nullopt when it is missing or not quoted.
    std::optional<std::string> text(std::string_view attribute) const;
    bool yes(std::string_view attribute) const;
};

/// A tag, or the address of a segment or playlist.
struct Line {
    std::optional<Tag> tag;
    std::string uri;
    std::size_t number = 0;
};

/// The lines that mean something; comments and empty ones are left out.
std::vector<Line> read_lines(std::string_view text, std::vector<Finding>& findings);

std::optional<double> read_decimal(std::string_view text);
std::optional<std::uint64_t> read_integer(std::string_view text);

struct ReadPart {
    double seconds = 0;
    std::string uri;
    bool independent = false, gap = false;
    std::size_t line = 0;
};

struct ReadSegment {
    std::uint64_t msn = 0;
    std::uint64_t discontinuity_sequence = 0;
    double seconds = 0;
    std::string uri;  // empty: the segment in the making
    std::vector<ReadPart> parts;
    bool discontinuity = false, gap = false;
    std::string map;  // in force, also when an earlier segment brought it
    bool names_map = false;
    std::optional<WallTime> date;
    std::size_t line = 0;  // of the first tag that is its own
};

struct ReadReport {
    std::string uri;
    std::optional<std::uint64_t> last_msn, last_part;
    std::size_t line = 0;
};

struct ReadHint {
    std::string type, uri;
    std::size_t line = 0;
};

struct MediaPlaylist {
    std::vector<Line> lines;
    std::optional<std::uint64_t> version, target_duration, media_sequence, discontinuity_sequence;
    std::optional<Tag> server_control, part_inf;
    std::optional<std::uint64_t> skipped;
    std::vector<ReadSegment> segments;  // those that are listed; the last may be in the making
    std::vector<ReadHint> hints;
    std::vector<ReadReport> reports;
    bool ended = false;
    bool independent_segments = false;

    std::optional<double> part_target() const;
    double seconds() const;  // of the finished segments that are listed
};

/// What the lines of a media playlist say. Findings are about syntax only.
MediaPlaylist read_media_playlist(std::string_view text, std::vector<Finding>& findings);

}  // namespace ae::media::hls
