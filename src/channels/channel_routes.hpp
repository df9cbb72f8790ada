// The routes of channels.
#pragma once

#include "channels/channel_service.hpp"
#include "channels/stream_view.hpp"
#include "channels/wire.hpp"
#include "net/api/routes.hpp"

namespace ae::channels {

/// Adds `GET /api/channels` and `GET /api/channels/{slug}`. What is handed in outlives the routes.
void add_channel_routes(api::Routes& routes, ChannelService& channels, StreamLookup& streams, const api::Cursors& cursors);

/// A public channel with what is on air, by id or slug: for the route, and for the page that begins with its answer. Refuses `channel_not_found`.
io::Task<Result<wire::Channel>> show_channel(ChannelService& channels, StreamLookup& streams, std::string id_or_slug);

}  // namespace ae::channels
