#include "channels/channel_service.hpp"

#include <unordered_map>

#include "channels/access.hpp"
#include "channels/audit_store.hpp"
#include "channels/channel_rules.hpp"
#include "channels/lookup.hpp"

namespace ae::channels {

namespace {

constexpr std::int64_t kListMost = 100;
constexpr std::string_view kFirstKeyName = "main";

Error slug_taken() { return {Errc::conflict, "slug_taken", "Somebody else has this name; choose another."}; }
Error no_category() { return {Errc::invalid, "category_unknown", "There is no category of this name; GET /api/categories lists them."}; }

Channel channel_of(ChannelDraft draft, const Actor& actor, WallTime now, Random& random) {
    Channel channel{.id = ChannelId{make_id_text(now, random)},
                    .slug = std::move(draft.slug),
                    .name = std::move(draft.name),
                    .description = std::move(draft.description),
                    .category = std::move(draft.category),
                    .tags = std::move(draft.tags),
                    .language = std::move(draft.language),
                    .is_public = draft.is_public,
                    .created_at = now,
                    .updated_at = now,
                    .links = std::move(draft.links),
                    .starts_with = draft.starts_with};
    if (!actor.account.empty()) channel.creator = actor.account;
    return channel;
}

/// The rules of a draft, and what is kept of it.
Result<ChannelDraft> checked(ChannelDraft draft) {
    if (auto fits = check(draft); !fits) return fits.error();
    auto links = social::check_links(std::move(draft.links));
    if (!links) return links.error();
    draft.links = std::move(*links);
    return draft;
}

/// The channel as its owner wants it.
ChannelDraft wanted(const Channel& channel, const ChannelChange& change) {
    return {.name = change.name.value_or(channel.name),
            .slug = change.slug.value_or(channel.slug),
            .description = change.description.value_or(channel.description),
            .category = change.category.value_or(channel.category),
            .tags = change.tags.value_or(channel.tags),
            .language = change.language.value_or(channel.language),
            .is_public = change.is_public.value_or(channel.is_public),
            .links = change.links.value_or(channel.links),
            .starts_with = change.starts_with.value_or(channel.starts_with)};
}

void put(ChannelDraft draft, Channel& channel) {
    channel.name = std::move(draft.name);
    channel.slug = std::move(draft.slug);
    channel.description = std::move(draft.description);
    channel.category = std::move(draft.category);
    channel.tags = std::move(draft.tags);
    channel.language = std::move(draft.language);
    channel.is_public = draft.is_public;
    channel.links = std::move(draft.links);
    channel.starts_with = draft.starts_with;
}

/// `name, slug`: for the audit log.
std::string fields_of(const ChannelChange& change) {
    std::string fields;
    const auto name = [&](bool there, std::string_view field) {
        if (!there) return;
        if (!fields.empty()) fields += ", ";
        fields += field;
    };
    name(change.name.has_value(), "name");
    name(change.slug.has_value(), "slug");
    name(change.description.has_value(), "description");
    name(change.category.has_value(), "category");
    name(change.tags.has_value(), "tags");
    name(change.language.has_value(), "language");
    name(change.is_public.has_value(), "isPublic");
    name(change.links.has_value(), "socialLinks");
    name(change.starts_with.has_value(), "startsWith");
    return fields;
}

}  // namespace

ChannelService::ChannelService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret, ChannelsConfig config, People& people)
    : db_(db), clock_(clock), random_(random), ring_(server_secret), config_(config), people_(people) {}

io::Task<Result<CreatedChannel>> ChannelService::create(ChannelDraft draft, Actor actor) {
    auto fit = checked(std::move(draft));
    if (!fit) co_return fit.error();

    const auto now = clock_.wall();
    auto channel = channel_of(std::move(*fit), actor, now, random_);
    auto key = ring_.make(channel.id, std::string{kFirstKeyName}, now, random_);
    auto keep = [channel, kept = key.kept, most = config_.most_per_user,
                 entry = audit_entry(actor, channel.id, "channel_created", {}, now, random_)](db::Transaction& transaction) -> Result<void> {
        if (!store::category_exists(transaction, channel.category)) return no_category();
        if (channel.creator && store::count_of(transaction, *channel.creator) >= most)
            return Error{Errc::conflict, "too_many_channels", "You have as many channels as an account may have here."};
        if (!names::claim(transaction, holder_of(channel), channel.slug, channel.created_at)) return slug_taken();
        store::insert(transaction, channel);
        store::insert_key(transaction, kept);
        store::note(transaction, entry);
        return {};
    };
    Result<void> done;
    try {
        done = co_await db_.write(std::move(keep));
    } catch (const db::UniqueViolation&) {
        // Ids and keys are random: what another one can have is the slug.
        done = slug_taken();
    }
    if (!done) co_return done.error();
    if (channel.creator) co_await people_.became_creator(*channel.creator);
    co_return CreatedChannel{std::move(channel), std::move(key.shown)};
}

io::Task<Result<Channel>> ChannelService::find(std::string id_or_slug) {
    auto look = [word = std::move(id_or_slug)](db::Transaction& transaction) { return resolve(transaction, word); };
    auto channel = co_await db_.read(std::move(look));
    if (!channel) co_return no_channel();
    co_return std::move(*channel);
}

io::Task<Result<SeenChannel>> ChannelService::see(std::string id_or_slug, Actor actor) {
    auto look = [word = std::move(id_or_slug), actor](db::Transaction& transaction) -> Result<FollowedChannel> {
        auto channel = resolve(transaction, word);
        if (!channel || !may_see(actor, *channel)) return no_channel();
        const bool following = store::is_following(transaction, actor.account, channel->id);
        return FollowedChannel{std::move(*channel), following};
    };
    auto found = co_await db_.read(std::move(look));
    if (!found) co_return found.error();
    std::vector<FollowedChannel> one;
    one.push_back(std::move(*found));
    auto views = co_await seen(std::move(one), actor.account);
    co_return std::move(views.front());
}

