#include "net/http/head_scanner.hpp"

#include <array>
#include <cstdint>

namespace ae::http {

namespace {

enum class Kind : std::uint8_t { plain, line_feed, carriage_return, blank, control };

constexpr auto kKinds = [] {
    std::array<Kind, 256> kinds{};
    for (std::size_t i = 0; i < 0x20; ++i) kinds[i] = Kind::control;
    kinds[0x7F] = Kind::control;
    kinds['\t'] = kinds[' '] = Kind::blank;
    kinds['\n'] = Kind::line_feed;
    kinds['\r'] = Kind::carriage_return;
    return kinds;
}();

}  // namespace

HeadScanner::State HeadScanner::refuse(std::string_view reason) {
    reason_ = reason;
    return State::refused;
}

HeadScanner::State HeadScanner::feed(std::string_view buffer) {
    for (; at_ < buffer.size(); ++at_) {
        const Kind kind = kKinds[static_cast<std::uint8_t>(buffer[at_])];
        const char before = at_ == 0 ? '\0' : buffer[at_ - 1];
        if (before == '\r' && kind != Kind::line_feed) return refuse("bare_carriage_return");
        if (kind == Kind::plain) continue;
        if (kind == Kind::control) return refuse("control_character");
        if (kind == Kind::blank && before == '\n') return refuse("folded_header");
        if (kind != Kind::line_feed) continue;
        if (before != '\r') return refuse("bare_line_feed");
        if (at_ == 1) return refuse("empty_request_line");
        if (at_ >= 3 && buffer[at_ - 2] == '\n') {
            ++at_;
            return State::complete;
        }
    }
    return State::need_more;
}

}  // namespace ae::http
