// What a stream may be called.
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace ae::live {

/// 1 to 140 characters of valid UTF-8 without control characters, not blank at the ends. Refuses `title_invalid`.
Result<void> check_title(std::string_view title);

/// The device of a player: 16 to 64 of letters, digits, - and _. Refuses `device_invalid`.
Result<void> check_device(std::string_view device);

}  // namespace ae::live
