#include "net/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/beast/http/error.hpp>

namespace ae::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Method> method_of(std::string_view name) {
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        if (method_name(static_cast<Method>(i)) == name) return static_cast<Method>(i);
    }
    return std::nullopt;
}

struct Counts {
    int host = 0, length = 0, coding = 0;
};

std::optional<HeadRefusal> read_length(std::string_view value, Head& head) {
    // Only digits: `+5`, `5, 5`, `0x5` and an empty value each mean something else to somebody (RFC 9112 section 6.3).
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), head.content_length);
    const bool digits = !value.empty() && std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || error != std::errc{} || end != value.data() + value.size()) return HeadRefusal{400, "content_length_not_a_number"};
    head.framing = Framing::length;
    return std::nullopt;
}

std::optional<HeadRefusal> read_field(const HeadField& field, Counts& counts, Head& head) {
    if (equals_ignoring_case(field.name, "host")) {
        ++counts.host;
        head.host = field.value;
    } else if (equals_ignoring_case(field.name, "connection")) {
        // An HTTP/1.0 client that wants to stay would need to be told so in every answer, also in shared ones: it is let go.
        if (list_has(field.value, "close")) head.keep_alive = false;
    } else if (equals_ignoring_case(field.name, "content-length")) {
        if (++counts.length > 1) return HeadRefusal{400, "content_length_twice"};
        return read_length(field.value, head);
    } else if (equals_ignoring_case(field.name, "transfer-encoding")) {
        if (++counts.coding > 1 || !equals_ignoring_case(field.value, "chunked")) return HeadRefusal{400, "transfer_encoding_not_chunked"};
        head.framing = Framing::chunked;
    } else if (equals_ignoring_case(field.name, "expect")) {
        if (!equals_ignoring_case(field.value, "100-continue")) return HeadRefusal{417, "expectation_unknown"};
        head.expects_continue = head.http11;
    }
    return std::nullopt;
}

HeadRefusal refusal_of(const RequestParser::ErrorCode& ec) {
    using Error = boost::beast::http::error;
    if (ec == Error::header_limit) return {431, "too_many_headers"};
    if (ec == Error::bad_version) return {505, "version_not_supported"};
    if (ec == Error::bad_method) return {400, "bad_method"};
    if (ec == Error::bad_target) return {400, "bad_target"};
    if (ec == Error::bad_content_length || ec == Error::multiple_content_length) return {400, "bad_content_length"};
    if (ec == Error::bad_transfer_encoding) return {400, "bad_transfer_encoding"};
    return {400, "bad_header"};
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool is_authority(std::string_view host) {
    if (host.size() > 255) return false;
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == ':' ||
               c == '[' || c == ']';
    };
    return std::ranges::all_of(host, allowed);
}

bool list_has(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (equals_ignoring_case(trim(list.substr(0, comma)), token)) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

std::optional<HeadRefusal> parse_head(std::string_view bytes, FieldList& fields, Head& head) {
    RequestParser parser{&fields};
    RequestParser::ErrorCode ec;
    parser.feed(bytes, ec);
    if (ec) return refusal_of(ec);
    if (!parser.is_header_done()) return HeadRefusal{400, "bad_header"};
    if (parser.version() != 10 && parser.version() != 11) return HeadRefusal{505, "version_not_supported"};

    const auto method = method_of(parser.method());
    if (!method) return HeadRefusal{501, "method_not_implemented"};
    head = Head{.method = *method, .target = parser.target(), .http11 = parser.version() == 11, .keep_alive = parser.version() == 11};

    Counts counts;
    for (const HeadField& field : fields) {
        if (const auto refusal = read_field(field, counts, head)) return refusal;
    }
    if (counts.length > 0 && counts.coding > 0) return HeadRefusal{400, "length_and_coding"};
    if (counts.coding > 0 && !head.http11) return HeadRefusal{400, "coding_in_http_1_0"};
    if (counts.host > 1 || (counts.host == 0 && head.http11)) return HeadRefusal{400, "host_not_one"};
    if (counts.host == 1 && (head.host.empty() || !is_authority(head.host))) return HeadRefusal{400, "host_not_an_authority"};
    return std::nullopt;
}

}  // namespace ae::http
