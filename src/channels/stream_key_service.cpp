#include "channels/stream_key_service.hpp"

#include "channels/access.hpp"
#include "channels/channel_rules.hpp"
#include "channels/lookup.hpp"

namespace ae::channels {

namespace {

constexpr std::int64_t kAuditMost = 100;
constexpr std::string_view kFirstKeyName = "main";

Error unknown_key() { return {Errc::unauthorized, "stream_key_unknown", "This stream key is not valid. Copy it again from the channel's settings."}; }
Error no_such_key() { return {Errc::not_found, "stream_key_not_found", "The channel has no such key; it may have been deleted."}; }
Error no_key_left() { return {Errc::not_found, "stream_key_none", "All keys of the channel were deleted. Make a new one."}; }

Result<Channel> owned(db::Transaction& transaction, const std::string& word, const Actor& actor) {
    auto channel = resolve(transaction, word);
    if (!channel) return no_channel();
    if (auto allowed = check_owner(actor, *channel); !allowed) return allowed.error();
    return std::move(*channel);
}

void note(db::Transaction& transaction, AuditEntry entry, const ChannelId& channel, std::string subject) {
    entry.channel = channel;
    entry.subject = std::move(subject);
    store::note(transaction, entry);
}

}  // namespace

StreamKeyService::StreamKeyService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret, ChannelsConfig config)
    : db_(db), clock_(clock), random_(random), ring_(server_secret), config_(config) {}

io::Task<Result<KeyHolder>> StreamKeyService::find_by_key(Secret key) {
    auto look = [hash = ring_.lookup_hash(key)](db::Transaction& transaction) -> std::optional<KeyHolder> {
        const auto found = store::find_key(transaction, hash);
        if (!found) return std::nullopt;
        auto channel = store::find(transaction, found->channel.str());
        if (!channel) return std::nullopt;
        return KeyHolder{std::move(*channel), found->id};
    };
    auto holder = co_await db_.read(std::move(look));
    if (!holder) co_return unknown_key();
    co_return std::move(*holder);
}

io::Task<> StreamKeyService::note_used(StreamKeyId key, std::string address) {
    auto work = [key = std::move(key), from = std::move(address), now = clock_.wall()](db::Transaction& transaction) {
        store::note_key_used(transaction, key, from, now);
    };
    co_await db_.write(std::move(work));
}

io::Task<Result<ShownKey>> StreamKeyService::show(std::string id_or_slug, Actor actor) {
    auto work = [word = std::move(id_or_slug), actor,
                 entry = audit_entry(actor, {}, "key_shown", {}, clock_.wall(), random_)](db::Transaction& transaction) -> Result<StreamKey> {
        const auto channel = owned(transaction, word, actor);
        if (!channel) return channel.error();
        auto keys = store::keys_of(transaction, channel->id);
        if (keys.empty()) return no_key_left();
        note(transaction, entry, channel->id, keys.front().name);
        return std::move(keys.front());
    };
    auto key = co_await db_.write(std::move(work));
    if (!key) co_return key.error();
    auto shown = ring_.open(*key);
    co_return ShownKey{std::move(*key), std::move(shown)};
}

