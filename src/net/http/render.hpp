// Answers as bytes: the head of each, and whole answers that many receive.
#pragma once

#include <string>
#include <string_view>

#include "net/http/handler.hpp"
#include "net/http/router.hpp"

namespace ae::http {

/// What the connection and the route add to an answer's own headers.
struct HeadContext {
    const RouteOptions* options = nullptr;
    const Headers* extra = nullptr;
    std::string_view request_id = {};
    WallTime now = {};
    bool closing = false;
    /// Seconds for Strict-Transport-Security; 0: none.
    std::int64_t hsts_seconds = 0;
};

/// Status line to blank line. Own headers win over the route's defaults; control characters in values are dropped.
std::string render_head(const Response& response, const HeadContext& context);

/// An answer for many: head with these headers, Content-Length, nosniff and, with `any_origin`, open CORS and resource policy. Nothing in it
/// belongs to one request, so it may be sent to all and cached anywhere.
WireResponse wire_response(unsigned status, const Headers& headers, Rope body, bool any_origin = true);

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
std::string http_date(WallTime time);

}  // namespace ae::http
