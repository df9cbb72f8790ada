#include "live/media_head.hpp"

#include <fmt/format.h>

namespace ae::live {

namespace {

/// Media may be read from any page (embeds) and by any player; it carries no credentials.
constexpr std::string_view kOpenToAll =
    "Access-Control-Allow-Origin: *\r\n"
    "Cross-Origin-Resource-Policy: cross-origin\r\n"
    "X-Content-Type-Options: nosniff\r\n";

std::string_view title_of(unsigned status) {
    switch (status) {
        case 400: return "Bad Request";
        case 404: return "Not Found";
        case 410: return "Gone";
        default: return "Service Unavailable";
    }
}

}  // namespace

http::SharedText playlist_head(std::size_t body_size, bool gzip) {
    return std::make_shared<const std::string>(
        fmt::format("HTTP/1.1 200 OK\r\n"
                    "Content-Type: application/vnd.apple.mpegurl\r\n"
                    "Content-Length: {}\r\n"
                    "Cache-Control: no-cache\r\n"
                    "Vary: Accept-Encoding\r\n"
                    "{}{}\r\n",
                    body_size, gzip ? "Content-Encoding: gzip\r\n" : "", kOpenToAll));
}

http::SharedText media_head(std::size_t body_size) {
    return std::make_shared<const std::string>(
        fmt::format("HTTP/1.1 200 OK\r\n"
                    "Content-Type: video/mp4\r\n"
                    "Content-Length: {}\r\n"
                    "Cache-Control: public, max-age=31536000, immutable\r\n"
                    "{}\r\n",
                    body_size, kOpenToAll));
}

http::WireResponse refusal(unsigned status, std::string_view code) {
    const auto body = fmt::format(R"({{"type":"about:blank","title":"{}","status":{},"code":"{}"}})", title_of(status), status, code);
    auto head = std::make_shared<const std::string>(
        fmt::format("HTTP/1.1 {} {}\r\n"
                    "Content-Type: application/problem+json\r\n"
                    "Content-Length: {}\r\n"
                    "Cache-Control: no-store\r\n"
                    "{}{}\r\n",
                    status, title_of(status), body.size(), status == 503 ? "Retry-After: 1\r\n" : "", kOpenToAll));
    return {std::move(head), {std::make_shared<const Bytes>(body.begin(), body.end())}, status};
}

std::string master_path(std::string_view stream) { return fmt::format("/hls/{}/master.m3u8", stream); }

std::string playlist_path(std::string_view stream, std::string_view rendition) { return fmt::format("/hls/{}/{}.m3u8", stream, rendition); }

}  // namespace ae::live
