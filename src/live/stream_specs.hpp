// What the routes of streams have in common.
#pragma once

#include "channels/wire.hpp"
#include "live/stream_service.hpp"
#include "net/api/routes.hpp"

namespace ae::live {

struct StreamPath {
    StreamId id;
};
BOOST_DESCRIBE_STRUCT(StreamPath, (), (id))

/// A route and its alias answer the same and have names of their own.
struct Names {
    std::string_view get = {};
    std::string_view play = {};
};

inline constexpr api::Refusal kNoStream{404, "stream_not_found", "there is no such stream that you may see."};
inline constexpr api::Refusal kNotYours{403, "not_yours", "the channel belongs to somebody else."};

/// A deed of somebody who is signed in.
api::RouteSpec deed(http::Method method, std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals,
                    std::uint64_t body_bytes = 0);

StreamStatus status_in(channels::wire::Status status);
channels::wire::Stream shown(const SeenStream& seen);

/// What changes streams.
void add_stream_deeds(api::Routes& routes, StreamService& streams);

}  // namespace ae::live
