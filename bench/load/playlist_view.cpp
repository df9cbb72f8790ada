#include "load/playlist_view.hpp"

#include <cstdio>
#include <ctime>

#include "load/socket.hpp"

namespace ae::bench {

namespace {

std::string_view attribute(std::string_view line, std::string_view name) {
    for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
        const bool begins = at > 0 && (line[at - 1] == ':' || line[at - 1] == ',');
        const auto after = at + name.size();
        if (!begins || after >= line.size() || line[after] != '=') continue;
        auto value = line.substr(after + 1);
        if (!value.starts_with('"')) return value.substr(0, value.find(','));
        value.remove_prefix(1);
        return value.substr(0, value.find('"'));
    }
    return {};
}

double unix_seconds(std::string_view text) {
    std::tm date{};
    double seconds = 0;
    const std::string copy{text};
    if (std::sscanf(copy.c_str(), "%d-%d-%dT%d:%d:%lf", &date.tm_year, &date.tm_mon, &date.tm_mday, &date.tm_hour, &date.tm_min, &seconds) != 6)
        return 0;
    date.tm_year -= 1900;
    date.tm_mon -= 1;
    return static_cast<double>(::timegm(&date)) + seconds;
}

std::string resolve(std::string_view address, std::string_view base) {
    if (const auto scheme = address.find("://"); scheme != std::string_view::npos) return std::string{address.substr(address.find('/', scheme + 3))};
    if (address.starts_with('/')) return std::string{address};
    return std::string{base.substr(0, base.find('?'))}.substr(0, base.rfind('/') + 1).append(address);
}

/// Calls `each` with every line.
template <typename Each>
void for_lines(std::string_view text, Each each) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) each(line);
    }
}

}  // namespace

PlaylistView read_playlist(std::string_view text, std::string_view path) {
    PlaylistView view;
    PartNumber number;
    double clock = 0;          // the program date time of the next part
    double segment_clock = 0;  // the same, for a segment whose parts are no longer listed
    for_lines(text, [&](std::string_view line) {
        if (line.starts_with("#EXT-X-MEDIA-SEQUENCE:")) {
            number.msn = std::stoll(std::string{line.substr(22)});
        } else if (line.starts_with("#EXT-X-PROGRAM-DATE-TIME:")) {
            clock = segment_clock = unix_seconds(line.substr(25));
        } else if (line.starts_with("#EXT-X-PART:")) {
            if (clock > 0) clock += std::stod(std::string{attribute(line, "DURATION")});
            view.parts.push_back({number, resolve(attribute(line, "URI"), path), clock});
            ++number.part;
        } else if (line.starts_with("#EXTINF:")) {
            if (segment_clock > 0) clock = segment_clock += std::stod(std::string{line.substr(8)});
        } else if (line.starts_with("#EXT-X-ENDLIST")) {
            view.ended = true;
        } else if (!line.starts_with('#')) {
            ++number.msn;
            number.part = 0;
        }
    });
    if (view.parts.empty()) fail("The playlist lists no part.");
    view.next = number;
    return view;
}

}  // namespace ae::bench
