// The heads of playlists, parts and refusals on the hot path: rendered by hand, the same bytes for every viewer (no date, no
// request id, no cookie), so that an answer is made once and sent to thousands.
#pragma once

#include <string>
#include <string_view>

#include "net/http/handler.hpp"

namespace ae::live {

/// Playlists change five times a second and are never to be kept: a cached one would send players back in time.
http::SharedText playlist_head(std::size_t body_size, bool gzip);
/// Parts, segments and init segments: their addresses are never used twice.
http::SharedText media_head(std::size_t body_size);
/// A problem+json answer (RFC 9457) without a request id: 400, 404, 503.
http::WireResponse refusal(unsigned status, std::string_view code);
/// The address of a stream's multivariant playlist: `/hls/<stream>/master.m3u8`.
std::string master_path(std::string_view stream);
/// The address of a media playlist: `/hls/<stream>/<rendition>.m3u8`.
std::string playlist_path(std::string_view stream, std::string_view rendition);

}  // namespace ae::live
