// How names are spelled, and which belong to the site itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "names/names.hpp"

namespace ae::names {

/// The first words of the site's own addresses, those by which somebody could pretend to be the site, and words that chat gives a meaning.
bool reserved(std::string_view name);

/// 2 to 32 of `a-z`, `0-9`, `_` and `.`, no two dots in a row, none that looks like an id. Refuses `username_invalid`, `username_reserved`.
Result<void> check_username(std::string_view name);
/// 3 to 25 of `a-z`, `0-9`, `-` and `_`, beginning with a letter or digit. Refuses `slug_invalid`, `slug_reserved`.
Result<void> check_slug(std::string_view name);

/// Names that are like the wanted one and obey the kind's rules, best first.
std::vector<std::string> names_like(Kind kind, std::string_view wanted);

}  // namespace ae::names
