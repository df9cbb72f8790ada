#include "names/name_rules.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/id.hpp"

namespace ae::names {

namespace {

constexpr std::size_t kUsernameLeast = 2, kUsernameMost = 32, kSlugLeast = 3, kSlugMost = 25;
/// What suggestions are made of leaves room for what is put behind it.
constexpr std::size_t kStemMost = 18;

// Sorted by the alphabet.
constexpr std::array kReserved = std::to_array<std::string_view>({
    "about",
    "account",
    "accounts",
    "admin",
    "administrator",
    "aethex",
    "analytics",
    "api",
    "app",
    "assets",
    "auth",
    "browse",
    "categories",
    "category",
    "channel",
    "channels",
    "chat",
    "clip",
    "clips",
    "community",
    "config",
    "courses",
    "dashboard",
    "demo",
    "discover",
    "docs",
    "download",
    "edit",
    "embed",
    "everyone",
    "explore",
    "favicon",
    "favicon.ico",
    "feed",
    "following",
    "healthz",
    "help",
    "here",
    "hls",
    "home",
    "index",
    "index.html",
    "info",
    "ingest",
    "legal",
    "live",
    "livez",
    "login",
    "logout",
    "mail",
    "manifest.webmanifest",
    "me",
    "media",
    "messages",
    "metrics",
    "mod",
    "moderator",
    "music",
    "new",
    "null",
    "notifications",
    "oauth",
    "oembed",
    "official",
    "play",
    "postmaster",
    "privacy",
    "problems",
    "profile",
    "readyz",
    "register",
    "reset",
    "robots",
    "robots.txt",
    "root",
    "rss",
    "s",
    "search",
    "security",
    "security.txt",
    "settings",
    "setup",
    "sign-in",
    "sign-up",
    "signin",
    "signup",
    "sitemap",
    "sitemap.xml",
    "staff",
    "static",
    "status",
    "stream",
    "streams",
    "studio",
    "support",
    "sw.js",
    "system",
    "team",
    "terms",
    "tournaments",
    "undefined",
    "upload",
    "uploads",
    "user",
    "users",
    "v1",
    "verify",
    "video",
    "videos",
    "vod",
    "vods",
    "wallet",
    "watch",
    "webhook",
    "webhooks",
    "webmaster",
    "well-known",
    "whep",
    "whip",
    "www",
});

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// The wanted name with what the rules do not know left out, in lower case.
std::string stem_of(std::string_view wanted) {
    std::string stem;
    for (char c : wanted) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (is_letter_or_digit(c) || (c == '_' && !stem.empty())) stem.push_back(c);
        if (stem.size() == kStemMost) break;
    }
    while (stem.ends_with('_')) stem.pop_back();
    return stem.empty() ? "streamer" : stem;
}

}  // namespace

bool reserved(std::string_view name) { return std::ranges::find(kReserved, name) != kReserved.end(); }

Result<void> check_username(std::string_view name) {
    const bool allowed = std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '_' || c == '.'; });
    // A path parameter takes an id or a name, so that no name may look like an id.
    if (name.size() < kUsernameLeast || name.size() > kUsernameMost || !allowed || name.find("..") != std::string_view::npos || looks_like_id(name)) {
        return Error{Errc::invalid, "username_invalid",
                     "A username has 2 to 32 characters: lower-case letters, digits, _ and ., without two dots in a row."};
    }
    if (reserved(name)) return Error{Errc::invalid, "username_reserved", "This word belongs to the site; choose another."};
    return {};
}

Result<void> check_slug(std::string_view name) {
    const bool allowed = std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
    if (name.size() < kSlugLeast || name.size() > kSlugMost || !allowed || !is_letter_or_digit(name.front())) {
        return Error{Errc::invalid, "slug_invalid",
                     "A slug has 3 to 25 characters: lower-case letters, digits, - and _, and begins with a letter or digit."};
    }
    if (reserved(name)) return Error{Errc::invalid, "slug_reserved", "This word belongs to the site; choose another."};
    return {};
}

std::vector<std::string> names_like(Kind kind, std::string_view wanted) {
    const auto stem = stem_of(wanted);
    std::vector<std::string> all{stem, stem + "_live", stem + "_tv", "the_" + stem, "real_" + stem};
    for (int i = 2; i < 100; ++i) all.push_back(fmt::format("{}{}", stem, i));
    std::erase_if(all, [&](const std::string& one) { return one == wanted || !(kind == Kind::user ? check_username(one) : check_slug(one)); });
    return all;
}

}  // namespace ae::names
