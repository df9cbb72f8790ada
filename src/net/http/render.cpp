#include "net/http/render.hpp"

#include <array>

#include <fmt/format.h>

namespace ae::http {

namespace {

void put(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ");
    // Whatever a handler put together out of input must not begin another line.
    for (const char c : value) {
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) head.push_back(c);
    }
    head.append("\r\n");
}

void put_own(std::string& head, const Headers& headers) {
    for (std::size_t i = 0; i < headers.size(); ++i) put(head, headers[i].first, headers[i].second);
}

void put_status(std::string& head, unsigned status) { fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", status, status_text(status)); }

void put_length(std::string& head, unsigned status, std::uint64_t size) {
    if (status == 204 || status == 304) return;
    fmt::format_to(std::back_inserter(head), "content-length: {}\r\n", size);
}

/// The current second's date; each shard keeps its own.
std::string_view cached_date(WallTime now) {
    static thread_local std::int64_t second = -1;
    static thread_local std::string text;
    const auto current = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (current != second) {
        second = current;
        text = http_date(now);
    }
    return text;
}

}  // namespace

std::string http_date(WallTime time) {
    static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                       kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

std::string render_head(const Response& response, const HeadContext& context) {
    const Headers& own = response.headers;
    const bool open = context.options != nullptr && context.options->any_origin;
    std::string head;
    head.reserve(512);
    put_status(head, response.status);
    put(head, "date", cached_date(context.now));
    put_length(head, response.status, response.body_size());
    put_own(head, own);
    if (context.extra != nullptr) put_own(head, *context.extra);
    if (context.options != nullptr && response.status < 400 && !own.has("cache-control")) put(head, "cache-control", context.options->cache_control);
    if (open && !own.has("access-control-allow-origin")) {
        put(head, "access-control-allow-origin", "*");
        put(head, "access-control-expose-headers", "etag, content-range, ratelimit, ratelimit-policy, retry-after, x-request-id, link");
    }
    put(head, "x-content-type-options", "nosniff");
    if (!own.has("cross-origin-resource-policy")) put(head, "cross-origin-resource-policy", open ? "cross-origin" : "same-origin");
    if (!own.has("referrer-policy")) put(head, "referrer-policy", "strict-origin-when-cross-origin");
    if (context.hsts_seconds > 0) put(head, "strict-transport-security", fmt::format("max-age={}; includeSubDomains", context.hsts_seconds));
    if (!context.request_id.empty()) put(head, "x-request-id", context.request_id);
    if (context.closing) put(head, "connection", "close");
    head.append("\r\n");
    return head;
}

WireResponse wire_response(unsigned status, const Headers& headers, Rope body, bool any_origin) {
    std::uint64_t size = 0;
    for (const auto& piece : body) size += piece ? piece->size() : 0;
    auto head = std::make_shared<std::string>();
    put_status(*head, status);
    put_length(*head, status, size);
    put_own(*head, headers);
    put(*head, "x-content-type-options", "nosniff");
    if (any_origin) {
        put(*head, "access-control-allow-origin", "*");
        put(*head, "cross-origin-resource-policy", "cross-origin");
    }
    head->append("\r\n");
    return {std::move(head), std::move(body), status};
}

}  // namespace ae::http
