// One answer on its way out: a head, a body, and how much of them is sent.
#pragma once

#include <cstddef>
#include <string>

#include <sys/uio.h>

#include "net/http/handler.hpp"
#include "net/http/message.hpp"

namespace ae::http {

/// In the order of sending: a shared head (if any), text of its own, a body. Holds what it sends; copies nothing.
class Outbox {
  public:
    /// A rendered head and its body.
    Outbox(std::string head, Response response, bool head_only);
    /// Shared bytes. `closing` puts `Connection: close` in front of the head's blank line.
    Outbox(WireResponse response, bool head_only, bool closing);
    /// Text alone.
    explicit Outbox(std::string text) : own_(std::move(text)) {}

    /// Fills in up to `most` pieces of what is unsent; answers how many.
    std::size_t gather(iovec* pieces, std::size_t most) const;
    void advance(std::size_t bytes) { sent_ += bytes; }
    bool done() const { return sent_ == size_; }
    std::size_t size() const { return size_; }

  private:
    std::size_t total() const;
    template <class F>
    void each_piece(F f) const;

    SharedText shared_head_;
    std::string own_;
    decltype(Response::body) body_;
    bool head_only_ = false;
    std::size_t head_cut_ = 0;
    std::size_t sent_ = 0;
    std::size_t size_ = total();
};

}  // namespace ae::http
