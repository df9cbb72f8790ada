#include "live/playback_answers.hpp"

#include <fmt/format.h>

#include "net/http/gzip.hpp"
#include "net/http/render.hpp"

namespace ae::live {

namespace {

http::Rope rope_of(std::string_view text) { return {std::make_shared<const Bytes>(text.begin(), text.end())}; }

http::Headers headers(std::string_view type, std::string_view cache) {
    http::Headers all;
    all.add("content-type", type);
    all.add("cache-control", cache);
    return all;
}

}  // namespace

http::WireResponse playlist_answer(std::string_view text, bool gzip) {
    auto own = headers("application/vnd.apple.mpegurl", "no-cache");
    own.add("vary", "accept-encoding");
    if (gzip) own.add("content-encoding", "gzip");
    return http::wire_response(200, own, gzip ? rope_of(http::gzip(text)) : rope_of(text));
}

http::WireResponse media_answer(http::Rope body) {
    return http::wire_response(200, headers("video/mp4", "public, max-age=31536000, immutable"), std::move(body));
}

http::WireResponse json_answer(std::string_view json) { return http::wire_response(200, headers("application/json", "no-store"), rope_of(json)); }

http::WireResponse nothing_yet() {
    http::Headers own;
    own.add("cache-control", "no-store");
    return http::wire_response(204, own, {});
}

http::WireResponse refusal(unsigned status, std::string_view code) {
    auto own = headers("application/problem+json", "no-store");
    if (status == 503) own.add("retry-after", "1");
    return http::wire_response(
        status, own,
        rope_of(fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"code":"{}"}})", http::status_text(status), status, code)));
}

std::string master_path(std::string_view stream, std::string_view token) {
    return token.empty() ? fmt::format("/hls/{}/master.m3u8", stream) : fmt::format("/hls/{}/{}/master.m3u8", stream, token);
}

std::string playlist_name(std::string_view rendition) { return fmt::format("{}.m3u8", rendition); }

std::string playlist_path(std::string_view stream, std::string_view rendition) { return fmt::format("/hls/{}/{}.m3u8", stream, rendition); }

}  // namespace ae::live
