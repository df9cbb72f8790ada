// The pages: the web app's files, and its one HTML document with the first data of each page.
#pragma once

#include <string>

#include "app/config.hpp"
#include "channels/channel_service.hpp"
#include "live/stream_service.hpp"
#include "net/api/routes.hpp"

namespace ae::app {

struct WebPagesNeeds {
    channels::ChannelService& channels;
    live::StreamService& streams;
    const api::Cursors& cursors;
    const SiteConfig& site;
    Random& random;
    /// The RTMP port, for the address shown to creators when none is set. Known once the listener is bound.
    std::function<std::uint16_t()> rtmp_port;
    std::string rtmp_app;
    /// What `GET /api/auth/user` answers to this account, as JSON; `null` when it is gone.
    std::function<io::Task<std::string>(std::string account)> me = {};
    /// What `GET /api/users/{id}` answers for this name, as JSON; `null` when nobody has it.
    std::function<io::Task<std::string>(std::string name, std::string account)> person = {};
};

/// Adds `GET /api/site`, `GET /api/oembed`, the web app's pages and its files, and for every other path the app's page with status 404.
void add_web_pages(api::Routes& routes, WebPagesNeeds needs);

}  // namespace ae::app