io::Task<Result<std::vector<StreamKey>>> StreamKeyService::list(std::string id_or_slug, Actor actor) {
    auto look = [word = std::move(id_or_slug), actor](db::Transaction& transaction) -> Result<std::vector<StreamKey>> {
        const auto channel = owned(transaction, word, actor);
        if (!channel) return channel.error();
        return store::keys_of(transaction, channel->id);
    };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<ShownKey>> StreamKeyService::add(std::string id_or_slug, std::string name, Actor actor) {
    if (auto named = check_name(name); !named) co_return named.error();
    const auto now = clock_.wall();
    // The seal is bound to the key's own id, not to the channel's: that one is known only inside.
    auto key = ring_.make({}, std::move(name), now, random_);
    auto work = [word = std::move(id_or_slug), kept = key.kept, actor, most = config_.most_keys,
                 entry = audit_entry(actor, {}, "key_created", {}, now, random_)](db::Transaction& transaction) -> Result<StreamKey> {
        const auto channel = owned(transaction, word, actor);
        if (!channel) return channel.error();
        if (std::ssize(store::keys_of(transaction, channel->id)) >= most)
            return Error{Errc::conflict, "too_many_keys", "The channel has as many keys as it may have; delete one first."};
        auto mine = kept;
        mine.channel = channel->id;
        store::insert_key(transaction, mine);
        note(transaction, entry, channel->id, mine.name);
        return mine;
    };
    auto kept = co_await db_.write(std::move(work));
    if (!kept) co_return kept.error();
    co_return ShownKey{std::move(*kept), std::move(key.shown)};
}

io::Task<Result<RotatedKey>> StreamKeyService::rotate(std::string id_or_slug, StreamKeyId key, Actor actor) {
    const auto now = clock_.wall();
    auto fresh = ring_.make({}, {}, now, random_);
    auto work = [word = std::move(id_or_slug), old = key, kept = fresh.kept, actor, now,
                 entry = audit_entry(actor, {}, "key_rotated", {}, now, random_)](db::Transaction& transaction) -> Result<RotatedKey> {
        auto channel = owned(transaction, word, actor);
        if (!channel) return channel.error();
        const auto keys = store::keys_of(transaction, channel->id);
        const auto before = std::ranges::find(keys, old, &StreamKey::id);
        if (before == keys.end()) return no_such_key();
        store::revoke_key(transaction, channel->id, old, now);
        auto mine = kept;
        mine.channel = channel->id;
        mine.name = before->name;
        store::insert_key(transaction, mine);
        note(transaction, entry, channel->id, mine.name);
        return RotatedKey{std::move(*channel), {old}, {std::move(mine), {}}};
    };
    auto rotated = co_await db_.write(std::move(work));
    if (rotated) rotated->fresh.shown = std::move(fresh.shown);
    co_return rotated;
}

io::Task<Result<RevokedKey>> StreamKeyService::remove(std::string id_or_slug, StreamKeyId key, Actor actor) {
    const auto now = clock_.wall();
    auto work = [word = std::move(id_or_slug), key, actor, now,
                 entry = audit_entry(actor, {}, "key_deleted", {}, now, random_)](db::Transaction& transaction) -> Result<RevokedKey> {
        auto channel = owned(transaction, word, actor);
        if (!channel) return channel.error();
        const auto keys = store::keys_of(transaction, channel->id);
        const auto found = std::ranges::find(keys, key, &StreamKey::id);
        if (found == keys.end()) return no_such_key();
        store::revoke_key(transaction, channel->id, key, now);
        note(transaction, entry, channel->id, found->name);
        return RevokedKey{std::move(*channel), key};
    };
    co_return co_await db_.write(std::move(work));
}

io::Task<Result<AuditPage>> StreamKeyService::audit(std::string id_or_slug, Actor actor, std::string after, std::int64_t most) {
    const auto count = std::clamp<std::int64_t>(most, 1, kAuditMost);
    auto look = [word = std::move(id_or_slug), actor, after = std::move(after),
                 count](db::Transaction& transaction) -> Result<std::vector<AuditEntry>> {
        const auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        if (auto allowed = check_manager(actor, *channel); !allowed) return allowed.error();
        return store::audit_of(transaction, channel->id, after, count + 1);
    };
    auto found = co_await db_.read(std::move(look));
    if (!found) co_return found.error();
    AuditPage page{std::move(*found), {}};
    if (std::ssize(page.entries) > count) {
        page.entries.pop_back();
        page.next = page.entries.back().id.str();
    }
    co_return page;
}

io::Task<Result<RotatedKey>> StreamKeyService::rotate_all(std::string id_or_slug) {
    const auto now = clock_.wall();
    auto fresh = ring_.make({}, std::string{kFirstKeyName}, now, random_);
    auto work = [word = std::move(id_or_slug), kept = fresh.kept, now,
                 entry = audit_entry({}, {}, "key_rotated", {}, now, random_)](db::Transaction& transaction) -> Result<RotatedKey> {
        auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        std::vector<StreamKeyId> revoked;
        for (const auto& key : store::keys_of(transaction, channel->id)) revoked.push_back(key.id);
        store::revoke_keys(transaction, channel->id, now);
        auto mine = kept;
        mine.channel = channel->id;
        store::insert_key(transaction, mine);
        note(transaction, entry, channel->id, mine.name);
        return RotatedKey{std::move(*channel), std::move(revoked), {std::move(mine), {}}};
    };
    auto rotated = co_await db_.write(std::move(work));
    if (rotated) rotated->fresh.shown = std::move(fresh.shown);
    co_return rotated;
}

io::Task<Result<Secret>> StreamKeyService::reveal(std::string id_or_slug) {
    auto look = [word = std::move(id_or_slug)](db::Transaction& transaction) -> Result<std::vector<StreamKey>> {
        const auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        return store::keys_of(transaction, channel->id);
    };
    auto keys = co_await db_.read(std::move(look));
    if (!keys) co_return keys.error();
    if (keys->empty()) co_return no_key_left();
    co_return ring_.open(keys->front());
}

}  // namespace ae::channels
