// A request's head: method, target, fields, and how its body is framed. Strict where parsers differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "net/http/message.hpp"
#include "net/http/request_parser.hpp"

namespace ae::http {

enum class Framing : std::uint8_t { none, length, chunked };

/// Views into the head's bytes.
struct Head {
    Method method = Method::get;
    std::string_view target = {};
    std::string_view host = {};
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;
    bool http11 = true;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Why a request is not understood; its connection is closed after the answer, because nobody knows where the next one begins.
struct HeadRefusal {
    unsigned status = 400;
    std::string_view reason;
};

/// Reads a complete head and its fields. Refused: an unknown method (501) or version (505), a target that is not in origin form, more than one Host
/// or none, a Host that is no authority, a length with a coding, more than one length or one that is not plain digits, any coding
/// but a single `chunked`, an unknown expectation (417), too many fields (431).
std::optional<HeadRefusal> parse_head(std::string_view bytes, FieldList& fields, Head& head);

/// Whether a comma-separated list holds a token, case aside.
bool list_has(std::string_view list, std::string_view token);
bool equals_ignoring_case(std::string_view a, std::string_view b);
/// A name, an IPv4 address or a bracketed IPv6 one, and perhaps a port; no user information (RFC 3986 section 3.2.2).
bool is_authority(std::string_view host);

}  // namespace ae::http
