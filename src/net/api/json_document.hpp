// JSON from outside: parsed within limits.
#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "base/result.hpp"

namespace ae::api {

inline constexpr std::size_t kMostJsonDepth = 32;
inline constexpr std::size_t kMostJsonValues = 10'000;

/// One JSON text (RFC 8259), nothing behind it. Refuses `json_invalid`: broken syntax, deeper than 32, more than 10 000 values, or a name that an object has
/// twice, of which readers take different ones.
Result<boost::json::value> parse_json(std::string_view text);

}  // namespace ae::api
