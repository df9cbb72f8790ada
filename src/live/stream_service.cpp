#include "live/stream_service.hpp"

#include <algorithm>

#include "channels/access.hpp"
#include "channels/channel_rules.hpp"
#include "live/lifecycle.hpp"
#include "live/playback_answers.hpp"
#include "live/stream_rules.hpp"

namespace ae::live {

namespace {

constexpr std::int64_t kMostListed = 100, kMostPrepared = 20;

Error no_stream() { return {Errc::not_found, "stream_not_found", "There is no such stream."}; }

channels::Channel channel_of(const ChannelCard& card) {
    return {.id = card.id, .slug = card.slug, .name = card.name, .is_public = card.is_public, .creator = card.creator};
}

bool was_on_air(StreamStatus status) { return status != StreamStatus::offline; }

bool may_see(const ListedStream& listed, const Actor& actor) {
    const auto channel = channel_of(listed.channel);
    if (actor.admin || channels::owns(actor, channel)) return true;
    return channel.is_public && was_on_air(listed.stream.status);
}

Result<void> check_words(const StreamChange& change) {
    if (change.title) {
        if (auto titled = check_title(*change.title); !titled) return titled;
    }
    if (change.description) return channels::check_description(*change.description);
    return {};
}

}  // namespace

StreamService::StreamService(db::Db& db, Stage& stage, channels::ChannelService& channels, const Clock& clock, Random& random,
                             const LiveConfig& config, std::string playback_base_url)
    : db_(db),
      stage_(stage),
      channels_(channels),
      clock_(clock),
      random_(random),
      config_(config),
      playback_base_url_(std::move(playback_base_url)) {}

io::Task<Result<SeenStream>> StreamService::find(StreamId stream, Actor actor) {
    auto look = [stream](db::Transaction& tx) { return store::find_listed(tx, stream); };
    auto found = co_await db_.read(std::move(look));
    if (!found || !may_see(*found, actor)) co_return no_stream();
    co_return seen(std::move(*found));
}

io::Task<Result<SeenStreams>> StreamService::list(StreamStatus status, std::string channel, Actor actor, std::string after, std::int64_t most) {
    most = std::clamp<std::int64_t>(most, 1, kMostListed);
    StreamFilter filter{status, actor.account, {}};
    if (!channel.empty()) {
        const auto found = co_await channels_.find(std::move(channel));
        if (!found) co_return found.error();
        if (!channels::may_see(actor, *found)) co_return channels::no_channel();
        filter.channel = found->id;
    }
    // One more than asked for tells whether there is a next page.
    auto look = [filter, after, most](db::Transaction& tx) { return store::list(tx, filter, after, most + 1); };
    auto rows = co_await db_.read(std::move(look));

    SeenStreams page;
    const bool more = std::ssize(rows) > most;
    if (more) rows.resize(static_cast<std::size_t>(most));
    if (more) page.next = rows.back().stream.id.str();
    for (auto& row : rows) page.streams.push_back(seen(std::move(row)));
    co_return page;
}

io::Task<Result<PlayPass>> StreamService::play(StreamId stream, Player player) {
    if (!player.device.empty()) {
        if (auto named = check_device(player.device); !named) co_return named.error();
    }
    auto look = [stream](db::Transaction& tx) { return store::find_listed(tx, stream); };
    auto found = co_await db_.read(std::move(look));
    if (!found || !may_see(*found, player.actor)) co_return no_stream();
    const auto showing = stage_.showing(stream.str());
    if (!showing || showing->record.status == StreamStatus::archived)
        co_return Error{Errc::gone, "stream_ended", "The broadcast is over, or has not begun."};

    const auto& tokens = stage_.tokens();
    const bool own = player.actor.admin || channels::owns(player.actor, channel_of(found->channel));
    Ticket ticket;
    ticket.kind = own ? Ticket::Kind::preview : Ticket::Kind::viewer;
    ticket.expires = clock_.wall() + config_.playback_token_life;
    if (!player.actor.account.empty()) ticket.viewer = tokens.of_account(player.actor.account);
    else if (!player.device.empty()) ticket.viewer = tokens.of_device(player.device);
    else ticket.viewer = tokens.of_device(player.actor.address + "\n" + player.user_agent);

    const auto token = tokens.make(stream.str(), ticket);
    co_return PlayPass{seen(std::move(*found)), playback_base_url_ + master_path(stream.str(), token), ticket.expires, own};
}

io::Task<Result<channels::Channel>> StreamService::owned_channel(std::string channel, Actor actor) {
    auto found = co_await channels_.find(std::move(channel));
    if (!found) co_return found.error();
    if (auto allowed = channels::check_manager(actor, *found); !allowed) co_return allowed.error();
    co_return found;
}

io::Task<Result<ListedStream>> StreamService::owned(StreamId stream, Actor actor) {
    auto look = [stream](db::Transaction& tx) { return store::find_listed(tx, stream); };
    auto found = co_await db_.read(std::move(look));
    if (!found || !may_see(*found, actor)) co_return no_stream();
    if (auto allowed = channels::check_manager(actor, channel_of(found->channel)); !allowed) co_return allowed.error();
    co_return std::move(*found);
}

io::Task<Result<SeenStream>> StreamService::prepare(std::string channel, StreamDraft draft, Actor actor) {
    const auto found = co_await owned_channel(std::move(channel), actor);
    if (!found) co_return found.error();
    if (auto fits = check_words({draft.title, draft.description, {}}); !fits) co_return fits.error();
    if (draft.category) {
        if (auto known = co_await channels_.check_category(*draft.category); !known) co_return known.error();
    }

    const auto now = clock_.wall();
    StreamRecord stream;
    stream.id = StreamId{make_id_text(now, random_)};
    stream.channel = found->id;
    stream.title = std::move(draft.title);
    stream.description = std::move(draft.description);
    stream.category = draft.category.value_or(found->category);
    stream.starts_with = draft.starts_with.value_or(found->starts_with);
    stream.media_secret = stage_.make_media_secret();
    stream.reason = "prepared";
    stream.created_at = stream.updated_at = now;
    Transition made{.id = TransitionId{make_id_text(now, random_)}, .made = true, .reason = "prepared", .at = now};
    if (!actor.account.empty()) made.actor = actor.account;
    auto keep = [stream, made](db::Transaction& tx) -> Result<ListedStream> {
        if (store::count_prepared(tx, stream.channel) >= kMostPrepared)
            return Error{Errc::conflict, "too_many_prepared", "The channel has as many prepared streams as it may have."};
        store::insert_made(tx, stream, made);
        return store::find_listed(tx, stream.id).value();
    };
    auto kept = co_await db_.write(std::move(keep));
    if (!kept) co_return kept.error();
    co_await stage_.welcome_back(found->id);
    co_return seen(std::move(*kept));
}

io::Task<Result<SeenStream>> StreamService::change(StreamId stream, StreamChange change, Actor actor) {
    const auto found = co_await owned(stream, std::move(actor));
    if (!found) co_return found.error();
    if (auto fits = check_words(change); !fits) co_return fits.error();
    if (change.category) {
        if (auto known = co_await channels_.check_category(*change.category); !known) co_return known.error();
    }
    auto write = [stream, change, now = clock_.wall()](db::Transaction& tx) {
        const auto before = store::find(tx, stream).value();
        store::set_details(tx, stream, change.title.value_or(before.title), change.description.value_or(before.description),
                           change.category.value_or(before.category), now);
        return store::find_listed(tx, stream);
    };
    auto changed = co_await db_.write(std::move(write));
    if (!changed) co_return no_stream();
    co_await stage_.details_changed(changed->stream);
    co_return seen(std::move(*changed));
}

io::Task<Result<SeenStream>> StreamService::set_status(StreamId stream, StreamStatus status, Actor actor) {
    const auto found = co_await owned(stream, actor);
    if (!found) co_return found.error();
    if (auto legal = check_transition(found->stream.status, status, Mover::owner); !legal) co_return legal.error();
    auto step = status == StreamStatus::live ? stage_.go_live(found->channel.id, stream, actor.account)
                                             : stage_.end_stream(found->channel.id, stream, actor.account);
    if (auto done = co_await std::move(step); !done) co_return done.error();
    co_return co_await find(std::move(stream), std::move(actor));
}

io::Task<Result<SeenStream>> StreamService::start(std::string channel, Actor actor) {
    const auto found = co_await owned_channel(std::move(channel), actor);
    if (!found) co_return found.error();
    if (auto done = co_await stage_.go_live(found->id, std::nullopt, actor.account); !done) co_return done.error();
    const auto showing = stage_.showing_of_channel(found->id.str());
    if (!showing) co_return no_stream();
    co_return co_await find(showing->record.id, std::move(actor));
}

io::Task<Result<std::vector<Transition>>> StreamService::transitions(StreamId stream, Actor actor) {
    const auto found = co_await owned(stream, std::move(actor));
    if (!found) co_return found.error();
    auto look = [stream](db::Transaction& tx) { return store::transitions_of(tx, stream); };
    co_return co_await db_.read(std::move(look));
}

io::Task<std::optional<channels::StreamView>> StreamService::current_stream(ChannelId channel, bool for_owner) {
    co_return current(channel, for_owner);
}

io::Task<std::unordered_map<ChannelId, channels::StreamView>> StreamService::current_streams(std::vector<ChannelId> channels) {
    std::unordered_map<ChannelId, channels::StreamView> streams;
    for (const auto& channel : channels) {
        if (auto found = current(channel, false)) streams.emplace(channel, std::move(*found));
    }
    co_return streams;
}

std::optional<channels::StreamView> StreamService::current(const ChannelId& channel, bool for_owner) const {
    const auto showing = stage_.showing_of_channel(channel.str());
    if (!showing || (showing->preview() && !for_owner)) return std::nullopt;
    return view(showing->record);
}

channels::StreamView StreamService::view(const StreamRecord& record) const {
    channels::StreamView view;
    view.id = record.id;
    view.channel = record.channel;
    view.title = record.title;
    view.description = record.description;
    view.category = record.category;
    view.status = record.status;
    view.reason = record.reason;
    view.start_time = record.started_at;
    view.end_time = record.ended_at;
    view.viewer_count = record.viewer_count;
    view.peak_viewers = record.peak_viewers;
    view.thumbnail_url = record.thumbnail_url;
    if (record.started_at) {
        const auto until = record.ended_at.value_or(clock_.wall());
        view.duration = std::chrono::floor<std::chrono::seconds>(std::max(until - *record.started_at, Duration{0}));
    }
    const auto showing = stage_.showing(record.id.str());
    if (showing) view.peak_viewers = std::max(view.peak_viewers, showing->peak);
    if (record.status == StreamStatus::offline && showing) {
        view.preview = showing->facts.publishing;
        view.has_video = showing->facts.has_video;
        view.has_audio = showing->facts.has_audio;
    }
    if (record.status != StreamStatus::live) return view;
    if (thumbnails_ != nullptr) view.thumbnail_url = thumbnails_->url_of(record.id.str());

    view.viewer_count = showing ? showing->viewers : 0;
    view.reconnecting = !showing || !showing->facts.publishing;
    view.has_video = showing && showing->facts.has_video;
    view.has_audio = showing && showing->facts.has_audio;
    view.hls_url = playback_base_url_ + master_path(record.id.str());
    return view;
}

SeenStream StreamService::seen(ListedStream listed) const {
    SeenStream seen{view(listed.stream), std::move(listed.channel), {}};
    if (const auto showing = stage_.showing(listed.stream.id.str())) seen.warnings = showing->facts.warnings;
    return seen;
}

}  // namespace ae::live
