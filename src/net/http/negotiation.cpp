#include "net/http/negotiation.hpp"

#include <algorithm>
#include <optional>

#include "net/http/head.hpp"

namespace ae::http {

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// `0.5` -> 500; what is no quality (RFC 9110 section 12.4.2) is none.
int quality(std::string_view text) {
    if (text.empty() || (text.front() != '0' && text.front() != '1') || text.size() > 5) return 0;
    int value = (text.front() - '0') * 1000;
    if (text.size() == 1) return value;
    if (text[1] != '.') return 0;
    int weight = 100;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return 0;
        value += weight * (c - '0');
        weight /= 10;
    }
    return std::min(value, 1000);
}

int quality_of(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::size_t end = std::min(parameters.find(';'), parameters.size());
        const auto parameter = trim(parameters.substr(0, end));
        parameters.remove_prefix(std::min(end + 1, parameters.size()));
        if (parameter.starts_with("q=") || parameter.starts_with("Q=")) return quality(parameter.substr(2));
    }
    return 1000;
}

}  // namespace

CodingWishes coding_wishes(std::string_view list) {
    std::optional<int> identity, gzip, brotli, any;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const auto item = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        const std::size_t semicolon = std::min(item.find(';'), item.size());
        const auto name = trim(item.substr(0, semicolon));
        const int wish = quality_of(item.substr(std::min(semicolon + 1, item.size())));
        if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) gzip = wish;
        if (equals_ignoring_case(name, "br")) brotli = wish;
        if (equals_ignoring_case(name, "identity")) identity = wish;
        if (name == "*") any = wish;
    }
    // `*` stands for what is not named; identity needs no naming.
    const int unnamed = any.value_or(0);
    return {identity.value_or(any == 0 ? 0 : 1), gzip.value_or(unnamed), brotli.value_or(unnamed)};
}

Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli) {
    if (accept_encoding.empty()) return Coding::identity;
    const auto wishes = coding_wishes(accept_encoding);
    const int gzip = has_gzip ? wishes.gzip : 0, brotli = has_brotli ? wishes.brotli : 0;
    if (brotli > 0 && brotli >= gzip && brotli >= wishes.identity) return Coding::brotli;
    if (gzip > 0 && gzip >= wishes.identity) return Coding::gzip;
    return Coding::identity;
}

}  // namespace ae::http
