#include "social/links.hpp"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/json_text.hpp"
#include "net/api/json_document.hpp"
#include "net/api/json_read.hpp"

namespace ae::social {

namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::size_t kMostBytes = 200, kMostHost = 100;

/// The hosts of a platform; none: any host.
std::span<const std::string_view> hosts_of(std::string_view platform) {
    static constexpr std::array<std::string_view, 4> youtube{"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"};
    static constexpr std::array<std::string_view, 3> twitch{"twitch.tv", "www.twitch.tv", "m.twitch.tv"};
    static constexpr std::array<std::string_view, 5> twitter{"x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"};
    static constexpr std::array<std::string_view, 2> instagram{"instagram.com", "www.instagram.com"};
    static constexpr std::array<std::string_view, 2> tiktok{"tiktok.com", "www.tiktok.com"};
    static constexpr std::array<std::string_view, 3> discord{"discord.gg", "discord.com", "www.discord.com"};
    static constexpr std::array<std::string_view, 3> facebook{"facebook.com", "www.facebook.com", "m.facebook.com"};
    static constexpr std::array<std::string_view, 2> github{"github.com", "www.github.com"};
    static constexpr std::array<std::string_view, 1> bluesky{"bsky.app"};
    if (platform == "youtube") return youtube;
    if (platform == "twitch") return twitch;
    if (platform == "twitter") return twitter;
    if (platform == "instagram") return instagram;
    if (platform == "tiktok") return tiktok;
    if (platform == "discord") return discord;
    if (platform == "facebook") return facebook;
    if (platform == "github") return github;
    if (platform == "bluesky") return bluesky;
    return {};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_label(std::string_view label) {
    const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' && std::ranges::all_of(label, allowed);
}

/// A name with a dot whose last label has a letter first: no address of numbers, no machine of a local network.
bool is_host(std::string_view host) {
    if (host.size() > kMostHost || host.find('.') == std::string_view::npos) return false;
    if (!is_letter(host[host.rfind('.') + 1 < host.size() ? host.rfind('.') + 1 : 0]) || host.back() == '.') return false;
    for (std::size_t at = 0; at <= host.size();) {
        const auto end = std::min(host.find('.', at), host.size());
        if (!is_label(host.substr(at, end - at))) return false;
        at = end + 1;
    }
    return true;
}

/// What RFC 3986 lets a path, a query and a fragment hold, without the marks that end an attribute or a tag.
bool is_rest(std::string_view rest) {
    constexpr std::string_view kMarks = "/?#@:;,.-_~!$&()*+=%";
    return std::ranges::all_of(rest, [&](char c) { return is_letter(lower(c)) || is_digit(c) || kMarks.find(c) != std::string_view::npos; });
}

Error refused(std::string_view platform) {
    return {Errc::invalid, "social_link_invalid",
            platform == "website" ? "The website has to be an address that begins with https:// and names a public host."
                                  : fmt::format("The link for {} has to be an address of that platform that begins with https://.", platform)};
}

Result<std::string> check(std::string_view platform, std::string_view address) {
    if (address.size() > kMostBytes || address.size() <= kScheme.size()) return refused(platform);
    std::string head{address.substr(0, kScheme.size())};
    std::ranges::transform(head, head.begin(), lower);
    if (head != kScheme) return refused(platform);

    const auto behind = address.substr(kScheme.size());
    const auto host_end = std::min(behind.find_first_of("/?#"), behind.size());
    std::string host{behind.substr(0, host_end)};
    std::ranges::transform(host, host.begin(), lower);
    const auto rest = behind.substr(host_end);
    if (!is_host(host) || !is_rest(rest)) return refused(platform);

    const auto hosts = hosts_of(platform);
    if (!hosts.empty() && std::ranges::find(hosts, host) == hosts.end()) return refused(platform);
    // A platform's front page says nothing about anybody.
    if (platform != "website" && (rest.size() < 2 || rest.front() != '/')) return refused(platform);
    if (platform == "mastodon" && !rest.starts_with("/@")) return refused(platform);
    return std::string{kScheme} + host + std::string{rest};
}

}  // namespace

Result<SocialLinks> check_links(SocialLinks links) {
    std::optional<Error> wrong;
    api::each_member<SocialLinks>([&](std::string_view platform, auto member) {
        auto& link = links.*member;
        if (link && link->empty()) link.reset();
        if (!link || wrong) return;
        auto kept = check(platform, *link);
        if (kept) *link = std::move(*kept);
        else wrong = kept.error();
    });
    if (wrong) return *wrong;
    return links;
}

std::string json_of(const SocialLinks& links) {
    std::string out = "{";
    api::each_member<SocialLinks>([&](std::string_view platform, auto member) {
        if (!(links.*member)) return;
        if (out.size() > 1) out += ",";
        append_json_text(out, platform);
        out += ":";
        append_json_text(out, *(links.*member));
    });
    return out + "}";
}

SocialLinks links_of(std::string_view json) {
    SocialLinks links;
    const auto parsed = api::parse_json(json);
    if (!parsed) return links;
    api::Problems problems;
    api::read_json(*parsed, "", links, problems);
    return problems.empty() ? links : SocialLinks{};
}

}  // namespace ae::social
