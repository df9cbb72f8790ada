// Reads a request's body, by length or in chunks, into a string of bounded size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/http/request_parser.hpp"

namespace ae::http {

class BodyReader {
  public:
    enum class State { need_more, complete, refused, too_large };

    /// `head` are the complete head's bytes, which were parsed once already.
    BodyReader(std::string_view head, std::uint64_t limit);
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    /// Takes what it can use off the front of `input`. What it leaves with `need_more` is the beginning of something and comes
    /// again, with more behind it.
    State feed(std::string_view& input);
    std::string take() { return std::move(body_); }

  private:
    std::string body_;
    RequestParser parser_{nullptr};
};

}  // namespace ae::http
