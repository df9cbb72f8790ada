// The answers of the hot path, each made once and sent to thousands: no date, no request id, no cookie in them.
#pragma once

#include <string>
#include <string_view>

#include "net/http/handler.hpp"

namespace ae::live {

/// Playlists change five times a second and are never to be kept: a cached one would send players back in time.
http::WireResponse playlist_answer(std::string_view text, bool gzip);
/// Parts, segments and init segments: their addresses are never used twice.
http::WireResponse media_answer(http::Rope body);
/// A JSON document that is true for this moment alone.
http::WireResponse json_answer(std::string_view json);
/// Nothing (204): a request was held as long as one may be, and what it waits for has not happened.
http::WireResponse nothing_yet();
/// A problem+json answer (RFC 9457) without a request id: 400, 404, 410, 503.
http::WireResponse refusal(unsigned status, std::string_view code);

/// The address of a stream's multivariant playlist: `/hls/<stream>/master.m3u8`, or `/hls/<stream>/<token>/master.m3u8`.
std::string master_path(std::string_view stream, std::string_view token = {});
/// A media playlist as the multivariant one and the other media playlists name it: beside themselves, so that the token stays in the path and the bytes are
/// the same for everybody.
std::string playlist_name(std::string_view rendition);
/// The same for the multivariant playlist at its short address: `/hls/<stream>/<rendition>.m3u8`.
std::string playlist_path(std::string_view stream, std::string_view rendition);

}  // namespace ae::live
