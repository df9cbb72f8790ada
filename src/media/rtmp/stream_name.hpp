// Names that peers send: the application and the stream (a key, or a slug to play).
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace ae::media::rtmp {

/// Without the query and slashes at its ends: `live/?token` -> `live`.
std::string_view plain_app(std::string_view app);

/// A stream's name without its query. Refuses `stream_key_missing` (empty) and `stream_key_malformed`: longer than 255 bytes,
/// or with anything but letters, digits, `-`, `_` and `.` (no key and no slug has another), or with two dots in a row.
Result<std::string> plain_name(std::string_view name);

}  // namespace ae::media::rtmp
