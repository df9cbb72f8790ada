#include "channels/channel_rules.hpp"

#include <algorithm>
#include <array>

#include "base/json_text.hpp"

namespace ae::channels {

namespace {

constexpr std::size_t kSlugLeast = 3, kSlugMost = 25, kNameMost = 60;

// The first words of the site's own addresses, and those by which somebody could pretend to be the site.
constexpr std::array kReserved = std::to_array<std::string_view>({
    "about",         "account",  "admin",    "aethex",  "analytics", "api",         "assets",     "auth",      "browse",    "categories", "category",
    "channel",       "channels", "chat",     "clip",    "clips",     "community",   "courses",    "dashboard", "discover",  "docs",       "download",
    "edit",          "embed",    "explore",  "favicon", "feed",      "following",   "healthz",    "help",      "home",      "index",      "info",
    "ingest",        "legal",    "live",     "login",   "logout",    "media",       "messages",   "metrics",   "moderator", "music",      "new",
    "notifications", "null",     "official", "privacy", "profile",   "readyz",      "register",   "robots",    "root",      "rss",        "search",
    "security",      "settings", "setup",    "sign-in", "sign-up",   "signin",      "signup",     "sitemap",   "static",    "status",     "stream",
    "streams",       "studio",   "support",  "system",  "terms",     "tournaments", "undefined",  "upload",    "user",      "users",      "video",
    "videos",        "vod",      "vods",     "wallet",  "watch",     "webhooks",    "well-known", "whip",      "whep",      "www",
});

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// C0, DEL and C1: they move a terminal's cursor and have no look of their own.
bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    return first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0);
}

/// The number of characters; nullopt for what is no text to show.
std::optional<std::size_t> characters(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0 || is_control(text.substr(0, length))) return std::nullopt;
        text.remove_prefix(length);
        ++count;
    }
    return count;
}

}  // namespace

Result<void> check_slug(std::string_view slug) {
    const bool allowed = std::ranges::all_of(slug, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
    if (slug.size() < kSlugLeast || slug.size() > kSlugMost || !allowed || !is_letter_or_digit(slug.front())) {
        return Error{Errc::invalid, "slug_invalid",
                     "A slug has 3 to 25 characters: lower-case letters, digits, - and _, and begins with a letter or digit."};
    }
    if (std::ranges::find(kReserved, slug) != kReserved.end())
        return Error{Errc::invalid, "slug_reserved", "This word belongs to the site; choose another."};
    return {};
}

Result<void> check_name(std::string_view name) {
    const auto count = characters(name);
    if (!count || *count == 0 || *count > kNameMost || name.front() == ' ' || name.back() == ' ') {
        return Error{Errc::invalid, "name_invalid", "A name has 1 to 60 characters, no control characters, and no blank at its ends."};
    }
    return {};
}

}  // namespace ae::channels
