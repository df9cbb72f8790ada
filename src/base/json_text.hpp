// Text inside JSON (RFC 8259): the one place that escapes it, for log lines and for hot outputs that are written by hand.
#pragma once

#include <string>
#include <string_view>

namespace ae {

/// Appends `text` with quotes, escaped. Control characters (also DEL and C1, which move a terminal's cursor) become `\u00XX`; a byte
/// that is no UTF-8 becomes U+FFFD, so that the result is valid whatever came in.
void append_json_text(std::string& out, std::string_view text);
/// The same without the quotes.
void append_json_escaped(std::string& out, std::string_view text);

/// The length of the UTF-8 sequence that `text` starts with (RFC 3629: shortest form, no surrogates); 0 when there is none.
std::size_t utf8_length(std::string_view text);

}  // namespace ae
