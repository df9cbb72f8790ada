// From a head to a request, and what the server itself answers before a handler sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/http/head.hpp"
#include "net/http/server_core.hpp"

namespace ae::http {

/// What a connection knows of its client.
struct Peer {
    std::string address;
    bool secure = false;
};

/// Fills `request` from a parsed head, reusing its memory. Answers why not, or nothing.
std::string_view fill_request(const ServerCore& core, const Peer& peer, const Head& head, const FieldList& fields, Request& request);

struct Decision {
    /// Null: nobody knows the path or the method; then there is an answer.
    const Route* route = nullptr;
    /// The server's own answer: 404, 405, a preflight, 403 for another site's page, 429.
    std::optional<Response> answer;
    /// Headers for the answer, whoever gives it.
    Headers extra;
};
Decision decide(ServerCore& core, Request& request);

/// The client's X-Request-Id if it is one (up to 64 letters, digits, `-`, `_`, `.`), else a new one.
std::string request_id_of(ServerCore& core, const Headers& headers);

}  // namespace ae::http
