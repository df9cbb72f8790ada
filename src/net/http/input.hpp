// What a connection has received and not yet used, in the shard's one buffer.
#pragma once

#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace ae::http {

/// A window on a buffer that belongs to the shard: connections borrow it one after the other, so an idle one holds no memory. What is left when
/// a connection stops reading is kept by it as text and put back here the next time.
class Input {
  public:
    Input(std::span<char> buffer, std::string_view kept) : buffer_(buffer), end_(kept.size()) {
        if (!kept.empty()) std::memcpy(buffer_.data(), kept.data(), kept.size());
    }

    std::string_view view() const { return {buffer_.data() + begin_, end_ - begin_}; }
    void consume(std::size_t bytes) { begin_ += bytes; }
    /// Room behind what is there; moves it to the front first.
    std::span<char> room() {
        if (begin_ > 0) {
            std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        }
        return buffer_.subspan(end_);
    }
    void filled(std::size_t bytes) { end_ += bytes; }

  private:
    std::span<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace ae::http
