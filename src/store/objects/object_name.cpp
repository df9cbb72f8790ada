#include "store/objects/object_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace ae::objects {

namespace {

constexpr std::size_t kMostWords = 4;
constexpr std::size_t kMostWordLength = 100;

// Nothing that a browser runs: what is stored here is sent to strangers.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes{{{"webp", "image/webp"},
                                                                               {"jpg", "image/jpeg"},
                                                                               {"png", "image/png"},
                                                                               {"mp4", "video/mp4"},
                                                                               {"vtt", "text/vtt"},
                                                                               {"bin", "application/octet-stream"}}};

bool is_word(std::string_view word) {
    if (word.empty() || word.size() > kMostWordLength || word[0] == '-' || word[0] == '_') return false;
    return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

bool is_name(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || content_type_of(text.substr(dot + 1)).empty()) return false;
    text = text.substr(0, dot);
    std::size_t words = 0;
    while (true) {
        const auto slash = text.find('/');
        if (!is_word(text.substr(0, slash)) || ++words > kMostWords) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

}  // namespace

std::string_view content_type_of(std::string_view ending) {
    for (const auto& [known, type] : kTypes) {
        if (known == ending) return type;
    }
    return {};
}

Result<ObjectName> ObjectName::parse(std::string_view text) {
    if (!is_name(text)) return Error{Errc::invalid, "object_name_invalid", "That cannot be the name of a stored object."};
    return ObjectName{std::string{text}};
}

std::string_view ObjectName::content_type() const { return content_type_of(std::string_view{text_}.substr(text_.find('.') + 1)); }

}  // namespace ae::objects
