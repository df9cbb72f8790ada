// What answers a request. Most answers are coroutines; the hot ones (playlists, parts) answer at once or park a plain object.
#pragma once

#include <functional>
#include <memory>

#include "io/task.hpp"
#include "net/http/message.hpp"

namespace ae::http {

/// An answer that many receive, head and all, rendered once: the connection sends `bytes` as they are (status line, headers,
/// body). The head has no request id, no cookie, no date, so that one answer serves everybody; `Connection` follows HTTP/1.1's default.
struct WireResponse {
    SharedText head;  // ends in the blank line
    Rope body;
    unsigned status = 200;
};

/// The way to answer a request later. Lives on the connection's shard and is used only there; it outlives the connection
/// (answers to a closed one go nowhere). Exactly one answer; destroying it without one answers 503.
class Responder {
  public:
    virtual ~Responder() = default;
    virtual void send(Response response) = 0;
    virtual void send(WireResponse response) = 0;
    /// Called once if the client goes away before the answer, so that a parked request leaves its list. Never called inside `send`.
    virtual void on_gone(std::function<void()> gone) = 0;
};
using ResponderPtr = std::unique_ptr<Responder>;

/// A coroutine that makes the whole answer. What it throws becomes a 500, a log line and a counter.
using Handler = std::function<io::Task<Response>(Request)>;
/// For the hot paths: called on the connection's shard, answers now or keeps the responder. Must not throw or block.
using DirectHandler = std::function<void(const Request&, ResponderPtr)>;

}  // namespace ae::http
