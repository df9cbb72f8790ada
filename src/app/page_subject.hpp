// What a page about a channel says of it to machines: search engines, chat programs that show a card for a link, other people's editors.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "app/site.hpp"
#include "channels/wire.hpp"

namespace ae::app {

/// Whose site a page is part of: what addresses begin with, and what it is called.
struct SiteFace {
    std::string name;
    /// `https://live.example.org`, without a slash at its end.
    std::string origin;
};

/// `/streams/{slug}`: what is on air, with a picture and a player that can stand in a card.
PageHead head_of_stream(const channels::wire::Channel& channel, const SiteFace& site);
/// `/channel/{slug}`: who it is.
PageHead head_of_channel(const channels::wire::Channel& channel, const SiteFace& site);

/// An answer of oEmbed 1.0.
struct OEmbed {
    std::string type = "video";
    std::string version = "1.0";
    std::string title;
    std::string author_name;
    std::string author_url;
    std::string provider_name;
    std::string provider_url;
    std::optional<std::string> thumbnail_url;
    std::optional<std::int32_t> thumbnail_width;
    std::optional<std::int32_t> thumbnail_height;
    std::string html;
    std::int32_t width = 0;
    std::int32_t height = 0;
};
BOOST_DESCRIBE_STRUCT(OEmbed, (),
                      (type, version, title, author_name, author_url, provider_name, provider_url, thumbnail_url, thumbnail_width, thumbnail_height,
                       html, width, height))

/// The slug in an address of one of this site's pages (`/streams/`, `/channel/`, `/embed/`); nothing for any other address.
std::optional<std::string> slug_in(std::string_view address, std::string_view origin);

/// The player in a frame of 16:9 that fits into `most_width` by `most_height`.
OEmbed oembed_of(const channels::wire::Channel& channel, const SiteFace& site, std::int32_t most_width, std::int32_t most_height);

}  // namespace ae::app
