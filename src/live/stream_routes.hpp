// The routes of streams.
#pragma once

#include "channels/wire.hpp"
#include "live/stream_service.hpp"
#include "net/api/routes.hpp"

namespace ae::live {

/// Adds everything under `/api/streams`, and the four aliases under `/api/stream`. What is handed in outlives the routes.
void add_stream_routes(api::Routes& routes, StreamService& streams, const api::Cursors& cursors);

/// Public streams of a status, newest first: for the route, and for the page that begins with its answer. `cursors` outlives the task.
io::Task<Result<api::Page<channels::wire::Stream>>> list_streams(StreamService& streams, const api::Cursors& cursors, StreamStatus status,
                                                                 std::optional<std::string> cursor, std::int64_t limit, std::string channel = {},
                                                                 Actor actor = {});

}  // namespace ae::live
