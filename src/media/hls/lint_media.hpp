// The rules for one media playlist; called by `lint`.
#pragma once

#include <vector>

#include "media/hls/playlist_reader.hpp"

namespace ae::media::hls {

void lint_media_playlist(const MediaPlaylist& playlist, std::vector<Finding>& findings);

}  // namespace ae::media::hls
