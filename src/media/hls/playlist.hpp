// Playlists as text (rfc8216bis): pure functions of a snapshot. The lines of finished segments were rendered when they finished; a
// playlist is put together from them, once for all viewers.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "media/hls/snapshot.hpp"

namespace ae::media::hls {

/// The address of a rendition's playlist, as players are given it everywhere: in the multivariant playlist and in rendition reports.
/// Relative to the playlist that names it, so that the bytes are the same for everybody.
struct PlaylistAddress {
    std::string rendition;
    std::string uri;
};

enum class PlaylistForm : std::uint8_t {
    full,
    delta,  // `_HLS_skip=YES` or `v2`; the full one when nothing is old enough to be skipped, or at the end
};

/// The media playlist of a rendition that the snapshot has. `addresses` names all renditions, this one too (it is left out of the reports).
std::string render_media_playlist(const Snapshot& snapshot, const RenditionView& view, std::span<const PlaylistAddress> addresses,
                                  PlaylistForm form = PlaylistForm::full);

/// The multivariant playlist: a variant for each rendition that has an address, in the snapshot's order.
std::string render_multivariant_playlist(const Snapshot& snapshot, std::span<const PlaylistAddress> addresses);

// The lines that are rendered with the thing they describe.
std::string part_line(std::string_view uri, double seconds, bool independent, bool gap);
std::string segment_line(std::string_view uri, double seconds, bool gap);
std::string map_line(std::string_view uri);
std::string date_line(WallTime time);

}  // namespace ae::media::hls
