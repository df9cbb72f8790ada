// The routes of channels: what is shown, what its owner changes, followers, stream keys, the audit log.
#pragma once

#include <functional>

#include "channels/channel_service.hpp"
#include "channels/stream_key_service.hpp"
#include "channels/stream_view.hpp"
#include "channels/wire.hpp"
#include "net/api/routes.hpp"

namespace ae::channels {

/// What the routes stand on; all of it outlives them.
struct ChannelRoutesNeeds {
    ChannelService& channels;
    StreamKeyService& keys;
    StreamLookup& streams;
    StreamControl& control;
    const api::Cursors& cursors;
    /// `rtmp://host:port/live`, for a client that calls this server by `origin`.
    std::function<std::string(const std::string& origin)> ingest_url;
};

/// Adds every route under `/api/channels`, and `GET /api/categories`.
void add_channel_routes(api::Routes& routes, ChannelRoutesNeeds needs);

/// Who asks, in this room's words.
Actor actor_of(const api::Caller& caller);

/// A channel with what is on air, by id or slug, as the actor sees it: for the route, and for the page that begins with its answer. Refuses
/// `channel_not_found`.
io::Task<Result<wire::Channel>> show_channel(ChannelService& channels, StreamLookup& streams, std::string id_or_slug, Actor actor = {});

}  // namespace ae::channels
