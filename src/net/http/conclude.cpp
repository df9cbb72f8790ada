#include "net/http/conclude.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "net/http/byte_range.hpp"
#include "net/http/etag.hpp"
#include "net/http/gzip.hpp"
#include "net/http/negotiation.hpp"

namespace ae::http {

namespace {

/// Below this, gzip's own 18 bytes and the time are not worth it.
constexpr std::size_t kWorthCompressing = 1024;

bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") || type.starts_with("application/problem+json") ||
           type.starts_with("application/javascript") || type.starts_with("application/vnd.apple.mpegurl") || type.starts_with("image/svg+xml");
}

void compress(Response& response, const Conditions& conditions) {
    auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr || text->size() < kWorthCompressing || response.headers.has("content-encoding")) return;
    if (!is_text(response.headers.get("content-type"))) return;
    response.headers.add("vary", "accept-encoding");
    if (!conditions.gzip_wanted) return;
    *text = gzip(*text, 4);
    response.headers.set("content-encoding", "gzip");
    // A handler's tag names the plain bytes; these are others.
    if (std::string tag{response.headers.get("etag")}; tag.ends_with('"')) {
        tag.insert(tag.size() - 1, "-gz");
        response.headers.set("etag", tag);
    }
}

void give_etag(Response& response) {
    if (response.headers.has("etag") || response.headers.get("cache-control").find("no-store") != std::string_view::npos) return;
    if (const auto* text = std::get_if<std::string>(&response.body)) response.headers.add("etag", etag_of(as_bytes(*text)));
}

/// The bytes of one range, sharing where the body is shared.
void cut(Response& response, const ByteRange& range) {
    const auto first = static_cast<std::size_t>(range.first), size = static_cast<std::size_t>(range.size);
    if (auto* text = std::get_if<std::string>(&response.body)) {
        *text = text->substr(first, size);
    } else if (auto* fixed = std::get_if<StaticBytes>(&response.body)) {
        fixed->view = fixed->view.subspan(first, size);
    } else if (const auto* shared = std::get_if<SharedText>(&response.body)) {
        response.body = (*shared)->substr(first, size);
    } else {
        const Rope rope = std::holds_alternative<Rope>(response.body) ? std::get<Rope>(response.body) : Rope{std::get<SharedBytes>(response.body)};
        std::string bytes;
        std::size_t at = 0;
        for (const auto& piece : rope) {
            const std::size_t begin = std::clamp(first, at, at + piece->size()), end = std::clamp(first + size, at, at + piece->size());
            bytes.append(reinterpret_cast<const char*>(piece->data()) + (begin - at), end - begin);
            at += piece->size();
        }
        response.body = std::move(bytes);
    }
}

void answer_range(Response& response, const Conditions& conditions) {
    response.headers.set("accept-ranges", "bytes");
    // If-Range compares strongly; a date, or another tag, means the whole (RFC 9110 section 13.1.5).
    if (conditions.range.empty() || (!conditions.if_range.empty() && conditions.if_range != response.headers.get("etag"))) return;
    const std::uint64_t size = response.body_size();
    const ByteRange range = parse_range(conditions.range, size);
    if (range.kind == ByteRange::Kind::whole) return;
    if (range.kind == ByteRange::Kind::unsatisfiable) {
        response.status = 416;
        response.headers.set("content-range", fmt::format("bytes */{}", size));
        response.headers.remove("content-type");
        response.body = std::string{};
        return;
    }
    response.status = 206;
    response.headers.set("content-range", fmt::format("bytes {}-{}/{}", range.first, range.first + range.size - 1, size));
    cut(response, range);
}

}  // namespace

Conditions conditions_of(const Request& request) {
    return {.get = request.method == Method::get || request.method == Method::head,
            .gzip_wanted = accepts_gzip(request),
            .if_none_match = std::string{request.headers.get("if-none-match")},
            .range = std::string{request.method == Method::get ? request.headers.get("range") : std::string_view{}},
            .if_range = std::string{request.headers.get("if-range")}};
}

void conclude(Response& response, const Conditions& conditions) {
    compress(response, conditions);
    if (!conditions.get || response.status != 200) return;
    give_etag(response);
    const auto etag = response.headers.get("etag");
    if (etag.empty()) return;
    if (!conditions.if_none_match.empty() && if_none_match_names(conditions.if_none_match, etag)) {
        response.status = 304;
        response.headers.remove("content-type");
        response.headers.remove("content-encoding");
        response.body = std::string{};
        return;
    }
    // A range of something compressed on the way would be a range of other bytes the next time zlib changes.
    if (!response.headers.has("content-encoding") || !std::holds_alternative<std::string>(response.body)) answer_range(response, conditions);
}

}  // namespace ae::http
