// A media playlist as a load program needs it: parsed once for all viewers that were given the same bytes.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ae::bench {

struct PartNumber {
    std::int64_t msn = 0;
    std::int64_t part = 0;
    auto operator<=>(const PartNumber&) const = default;
};

struct ListedPart {
    PartNumber number;
    std::string path;
    double ends_at = 0;  // Unix seconds: the program date time of its end; 0: not said
};

struct PlaylistView {
    std::vector<ListedPart> parts;  // in order
    PartNumber next;                // what a viewer blocks on
    bool ended = false;
};

/// `path` is the playlist's own; addresses inside may be relative to it. Fails the program on a playlist without parts or numbers.
PlaylistView read_playlist(std::string_view text, std::string_view path);

}  // namespace ae::bench
