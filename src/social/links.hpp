// Links to a person's or a channel's other places: one a platform, each checked against the platform's own hosts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/result.hpp"

namespace ae::social {

/// Each an address that begins with `https://`; absent: none.
struct SocialLinks {
    std::optional<std::string> website = {};
    std::optional<std::string> youtube = {};
    std::optional<std::string> twitch = {};
    std::optional<std::string> twitter = {};
    std::optional<std::string> instagram = {};
    std::optional<std::string> tiktok = {};
    std::optional<std::string> discord = {};
    std::optional<std::string> facebook = {};
    std::optional<std::string> github = {};
    std::optional<std::string> bluesky = {};
    std::optional<std::string> mastodon = {};
    bool operator==(const SocialLinks&) const = default;
};
BOOST_DESCRIBE_STRUCT(SocialLinks, (), (website, youtube, twitch, twitter, instagram, tiktok, discord, facebook, github, bluesky, mastodon))

/// The same in a request's body, where what is left out is absent.
struct SocialLinksBody : SocialLinks {};
BOOST_DESCRIBE_STRUCT(SocialLinksBody, (SocialLinks), ())

/// What may be kept of them: an empty text becomes absent, and a host is written in lower case. Refuses `social_link_invalid` for what is not
/// `https`, has user information, a port or an address of numbers, is longer than 200 bytes, or is not on the platform.
Result<SocialLinks> check_links(SocialLinks links);

/// A JSON object of those that are there, for a column, and back. What is no such object reads as no links.
std::string json_of(const SocialLinks& links);
SocialLinks links_of(std::string_view json);

}  // namespace ae::social
