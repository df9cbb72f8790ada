// Finds the end of a request's head and refuses bytes that peers read differently: the guard in front of the parser.
#pragma once

#include <cstddef>
#include <string_view>

namespace ae::http {

/// Looks at each byte of a growing buffer once. What HTTP parsers disagree about is refused here, before anything has a meaning:
/// a line feed without its carriage return, a carriage return alone, folded lines, NUL and other control characters (RFC 9112
/// sections 2.2, 5.2 and 11.2).
class HeadScanner {
  public:
    enum class State { need_more, complete, refused };

    /// `buffer` is everything of this head so far: what was there before, and more.
    State feed(std::string_view buffer);
    /// After `complete`: the head's size with its blank line.
    std::size_t size() const { return at_; }
    /// After `refused`: why.
    std::string_view reason() const { return reason_; }
    /// How many bytes were looked at.
    std::size_t seen() const { return at_; }

  private:
    State refuse(std::string_view reason);
    std::size_t at_ = 0;
    std::string_view reason_;
};

}  // namespace ae::http