io::Task<SeenChannels> ChannelService::list(ChannelFilter filter, std::string after, std::int64_t most) {
    const auto count = std::clamp<std::int64_t>(most, 1, kListMost);
    // One more than asked for says whether there is a next page.
    auto look = [=, before = std::move(after)](db::Transaction& transaction) { return store::list(transaction, filter, before, count + 1); };
    auto found = co_await db_.read(std::move(look));
    SeenChannels answer;
    if (std::ssize(found) > count) {
        found.pop_back();
        answer.next = found.back().channel.id.str();
    }
    answer.channels = co_await seen(std::move(found), filter.account);
    co_return answer;
}

io::Task<std::vector<SeenChannel>> ChannelService::seen(std::vector<FollowedChannel> channels, UserId account) {
    std::vector<UserId> creators;
    for (const auto& each : channels) {
        if (each.channel.creator && std::ranges::find(creators, *each.channel.creator) == creators.end()) creators.push_back(*each.channel.creator);
    }
    std::unordered_map<UserId, Person> people;
    if (!creators.empty()) {
        for (auto& person : co_await people_.people(std::move(creators))) people.emplace(person.id, person);
    }
    std::vector<SeenChannel> views;
    for (auto& each : channels) {
        SeenChannel view{std::move(each.channel), std::nullopt, each.is_following, false};
        view.is_owner = owns({.account = account}, view.channel);
        if (view.channel.creator) {
            if (const auto person = people.find(*view.channel.creator); person != people.end()) view.creator = person->second;
        }
        views.push_back(std::move(view));
    }
    co_return views;
}

io::Task<std::vector<Category>> ChannelService::categories() {
    auto look = [](db::Transaction& transaction) { return store::categories(transaction); };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<void>> ChannelService::check_category(std::string slug) {
    auto look = [wanted = std::move(slug)](db::Transaction& transaction) { return store::category_exists(transaction, wanted); };
    const bool there = co_await db_.read(std::move(look));
    if (!there) co_return no_category();
    co_return Result<void>{};
}

io::Task<Result<ChangedChannel>> ChannelService::change(std::string id_or_slug, ChannelChange change, Actor actor) {
    const auto now = clock_.wall();
    auto work =
        [word = std::move(id_or_slug), change, actor, now,
         entry = audit_entry(actor, {}, "channel_changed", fields_of(change), now, random_)](db::Transaction& transaction) -> Result<ChangedChannel> {
        auto before = resolve(transaction, word);
        if (!before) return no_channel();
        if (auto allowed = check_manager(actor, *before); !allowed) return allowed.error();
        auto fit = checked(wanted(*before, change));
        if (!fit) return fit.error();
        if (!store::category_exists(transaction, fit->category)) return no_category();

        auto after = *before;
        put(std::move(*fit), after);
        after.updated_at = now;
        if (after.slug != before->slug && !names::claim(transaction, holder_of(after), after.slug, now)) return slug_taken();
        store::update(transaction, after);
        auto noted = entry;
        noted.channel = after.id;
        store::note(transaction, noted);
        return ChangedChannel{std::move(*before), std::move(after)};
    };
    try {
        co_return co_await db_.write(std::move(work));
    } catch (const db::UniqueViolation&) {
        co_return slug_taken();
    }
}

io::Task<Result<std::optional<std::string>>> ChannelService::set_picture(std::string id_or_slug, Picture which, std::optional<std::string> address,
                                                                         Actor actor) {
    const auto now = clock_.wall();
    const std::string subject = which == Picture::avatar ? "avatar" : "banner";
    auto work = [word = std::move(id_or_slug), which, address = std::move(address), actor, now,
                 entry = audit_entry(actor, {}, "picture_changed", subject, now, random_)](
                    db::Transaction& transaction) -> Result<std::optional<std::string>> {
        auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        if (auto allowed = check_manager(actor, *channel); !allowed) return allowed.error();
        auto before = std::exchange(which == Picture::avatar ? channel->avatar : channel->banner, address);
        channel->updated_at = now;
        store::update(transaction, *channel);
        auto noted = entry;
        noted.channel = channel->id;
        store::note(transaction, noted);
        return before;
    };
    co_return co_await db_.write(std::move(work));
}

io::Task<Result<Channel>> ChannelService::delete_channel(std::string id_or_slug, Actor actor) {
    const auto now = clock_.wall();
    auto end = [word = std::move(id_or_slug), actor, now,
                entry = audit_entry(actor, {}, "channel_deleted", {}, now, random_)](db::Transaction& transaction) -> Result<Channel> {
        auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        if (auto allowed = check_manager(actor, *channel); !allowed) return allowed.error();
        names::release(transaction, names::Kind::channel, channel->id.str());
        store::remove(transaction, channel->id, now);
        auto noted = entry;
        noted.channel = channel->id;
        store::note(transaction, noted);
        return std::move(*channel);
    };
    co_return co_await db_.write(std::move(end));
}

io::Task<std::vector<Channel>> ChannelService::forget_account(UserId account) {
    auto forget = [account = std::move(account), now = clock_.wall()](db::Transaction& transaction) {
        std::vector<Channel> gone;
        while (auto channel = store::find_first_of(transaction, account)) {
            names::release(transaction, names::Kind::channel, channel->id.str());
            store::remove(transaction, channel->id, now);
            gone.push_back(std::move(*channel));
        }
        store::remove_follows_of(transaction, account);
        return gone;
    };
    co_return co_await db_.write(std::move(forget));
}

}  // namespace ae::channels
