// Reads HTTP/1.1 answers one after the other, without keeping bodies that nobody wants to see again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "load/checksum.hpp"

namespace ae::bench {

class HttpResponse {
  public:
    /// Takes bytes of the answer in progress and says how many belonged to it. `done()` tells when it is whole.
    std::size_t feed(std::string_view bytes);
    bool done() const { return state_ == State::done; }
    bool started() const { return state_ != State::head || !head_.empty(); }

    int status() const { return status_; }
    std::uint64_t length() const { return length_; }
    std::uint32_t checksum() const { return checksum_.value(); }
    const std::string& head() const { return head_; }
    const std::string& body() const { return body_; }

    /// Makes it ready for the next answer.
    void begin(bool keep_body);

  private:
    enum class State { head, body, chunks, done };

    std::size_t feed_head(std::string_view bytes);
    std::size_t feed_chunks(std::string_view bytes);
    void read_head();

    State state_ = State::head;
    bool keep_body_ = false;
    int status_ = 0;
    std::uint64_t length_ = 0;
    std::uint64_t left_ = 0;
    Checksum checksum_;
    std::string head_;
    std::string body_;
    std::string tail_;  // of an answer in chunks
};

}  // namespace ae::bench
