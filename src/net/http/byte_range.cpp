#include "net/http/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ae::http {

namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

ByteRange parse_range(std::string_view range, std::uint64_t size) {
    constexpr std::string_view kUnit = "bytes=";
    const ByteRange whole{ByteRange::Kind::whole, 0, size};
    if (!range.starts_with(kUnit)) return whole;
    range.remove_prefix(kUnit.size());
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return whole;
    const auto first_text = range.substr(0, dash), last_text = range.substr(dash + 1);

    if (first_text.empty()) {  // the last so many bytes
        const auto suffix = number(last_text);
        if (!suffix) return whole;
        if (*suffix == 0 || size == 0) return {ByteRange::Kind::unsatisfiable, 0, 0};
        const auto taken = std::min(*suffix, size);
        return {ByteRange::Kind::part, size - taken, taken};
    }
    const auto first = number(first_text);
    const auto last = last_text.empty() ? std::optional{UINT64_MAX} : number(last_text);
    if (!first || !last || *last < *first) return whole;
    if (*first >= size) return {ByteRange::Kind::unsatisfiable, 0, 0};
    return {ByteRange::Kind::part, *first, std::min(*last, size - 1) - *first + 1};
}

}  // namespace ae::http
