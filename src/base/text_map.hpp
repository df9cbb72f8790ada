// A hash map by text that is asked with a view: no string is made for a look-up.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ae {

struct TextHash {
    using is_transparent = void;  // NOLINT(readability-identifier-naming): the standard asks for this name
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

template <class T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

}  // namespace ae
