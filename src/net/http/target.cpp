#include "net/http/target.hpp"

#include <algorithm>
#include <cstdint>

#include "base/json_text.hpp"

namespace ae::http {

namespace {

constexpr std::size_t kMostParameters = 64;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Bytes that browsers leave as they are in a target; the rest must come encoded.
bool may_stand_bare(char c) { return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '#' && c != '\\'; }

bool has_dot_segment(std::string_view path) {
    std::size_t at = 0;
    while (at <= path.size()) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const auto segment = path.substr(at, end - at);
        if (segment == "." || segment == "..") return true;
        at = end + 1;
    }
    return false;
}

std::string_view parse_path(std::string_view raw, std::string& path) {
    path.clear();
    if (raw.find('%') == std::string_view::npos) {
        path.assign(raw);
    } else {
        if (!percent_decode(raw, false, path)) return "target_encoding";
        // An encoded separator would mean one thing here and another to whoever stands in front of us.
        if (std::ranges::count(path, '/') != std::ranges::count(raw, '/') || path.find('\\') != std::string::npos) return "target_encoded_separator";
        if (std::ranges::any_of(path, is_control)) return "target_control_character";
        if (!is_utf8(path)) return "target_not_utf8";
    }
    if (has_dot_segment(path)) return "target_dot_segment";
    return {};
}

std::string_view parse_query(std::string_view raw, std::vector<std::pair<std::string, std::string>>& query) {
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find('&'), raw.size());
        const auto pair = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (pair.empty()) continue;
        if (query.size() == kMostParameters) return "target_too_many_parameters";
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto& [name, value] = query.emplace_back();
        if (!percent_decode(pair.substr(0, equals), true, name)) return "target_encoding";
        if (!percent_decode(pair.substr(std::min(equals + 1, pair.size())), true, value)) return "target_encoding";
        if (name.find('\0') != std::string::npos || value.find('\0') != std::string::npos) return "target_control_character";
        if (!is_utf8(name) || !is_utf8(value)) return "target_not_utf8";
    }
    return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool percent_decode(std::string_view text, bool plus, std::string& out) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus) {
            out.push_back(' ');
        } else if (text[i] != '%') {
            out.push_back(text[i]);
        } else {
            if (i + 2 >= text.size()) return false;
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return false;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        }
    }
    return true;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool unreserved =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<std::uint8_t>(c);
        out.push_back('%');
        out.push_back(kHex[byte >> 4]);
        out.push_back(kHex[byte & 15]);
    }
    return out;
}

std::string_view parse_target(std::string_view target, std::string& path, std::vector<std::pair<std::string, std::string>>& query) {
    query.clear();
    if (target.empty() || target.front() != '/') return "target_not_origin_form";
    if (!std::ranges::all_of(target, may_stand_bare)) return "target_bad_character";
    const std::size_t mark = std::min(target.find('?'), target.size());
    if (const auto refusal = parse_path(target.substr(0, mark), path); !refusal.empty()) return refusal;
    return parse_query(target.substr(std::min(mark + 1, target.size())), query);
}

}  // namespace ae::http
