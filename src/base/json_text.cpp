#include "base/json_text.hpp"

#include <cstdint>

#include <fmt/format.h>

namespace ae {

namespace {

bool continues(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<std::uint8_t>(text[at]) & 0xc0) == 0x80; }

void append_character(std::string& out, std::string_view character) {
    const auto first = static_cast<std::uint8_t>(character[0]);
    switch (first) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    if (first < 0x20 || first == 0x7f) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", first);
    } else if (first == 0xc2 && static_cast<std::uint8_t>(character[1]) < 0xa0) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<std::uint8_t>(character[1]));
    } else {
        out += character;
    }
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    const auto first = static_cast<std::uint8_t>(text[0]);
    if (first < 0x80) return 1;
    if (first < 0xc2 || first > 0xf4 || !continues(text, 1)) return 0;
    if (first < 0xe0) return 2;
    const auto second = static_cast<std::uint8_t>(text[1]);
    if (!continues(text, 2)) return 0;
    if (first < 0xf0) return (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ? 0 : 3;
    if (!continues(text, 3)) return 0;
    return (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f) ? 0 : 4;
}

void append_json_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) {
            out += "\xef\xbf\xbd";
            text.remove_prefix(1);
            continue;
        }
        append_character(out, text.substr(0, length));
        text.remove_prefix(length);
    }
}

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    append_json_escaped(out, text);
    out += '"';
}

}  // namespace ae
