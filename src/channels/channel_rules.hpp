// What a channel may be called.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "channels/channel.hpp"

namespace ae::channels {

/// 1 to 60 characters of valid UTF-8 without control characters, not blank at the ends. Refuses `name_invalid`.
Result<void> check_name(std::string_view name);

/// At most 2 000 characters, with line ends and without other control characters. Refuses `description_invalid`.
Result<void> check_description(std::string_view description);

/// At most ten, each 1 to 25 characters without blanks, commas and control characters, and none twice. Refuses `tags_invalid`.
Result<void> check_tags(std::span<const std::string> tags);

/// A language tag (BCP 47: `de`, `pt-BR`), or nothing. Refuses `language_invalid`.
Result<void> check_language(std::string_view language);

/// All of these, and the rules of slugs (`names::check_slug`).
Result<void> check(const ChannelDraft& draft);

}  // namespace ae::channels
