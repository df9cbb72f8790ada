#include "channels/channel_routes.hpp"

#include "channels/route_specs.hpp"

namespace ae::channels {

namespace {

struct ListQuery {
    std::optional<std::string> q;
    std::optional<std::string> category;
    std::optional<bool> followed;
    std::optional<bool> mine;
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("q").length(1, 60).says("A piece of the name or the slug.");
        rules.field("category").says("A category's slug.");
        rules.field("followed").says("Only those that you follow; none for strangers.");
        rules.field("mine").says("Only your own, private ones too; none for strangers.");
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (q, category, followed, mine, cursor, limit))

struct NewChannel {
    std::string name;
    std::string slug;
    std::optional<std::string> description;
    std::optional<std::string> category;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> language;
    std::optional<bool> isPublic;
    std::optional<social::SocialLinksBody> socialLinks;
    std::optional<wire::StartsWith> startsWith;
};
BOOST_DESCRIBE_STRUCT(NewChannel, (), (name, slug, description, category, tags, language, isPublic, socialLinks, startsWith))

/// What is left out stays; `socialLinks` replaces all of them.
struct ChannelChanges {
    std::optional<std::string> name;
    std::optional<std::string> slug;
    std::optional<std::string> description;
    std::optional<std::string> category;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> language;
    std::optional<bool> isPublic;
    std::optional<social::SocialLinksBody> socialLinks;
    std::optional<wire::StartsWith> startsWith;
};
BOOST_DESCRIBE_STRUCT(ChannelChanges, (), (name, slug, description, category, tags, language, isPublic, socialLinks, startsWith))

struct CategoryItem {
    std::string slug;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CategoryItem, (), (slug, name))

struct CategoryList {
    std::vector<CategoryItem> items;
};
BOOST_DESCRIBE_STRUCT(CategoryList, (), (items))

constexpr std::string_view kCursorList = "channels";
constexpr std::uint64_t kBodyBytes = 32 * 1024;

const std::vector<api::Refusal>& fault_refusals() {
    static const std::vector<api::Refusal> all{{400, "name_invalid", "a name has 1 to 60 characters."},
                                               {400, "slug_invalid", "a slug has 3 to 25 of a-z, 0-9, - and _."},
                                               {400, "slug_reserved", "the word belongs to the site."},
                                               {409, "slug_taken", "somebody else has this slug."},
                                               {400, "description_invalid", "it is longer than 2,000 characters."},
                                               {400, "tags_invalid", "more than ten, one too long, or one twice."},
                                               {400, "language_invalid", "it is no language tag."},
                                               {400, "category_unknown", "`GET /api/categories` does not list it."},
                                               {400, "social_link_invalid", "a link is not https or not on its platform."}};
    return all;
}

std::vector<api::Refusal> with_faults(std::vector<api::Refusal> refusals) {
    refusals.insert(refusals.end(), fault_refusals().begin(), fault_refusals().end());
    return refusals;
}

ChannelDraft draft_of(NewChannel body) {
    ChannelDraft draft{.name = std::move(body.name), .slug = std::move(body.slug)};
    if (body.description) draft.description = std::move(*body.description);
    if (body.category) draft.category = std::move(*body.category);
    if (body.tags) draft.tags = std::move(*body.tags);
    if (body.language) draft.language = std::move(*body.language);
    if (body.isPublic) draft.is_public = *body.isPublic;
    if (body.socialLinks) draft.links = std::move(*body.socialLinks);
    if (body.startsWith) draft.starts_with = wire::starts_with_of(*body.startsWith);
    return draft;
}

ChannelChange change_of(ChannelChanges body) {
    ChannelChange change{.name = std::move(body.name),
                         .slug = std::move(body.slug),
                         .description = std::move(body.description),
                         .category = std::move(body.category),
                         .tags = std::move(body.tags),
                         .language = std::move(body.language),
                         .is_public = body.isPublic};
    if (body.socialLinks) change.links = std::move(*body.socialLinks);
    if (body.startsWith) change.starts_with = wire::starts_with_of(*body.startsWith);
    return change;
}

io::Task<Result<api::Page<wire::Channel>>> list(NeedsPtr needs, ListQuery query, UserId account) {
    auto after = position_of(needs->cursors, kCursorList, query.cursor);
    if (!after) co_return after.error();
    ChannelFilter filter{.account = std::move(account),
                         .search = query.q.value_or(""),
                         .category = query.category.value_or(""),
                         .followed = query.followed.value_or(false),
                         .mine = query.mine.value_or(false),
                         .with_private = query.mine.value_or(false)};
    const auto found = co_await needs->channels.list(std::move(filter), std::move(*after), query.limit.value_or(kUsualLimit));
    std::vector<ChannelId> ids;
    for (const auto& seen : found.channels) ids.push_back(seen.channel.id);
    const auto streams = co_await needs->streams.current_streams(std::move(ids));
    api::Page<wire::Channel> page;
    for (const auto& seen : found.channels) {
        const auto stream = streams.find(seen.channel.id);
        page.items.push_back(wire::channel_of(seen, stream == streams.end() ? std::nullopt : std::optional{stream->second}));
    }
    if (!found.next.empty()) page.next = needs->cursors.seal(kCursorList, found.next);
    co_return page;
}

io::Task<Result<CategoryList>> categories(NeedsPtr needs) {
    CategoryList all;
    for (auto& category : co_await needs->channels.categories()) all.items.push_back({std::move(category.slug), std::move(category.name)});
    co_return all;
}

io::Task<Result<api::Created<wire::Channel>>> create(NeedsPtr needs, NewChannel body, Actor actor) {
    const auto made = co_await needs->channels.create(draft_of(std::move(body)), actor);
    if (!made) co_return made.error();
    auto shown = co_await show_channel(needs->channels, needs->streams, made->channel.id.str(), std::move(actor));
    if (!shown) co_return shown.error();
    const std::string location = "/api/channels/" + shown->slug;
    co_return api::Created<wire::Channel>{std::move(*shown), location};
}

io::Task<Result<wire::Channel>> change(NeedsPtr needs, std::string slug, ChannelChanges body, Actor actor) {
    const auto changed = co_await needs->channels.change(std::move(slug), change_of(std::move(body)), actor);
    if (!changed) co_return changed.error();
    if (changed->before.is_public != changed->after.is_public) {
        co_await needs->control.audience_changed(changed->after.id, changed->after.is_public);
    }
    co_return co_await show_channel(needs->channels, needs->streams, changed->after.id.str(), std::move(actor));
}

io::Task<Result<void>> remove(NeedsPtr needs, std::string slug, Actor actor) {
    const auto gone = co_await needs->channels.delete_channel(std::move(slug), std::move(actor));
    if (!gone) co_return gone.error();
    co_await needs->control.channel_gone(gone->id);
    co_return Result<void>{};
}

}  // namespace

Actor actor_of(const api::Caller& caller) { return {UserId{caller.account}, caller.role == api::Role::admin, caller.address}; }

// What a route is given outlives it.
io::Task<Result<wire::Channel>> show_channel(ChannelService& channels, StreamLookup& streams, std::string id_or_slug, Actor actor) {
    const auto seen = co_await channels.see(std::move(id_or_slug), actor);
    if (!seen) co_return seen.error();
    co_return wire::channel_of(*seen, co_await streams.current_stream(seen->channel.id, seen->is_owner || actor.admin));
}

void add_channel_routes(api::Routes& routes, ChannelRoutesNeeds given) {
    const NeedsPtr needs = std::make_shared<const ChannelRoutesNeeds>(std::move(given));
    using enum http::Method;

    routes.add(api::public_read("/api/categories", "categories.list", "What a channel or a stream can be about.", {}),
               [needs](api::Input<>) { return categories(needs); });
    routes.add(api::public_read("/api/channels", "channels.list", "Channels, newest first.",
                                {{400, "cursor_invalid", "the cursor is not one of this list's."}}),
               [needs](api::Input<api::None, ListQuery> in) { return list(needs, std::move(in.query), UserId{in.caller.account}); });
    routes.add(deed(post, "/api/channels", "channels.create", "Makes a channel of your own.",
                    with_faults({{409, "too_many_channels", "you have as many as an account may have."}}), kBodyBytes),
               [needs](api::Input<api::None, api::None, NewChannel> in) { return create(needs, std::move(in.body), actor_of(in.caller)); });
    routes.add(
        api::public_read("/api/channels/{slug}", "channels.get", "A channel, with its stream when it is on air.", {kNoChannel}),
        [needs](api::Input<ChannelPath> in) { return show_channel(needs->channels, needs->streams, std::move(in.path.slug), actor_of(in.caller)); });
    routes.add(deed(put, "/api/channels/{slug}", "channels.change", "Changes your channel; what is left out stays.",
                    with_faults({kNoChannel, kNotYours}), kBodyBytes),
               [needs](api::Input<ChannelPath, api::None, ChannelChanges> in) {
                   return change(needs, std::move(in.path.slug), std::move(in.body), actor_of(in.caller));
               });
    routes.add(deed(del, "/api/channels/{slug}", "channels.delete", "Deletes your channel; a running broadcast of it ends.", {kNoChannel, kNotYours}),
               [needs](api::Input<ChannelPath> in) { return remove(needs, std::move(in.path.slug), actor_of(in.caller)); });
    add_follow_routes(routes, needs);
    add_stream_key_routes(routes, needs);
}

}  // namespace ae::channels
