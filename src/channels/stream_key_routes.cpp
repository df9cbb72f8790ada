#include "channels/route_specs.hpp"

namespace ae::channels {

namespace {

struct KeyPath {
    std::string slug;
    StreamKeyId id;
    static void rules(api::Rules& rules) {
        rules.field("slug").says("A channel's slug or id.");
        rules.field("id").says("A stream key's id.");
    }
};
BOOST_DESCRIBE_STRUCT(KeyPath, (), (slug, id))

struct NewStreamKey {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NewStreamKey, (), (name))

/// With the key itself: for its owner's eyes, after a recent login.
struct StreamKeyShown {
    StreamKeyId id;
    std::string key;
    std::string name;
    std::string ingestUrl;
    WallTime createdAt;
    std::optional<WallTime> lastUsedAt;
    std::optional<std::string> lastUsedAddress;
};
BOOST_DESCRIBE_STRUCT(StreamKeyShown, (), (id, key, name, ingestUrl, createdAt, lastUsedAt, lastUsedAddress))

struct StreamKeyItem {
    StreamKeyId id;
    std::string name;
    std::string lastFour;
    WallTime createdAt;
    std::optional<WallTime> lastUsedAt;
    std::optional<std::string> lastUsedAddress;
};
BOOST_DESCRIBE_STRUCT(StreamKeyItem, (), (id, name, lastFour, createdAt, lastUsedAt, lastUsedAddress))

struct StreamKeyList {
    std::vector<StreamKeyItem> items;
};
BOOST_DESCRIBE_STRUCT(StreamKeyList, (), (items))

struct ChannelAuditItem {
    AuditId id;
    std::string action;
    std::string subject;
    std::optional<UserId> actorId;
    std::string address;
    WallTime createdAt;
};
BOOST_DESCRIBE_STRUCT(ChannelAuditItem, (), (id, action, subject, actorId, address, createdAt))

constexpr std::string_view kCursorList = "channel-audit";
constexpr std::uint64_t kBodyBytes = 4 * 1024;
constexpr std::string_view kRotated = "The stream key was changed. Paste the new one into your encoder.";
constexpr std::string_view kDeleted = "The stream key was deleted.";
constexpr api::Refusal kNoKey{404, "stream_key_not_found", "the channel has no such key."};

/// A key is shown to whom just proved who they are.
api::RouteSpec recently(api::RouteSpec spec) {
    spec.who = spec.who.recently();
    return spec;
}

StreamKeyShown shown_of(const ShownKey& key, std::string ingest_url) {
    // The owner asked for it, and proved recently who they are.
    return {key.kept.id,           key.shown.reveal(),        key.kept.name, std::move(ingest_url), key.kept.created_at,
            key.kept.last_used_at, key.kept.last_used_address};
}

io::Task<Result<StreamKeyShown>> show(NeedsPtr needs, std::string slug, api::Caller caller) {
    const auto key = co_await needs->keys.show(std::move(slug), actor_of(caller));
    if (!key) co_return key.error();
    co_return shown_of(*key, needs->ingest_url(caller.origin));
}

io::Task<Result<StreamKeyList>> list(NeedsPtr needs, std::string slug, Actor actor) {
    const auto keys = co_await needs->keys.list(std::move(slug), std::move(actor));
    if (!keys) co_return keys.error();
    StreamKeyList all;
    for (const auto& key : *keys) all.items.push_back({key.id, key.name, key.last_four, key.created_at, key.last_used_at, key.last_used_address});
    co_return all;
}

io::Task<Result<api::Created<StreamKeyShown>>> add(NeedsPtr needs, std::string slug, std::string name, api::Caller caller) {
    const std::string location = "/api/channels/" + slug + "/stream-keys";
    const auto key = co_await needs->keys.add(std::move(slug), std::move(name), actor_of(caller));
    if (!key) co_return key.error();
    co_return api::Created<StreamKeyShown>{shown_of(*key, needs->ingest_url(caller.origin)), location};
}

io::Task<Result<StreamKeyShown>> rotate(NeedsPtr needs, KeyPath path, api::Caller caller) {
    const auto rotated = co_await needs->keys.rotate(std::move(path.slug), std::move(path.id), actor_of(caller));
    if (!rotated) co_return rotated.error();
    for (const auto& key : rotated->revoked) {
        std::string reason{kRotated};
        co_await needs->control.cut_key(rotated->channel.id, key, std::move(reason));
    }
    co_return shown_of(rotated->fresh, needs->ingest_url(caller.origin));
}

io::Task<Result<void>> remove(NeedsPtr needs, KeyPath path, Actor actor) {
    const auto removed = co_await needs->keys.remove(std::move(path.slug), std::move(path.id), std::move(actor));
    if (!removed) co_return removed.error();
    std::string reason{kDeleted};
    co_await needs->control.cut_key(removed->channel.id, removed->key, std::move(reason));
    co_return Result<void>{};
}

io::Task<Result<api::Page<ChannelAuditItem>>> audit(NeedsPtr needs, std::string slug, Actor actor, PageQuery query) {
    auto after = position_of(needs->cursors, kCursorList, query.cursor);
    if (!after) co_return after.error();
    const auto found = co_await needs->keys.audit(std::move(slug), std::move(actor), std::move(*after), query.limit.value_or(kUsualLimit));
    if (!found) co_return found.error();
    api::Page<ChannelAuditItem> page;
    for (const auto& entry : found->entries) page.items.push_back({entry.id, entry.action, entry.subject, entry.actor, entry.address, entry.at});
    if (!found->next.empty()) page.next = needs->cursors.seal(kCursorList, found->next);
    co_return page;
}

}  // namespace

void add_stream_key_routes(api::Routes& routes, NeedsPtr needs) {
    using enum http::Method;
    const api::Refusal none_left{404, "stream_key_none", "all keys were deleted; make a new one."};
    routes.add(recently(owners_read("/api/channels/{slug}/stream-key", "stream_keys.show",
                                    "What to paste into your encoder: the newest key, and the server.", {kNoChannel, kNotYours, none_left})),
               [needs](api::Input<ChannelPath> in) { return show(needs, std::move(in.path.slug), std::move(in.caller)); });
    routes.add(owners_read("/api/channels/{slug}/stream-keys", "stream_keys.list", "The channel's keys, without the keys themselves.",
                           {kNoChannel, kNotYours}),
               [needs](api::Input<ChannelPath> in) { return list(needs, std::move(in.path.slug), actor_of(in.caller)); });
    routes.add(recently(deed(post, "/api/channels/{slug}/stream-keys", "stream_keys.create", "Makes another key, for another encoder or a guest.",
                             {kNoChannel,
                              kNotYours,
                              {400, "name_invalid", "a name has 1 to 60 characters."},
                              {409, "too_many_keys", "the channel has as many as it may have."}},
                             kBodyBytes)),
               [needs](api::Input<ChannelPath, api::None, NewStreamKey> in) {
                   return add(needs, std::move(in.path.slug), std::move(in.body.name), std::move(in.caller));
               });
    routes.add(recently(deed(post, "/api/channels/{slug}/stream-keys/{id}/rotate", "stream_keys.rotate",
                             "Another key under the same name. The one before stops at once, also for an encoder that sends with it.",
                             {kNoChannel, kNotYours, kNoKey})),
               [needs](api::Input<KeyPath> in) { return rotate(needs, std::move(in.path), std::move(in.caller)); });
    routes.add(deed(del, "/api/channels/{slug}/stream-keys/{id}", "stream_keys.delete", "Deletes a key; an encoder that sends with it is cut off.",
                    {kNoChannel, kNotYours, kNoKey}),
               [needs](api::Input<KeyPath> in) { return remove(needs, std::move(in.path), actor_of(in.caller)); });
    routes.add(
        owners_read("/api/channels/{slug}/audit", "channels.audit", "What was done to your channel, by whom and from where, newest first.",
                    {kNoChannel, kNotYours, {400, "cursor_invalid", "the cursor is not one of this list's."}}),
        [needs](api::Input<ChannelPath, PageQuery> in) { return audit(needs, std::move(in.path.slug), actor_of(in.caller), std::move(in.query)); });
}

}  // namespace ae::channels
