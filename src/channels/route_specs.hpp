// What the routes of this room have in common.
#pragma once

#include <memory>

#include "channels/channel_routes.hpp"

namespace ae::channels {

using NeedsPtr = std::shared_ptr<const ChannelRoutesNeeds>;

/// The one path parameter of channels.
struct ChannelPath {
    std::string slug;
    static void rules(api::Rules& rules) { rules.field("slug").says("A channel's slug or id."); }
};
BOOST_DESCRIBE_STRUCT(ChannelPath, (), (slug))

struct PageQuery {
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (cursor, limit))

inline constexpr std::int32_t kUsualLimit = 20;
inline constexpr api::Refusal kNoChannel{404, "channel_not_found", "there is no channel of that name that you may see."};
inline constexpr api::Refusal kNotYours{403, "not_yours", "the channel belongs to somebody else."};

/// A deed of somebody who is signed in.
api::RouteSpec deed(http::Method method, std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals,
                    std::uint64_t body_bytes = 0);
/// What is read by its owner alone.
api::RouteSpec owners_read(std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals);

/// Where a list goes on. Refuses `cursor_invalid`.
Result<std::string> position_of(const api::Cursors& cursors, std::string_view list, const std::optional<std::string>& cursor);

void add_follow_routes(api::Routes& routes, NeedsPtr needs);
void add_stream_key_routes(api::Routes& routes, NeedsPtr needs);

}  // namespace ae::channels
