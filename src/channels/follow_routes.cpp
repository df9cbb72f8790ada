#include "channels/route_specs.hpp"

namespace ae::channels {

namespace {

struct Following {
    bool isFollowing = false;
    std::int64_t followerCount = 0;
};
BOOST_DESCRIBE_STRUCT(Following, (), (isFollowing, followerCount))

struct ChannelFollower {
    wire::Person user;
    WallTime followedAt;
};
BOOST_DESCRIBE_STRUCT(ChannelFollower, (), (user, followedAt))

constexpr std::string_view kCursorList = "channel-followers";

io::Task<Result<Following>> set_following(NeedsPtr needs, std::string slug, Actor actor, bool wanted) {
    auto& channels = needs->channels;
    auto work = wanted ? channels.follow(std::move(slug), std::move(actor)) : channels.unfollow(std::move(slug), std::move(actor));
    const auto state = co_await std::move(work);
    if (!state) co_return state.error();
    co_return Following{state->is_following, state->follower_count};
}

io::Task<Result<api::Page<ChannelFollower>>> followers(NeedsPtr needs, std::string slug, Actor actor, PageQuery query) {
    auto after = position_of(needs->cursors, kCursorList, query.cursor);
    if (!after) co_return after.error();
    const auto found = co_await needs->channels.followers(std::move(slug), std::move(actor), std::move(*after), query.limit.value_or(kUsualLimit));
    if (!found) co_return found.error();
    api::Page<ChannelFollower> page;
    for (const auto& follower : found->followers) page.items.push_back({wire::person_of(follower.person), follower.since});
    if (!found->next.empty()) page.next = needs->cursors.seal(kCursorList, found->next);
    co_return page;
}

}  // namespace

void add_follow_routes(api::Routes& routes, NeedsPtr needs) {
    using enum http::Method;
    routes.add(deed(post, "/api/channels/{slug}/follow", "channels.follow", "Follows a channel; once is as good as twice.", {kNoChannel}),
               [needs](api::Input<ChannelPath> in) { return set_following(needs, std::move(in.path.slug), actor_of(in.caller), true); });
    routes.add(deed(del, "/api/channels/{slug}/follow", "channels.unfollow", "Follows a channel no more.", {kNoChannel}),
               [needs](api::Input<ChannelPath> in) { return set_following(needs, std::move(in.path.slug), actor_of(in.caller), false); });
    routes.add(owners_read("/api/channels/{slug}/followers", "channels.followers", "Who follows your channel, newest first.",
                           {kNoChannel, kNotYours, {400, "cursor_invalid", "the cursor is not one of this list's."}}),
               [needs](api::Input<ChannelPath, PageQuery> in) {
                   return followers(needs, std::move(in.path.slug), actor_of(in.caller), std::move(in.query));
               });
}

}  // namespace ae::channels
