#include "channels/channel_rules.hpp"

#include <algorithm>

#include "base/json_text.hpp"
#include "names/name_rules.hpp"

namespace ae::channels {

namespace {

constexpr std::size_t kNameMost = 60, kDescriptionMost = 2'000, kTagsMost = 10, kTagMost = 25, kLanguageMost = 35;

// C0, DEL and C1: they move a terminal's cursor and have no look of their own.
bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    return first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0);
}

enum class Lines { one, many };

/// The number of characters; nullopt for what is no text to show.
std::optional<std::size_t> characters(std::string_view text, Lines lines = Lines::one) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto length = utf8_length(text);
        const bool line_end = lines == Lines::many && text.front() == '\n';
        if (length == 0 || (is_control(text.substr(0, length)) && !line_end)) return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

}  // namespace

Result<void> check_name(std::string_view name) {
    const auto count = characters(name);
    if (!count || *count == 0 || *count > kNameMost || name.front() == ' ' || name.back() == ' ') {
        return Error{Errc::invalid, "name_invalid", "A name has 1 to 60 characters, no control characters, and no blank at its ends."};
    }
    return {};
}

Result<void> check_description(std::string_view description) {
    const auto count = characters(description, Lines::many);
    if (!count || *count > kDescriptionMost)
        return Error{Errc::invalid, "description_invalid", "A description has at most 2,000 characters and no control characters."};
    return {};
}

Result<void> check_tags(std::span<const std::string> tags) {
    const auto is_tag = [](const std::string& tag) {
        const auto count = characters(tag);
        return count && *count > 0 && *count <= kTagMost && tag.find_first_of(" ,") == std::string::npos;
    };
    std::vector<std::string> sorted{tags.begin(), tags.end()};
    std::ranges::sort(sorted);
    if (tags.size() > kTagsMost || !std::ranges::all_of(tags, is_tag) || std::ranges::adjacent_find(sorted) != sorted.end())
        return Error{Errc::invalid, "tags_invalid", "A channel has at most ten tags, each one word of at most 25 characters, and none twice."};
    return {};
}

Result<void> check_language(std::string_view language) {
    const Error wrong{Errc::invalid, "language_invalid", "A language is a tag such as en, de or pt-BR."};
    if (language.empty()) return {};
    if (language.size() > kLanguageMost) return wrong;
    bool first = true;
    for (std::size_t at = 0; at <= language.size(); first = false) {
        const auto end = std::min(language.find('-', at), language.size());
        const auto part = language.substr(at, end - at);
        const bool letters = std::ranges::all_of(part, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
        const bool plain =
            std::ranges::all_of(part, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
        if (first ? (!letters || part.size() < 2 || part.size() > 3) : (!plain || part.empty() || part.size() > 8)) return wrong;
        at = end + 1;
    }
    return {};
}

Result<void> check(const ChannelDraft& draft) {
    if (auto named = check_name(draft.name); !named) return named;
    if (auto slugged = names::check_slug(draft.slug); !slugged) return slugged;
    if (auto described = check_description(draft.description); !described) return described;
    if (auto tagged = check_tags(draft.tags); !tagged) return tagged;
    return check_language(draft.language);
}

}  // namespace ae::channels
