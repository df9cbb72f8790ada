#include "net/http/multipart.hpp"

#include <algorithm>

#include "net/http/head.hpp"

namespace ae::http {

namespace {

constexpr std::size_t kMostBoundary = 70;
constexpr std::string_view kLineEnd = "\r\n";

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"'()+_,-./:=?"}.find(c) != std::string_view::npos;
}

/// A quoted string or a token off the front of `text`; nullopt: neither.
std::optional<std::string> take_value(std::string_view& text) {
    std::string value;
    if (!text.starts_with('"')) {
        const auto end = std::min(text.find(';'), text.size());
        value = trimmed(text.substr(0, end));
        text.remove_prefix(end);
        return value.empty() ? std::nullopt : std::optional{value};
    }
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    if (text.empty()) return std::nullopt;
    text.remove_prefix(1);
    return value;
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// `; name="value"; ...`; nullopt: malformed, or one of them twice.
std::optional<Parameters> parameters_of(std::string_view text) {
    Parameters all;
    text = trimmed(text);
    while (!text.empty()) {
        if (!text.starts_with(';')) return std::nullopt;
        text = trimmed(text.substr(1));
        if (text.empty()) break;
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string name{trimmed(text.substr(0, equals))};
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        text.remove_prefix(equals + 1);
        auto value = take_value(text);
        const bool twice = std::ranges::any_of(all, [&](const auto& one) { return one.first == name; });
        if (!value || name.empty() || twice) return std::nullopt;
        all.emplace_back(std::move(name), std::move(*value));
        text = trimmed(text);
    }
    return all;
}

std::optional<std::string> find(const Parameters& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters) {
        if (key == name) return value;
    }
    return std::nullopt;
}

struct Split {
    std::string_view first, rest;
};
Split split_parameters(std::string_view value) {
    const auto at = std::min(value.find(';'), value.size());
    return {trimmed(value.substr(0, at)), value.substr(at)};
}

bool set_disposition(FormPart& part, std::string_view value) {
    const auto [kind, rest] = split_parameters(value);
    const auto parameters = parameters_of(rest);
    if (!equals_ignoring_case(kind, "form-data") || !parameters || !part.name.empty()) return false;
    part.name = find(*parameters, "name").value_or("");
    part.file_name = find(*parameters, "filename");
    return !part.name.empty();
}

bool set_field(FormPart& part, std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.find('\0') != std::string_view::npos) return false;
    const auto name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (equals_ignoring_case(name, "content-disposition")) return set_disposition(part, value);
    // RFC 7578 section 4.7: nobody sends it, and what two readers would decode differently is refused.
    if (equals_ignoring_case(name, "content-transfer-encoding")) return false;
    if (equals_ignoring_case(name, "content-type")) part.content_type = value;
    return true;
}

/// The fields of a part's head, its last line end included; nullopt: malformed.
std::optional<FormPart> part_of(std::string_view head) {
    FormPart part;
    while (!head.empty()) {
        const auto end = head.find(kLineEnd);
        if (!set_field(part, head.substr(0, end))) return std::nullopt;
        head.remove_prefix(end + kLineEnd.size());
    }
    if (part.name.empty()) return std::nullopt;
    return part;
}

}  // namespace

std::optional<std::string> form_boundary(std::string_view content_type) {
    const auto [type, rest] = split_parameters(content_type);
    if (!equals_ignoring_case(type, "multipart/form-data")) return std::nullopt;
    const auto parameters = parameters_of(rest);
    auto boundary = parameters ? find(*parameters, "boundary") : std::nullopt;
    if (!boundary || boundary->empty() || boundary->size() > kMostBoundary || !std::ranges::all_of(*boundary, is_plain)) return std::nullopt;
    return boundary;
}

MultipartReader::MultipartReader(std::string_view boundary, MultipartLimits limits)
    // As if a line had ended before the body: the first boundary is then like every other.
    : delimiter_("\r\n--" + std::string{boundary}), limits_(limits), waiting_(kLineEnd) {}

MultipartReader::State MultipartReader::feed(std::string_view bytes) {
    if (state_ != State::need_more) return state_;
    waiting_ += bytes;
    while (step()) {}
    return state_;
}

bool MultipartReader::give_up(State state) {
    state_ = state;
    waiting_.clear();
    return false;
}

bool MultipartReader::step() {
    switch (step_) {
        case Step::opening: return read_opening();
        case Step::head: return read_head();
        case Step::content: return read_content();
        case Step::behind_delimiter: return read_behind_delimiter();
        case Step::done: return false;
    }
    return false;
}

bool MultipartReader::read_opening() {
    const auto size = std::min(waiting_.size(), delimiter_.size());
    if (waiting_.compare(0, size, delimiter_, 0, size) != 0) return give_up(State::refused);
    if (size < delimiter_.size()) return false;
    waiting_.erase(0, size);
    step_ = Step::behind_delimiter;
    return true;
}

bool MultipartReader::read_behind_delimiter() {
    if (waiting_.size() < 2) return false;
    if (waiting_.starts_with("--")) {
        // A form without a field is none.
        if (parts_.empty()) return give_up(State::refused);
        step_ = Step::done;
        return give_up(State::complete);
    }
    if (!waiting_.starts_with(kLineEnd)) return give_up(State::refused);
    if (parts_.size() >= limits_.parts) return give_up(State::too_large);
    waiting_.erase(0, 2);
    step_ = Step::head;
    return true;
}

bool MultipartReader::read_head() {
    const auto end = waiting_.find("\r\n\r\n");
    if (std::min(end, waiting_.size()) > limits_.head_bytes) return give_up(State::too_large);
    if (end == std::string::npos) return false;
    auto part = part_of(std::string_view{waiting_}.substr(0, end + 2));
    if (!part) return give_up(State::refused);
    parts_.push_back(std::move(*part));
    waiting_.erase(0, end + 4);
    step_ = Step::content;
    return true;
}

/// Takes so many bytes as content of the last part.
bool MultipartReader::keep(std::size_t count) {
    content_bytes_ += count;
    if (content_bytes_ > limits_.content_bytes) return give_up(State::too_large);
    parts_.back().content.append(waiting_, 0, count);
    waiting_.erase(0, count);
    return true;
}

bool MultipartReader::read_content() {
    const auto end = waiting_.find(delimiter_);
    if (end == std::string::npos) {
        // What may be the beginning of a delimiter waits for its rest.
        const auto sure = waiting_.size() - std::min(waiting_.size(), delimiter_.size() - 1);
        keep(sure);
        return false;
    }
    if (!keep(end)) return false;
    waiting_.erase(0, delimiter_.size());
    step_ = Step::behind_delimiter;
    return true;
}

}  // namespace ae::http
