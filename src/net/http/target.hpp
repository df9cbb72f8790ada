// The request target: a path and a query, decoded once and strictly (RFC 3986, RFC 9112 section 3.2.1).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ae::http {

/// Whether the text is UTF-8 in its shortest form, without surrogates (RFC 3629).
bool is_utf8(std::string_view text);

/// Decodes percent-encodings; false when one is broken. `plus` makes a space of `+`, as forms do.
bool percent_decode(std::string_view text, bool plus, std::string& out);
/// Encodes what is not unreserved (RFC 3986 section 2.3).
std::string percent_encode(std::string_view text);

/// Splits an origin-form target. Answers a reason (`target_not_origin_form`, `target_encoding`, `target_dot_segment`, ...) when it is
/// refused, else nothing. Refused: any other form, a byte that must be encoded, a broken encoding, an encoded slash, backslash or
/// control character, text that is not UTF-8, dot segments in any spelling, more than 64 parameters.
std::string_view parse_target(std::string_view target, std::string& path, std::vector<std::pair<std::string, std::string>>& query);

}  // namespace ae::http
