// What a channel may be called.
#pragma once

#include <string_view>

#include "base/result.hpp"

namespace ae::channels {

/// 3 to 25 of `a-z`, `0-9`, `-` and `_`, beginning with a letter or digit: shorter than an id, so that an address may carry either.
/// Refuses `slug_invalid` and `slug_reserved` (a word that is, or may become, an address of our own).
Result<void> check_slug(std::string_view slug);

/// 1 to 60 characters of valid UTF-8 without control characters, not blank at the ends. Refuses `name_invalid`.
Result<void> check_name(std::string_view name);

}  // namespace ae::channels
