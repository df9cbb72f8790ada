#include "channels/channel_routes.hpp"

namespace ae::channels {

namespace {

struct ChannelPath {
    std::string slug;
    static void rules(api::Rules& rules) { rules.field("slug").says("A channel's slug or id."); }
};
BOOST_DESCRIBE_STRUCT(ChannelPath, (), (slug))

struct ListQuery {
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (cursor, limit))

constexpr std::string_view kCursorList = "channels";
constexpr std::int32_t kUsualLimit = 20;

// What a route is given outlives it.
io::Task<Result<api::Page<wire::Channel>>> list(ChannelService& channels, StreamLookup& streams, const api::Cursors& cursors, ListQuery query) {
    std::string after;
    if (query.cursor) {
        auto opened = cursors.open(kCursorList, *query.cursor);
        if (!opened) co_return opened.error();
        after = std::move(*opened);
    }
    const auto found = co_await channels.list(after, query.limit.value_or(kUsualLimit), false);
    api::Page<wire::Channel> page;
    for (const auto& channel : found.channels) page.items.push_back(wire::channel_of(channel, co_await streams.current_stream(channel.id)));
    if (!found.next.empty()) page.next = cursors.seal(kCursorList, found.next);
    co_return page;
}

}  // namespace

io::Task<Result<wire::Channel>> show_channel(ChannelService& channels, StreamLookup& streams, std::string id_or_slug) {
    const auto channel = co_await channels.find(std::move(id_or_slug));
    if (!channel) co_return channel.error();
    // Whether a private channel exists is nobody's business.
    if (!channel->is_public) co_return Error{Errc::not_found, "channel_not_found", "There is no channel of that name."};
    co_return wire::channel_of(*channel, co_await streams.current_stream(channel->id));
}

void add_channel_routes(api::Routes& routes, ChannelService& channels, StreamLookup& streams, const api::Cursors& cursors) {
    routes.add(api::public_read("/api/channels", "channels.list", "Channels, newest first.",
                                {{400, "cursor_invalid", "the cursor is not one of this list's."}}),
               [&](api::Input<api::None, ListQuery> in) { return list(channels, streams, cursors, std::move(in.query)); });
    routes.add(api::public_read("/api/channels/{slug}", "channels.get", "A channel, with its stream when it is on air.",
                                {{404, "channel_not_found", "there is no public channel of that name."}}),
               [&](api::Input<ChannelPath> in) { return show_channel(channels, streams, std::move(in.path.slug)); });
}

}  // namespace ae::channels
