// The addresses of playback: where a player gets the master playlist, the media playlists and the media.
#pragma once

#include "live/stage.hpp"
#include "net/api/routes.hpp"

namespace ae::live {

/// Adds to the table:
///   GET /{stream}.m3u8                       the master playlist, at the address that the product documents promise
///   GET /hls/{stream}/master.m3u8            the same
///   GET /hls/{stream}/{rendition}.m3u8       a media playlist: `_HLS_msn`, `_HLS_part`, `_HLS_skip`
///   GET /media/{secret}/{name...}            parts, segments and init segments
///   GET /api/channels/{id}/on-air            held until the channel is on air
/// `stage` outlives the table.
void add_playback_routes(api::Routes& routes, Stage& stage);

}  // namespace ae::live
