#include "channels/channel_service.hpp"

#include "channels/channel_rules.hpp"
#include "channels/channel_store.hpp"

namespace ae::channels {

namespace {

constexpr std::int64_t kListMost = 100;
constexpr std::string_view kFirstKeyName = "main";

Error no_channel() { return {Errc::not_found, "channel_not_found", "There is no channel of this id or slug."}; }
Error no_key() { return {Errc::unauthorized, "stream_key_unknown", "This stream key is not valid. Copy it again from the channel's settings."}; }

}  // namespace

ChannelService::ChannelService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret)
    : db_(db), clock_(clock), random_(random), ring_(server_secret) {}

io::Task<Result<CreatedChannel>> ChannelService::create(std::string name, std::string slug) {
    if (auto named = check_name(name); !named) co_return std::move(named.error());
    if (auto slugged = check_slug(slug); !slugged) co_return std::move(slugged.error());

    const auto now = clock_.wall();
    Channel channel{
        .id = ChannelId{make_id_text(now, random_)}, .slug = std::move(slug), .name = std::move(name), .created_at = now, .updated_at = now};
    auto key = ring_.make(channel.id, std::string{kFirstKeyName}, now, random_);
    auto keep = [channel, kept = key.kept](db::Transaction& transaction) {
        store::insert(transaction, channel);
        store::insert_key(transaction, kept);
    };
    try {
        co_await db_.write(std::move(keep));
    } catch (const db::UniqueViolation&) {
        // Ids and keys are random: what another one can have is the slug.
        co_return Error{Errc::conflict, "slug_taken", "Another channel has this slug; choose another."};
    }
    co_return CreatedChannel{std::move(channel), std::move(key.shown)};
}

io::Task<Result<Channel>> ChannelService::find(std::string id_or_slug) {
    auto look = [wanted = std::move(id_or_slug)](db::Transaction& transaction) { return store::find(transaction, wanted); };
    auto channel = co_await db_.read(std::move(look));
    if (!channel) co_return no_channel();
    co_return std::move(*channel);
}

io::Task<ChannelList> ChannelService::list(std::string after, std::int64_t most, bool with_private) {
    const auto count = std::clamp<std::int64_t>(most, 1, kListMost);
    // One more than asked for says whether there is a next page.
    auto look = [=, before = std::move(after)](db::Transaction& transaction) { return store::list(transaction, with_private, before, count + 1); };
    ChannelList answer{co_await db_.read(std::move(look)), {}};
    if (std::ssize(answer.channels) > count) {
        answer.channels.pop_back();
        answer.next = answer.channels.back().id.str();
    }
    co_return answer;
}

io::Task<Result<Channel>> ChannelService::delete_channel(std::string id_or_slug) {
    auto end = [wanted = std::move(id_or_slug), now = clock_.wall()](db::Transaction& transaction) {
        auto channel = store::find(transaction, wanted);
        if (channel) store::remove(transaction, channel->id, now);
        return channel;
    };
    auto channel = co_await db_.write(std::move(end));
    if (!channel) co_return no_channel();
    co_return std::move(*channel);
}

io::Task<Result<CreatedChannel>> ChannelService::rotate_key(std::string id_or_slug) {
    auto channel = co_await find(std::move(id_or_slug));
    if (!channel) co_return std::move(channel.error());

    const auto now = clock_.wall();
    auto key = ring_.make(channel->id, std::string{kFirstKeyName}, now, random_);
    auto replace = [kept = key.kept, now](db::Transaction& transaction) {
        // Found again: it may have been deleted since, and a key made then would outlive it.
        if (!store::find(transaction, kept.channel.str())) return false;
        store::revoke_keys(transaction, kept.channel, now);
        store::insert_key(transaction, kept);
        return true;
    };
    if (!co_await db_.write(std::move(replace))) co_return no_channel();
    co_return CreatedChannel{std::move(*channel), std::move(key.shown)};
}

io::Task<Result<Secret>> ChannelService::show_key(std::string id_or_slug) {
    auto look = [wanted = std::move(id_or_slug)](db::Transaction& transaction) -> Result<std::vector<StreamKey>> {
        const auto channel = store::find(transaction, wanted);
        if (!channel) return no_channel();
        return store::keys_of(transaction, channel->id);
    };
    auto keys = co_await db_.read(std::move(look));
    if (!keys) co_return std::move(keys.error());
    if (keys->empty()) co_return no_key();
    co_return ring_.open(keys->front());
}

io::Task<Result<KeyHolder>> ChannelService::find_by_key(Secret key) {
    auto look = [hash = ring_.lookup_hash(key)](db::Transaction& transaction) -> std::optional<KeyHolder> {
        const auto found = store::find_key(transaction, hash);
        if (!found) return std::nullopt;
        auto channel = store::find(transaction, found->channel.str());
        if (!channel) return std::nullopt;
        return KeyHolder{std::move(*channel), found->id};
    };
    auto holder = co_await db_.read(std::move(look));
    if (!holder) co_return no_key();
    co_return std::move(*holder);
}

io::Task<> ChannelService::note_key_used(StreamKeyId key, std::string address) {
    auto note = [key = std::move(key), from = std::move(address), now = clock_.wall()](db::Transaction& transaction) {
        store::note_key_used(transaction, key, from, now);
    };
    co_await db_.write(std::move(note));
}

}  // namespace ae::channels
