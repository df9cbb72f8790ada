#include "live/stage.hpp"

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "live/stage_steps.hpp"

namespace ae::live {

namespace {

constexpr std::size_t kMediaSecretBytes = 20;

/// Goes on with the channel's stream that is still LIVE, else with the newest prepared one, or begins `fresh`; either way a new run with numbers nobody has
/// seen. What begins at once is LIVE then.
std::pair<StreamRecord, StreamRun> begin_run_in(db::Transaction& tx, const StreamRecord& fresh, const Transition& made, const Transition& live) {
    auto stream = store::find_live_of_channel(tx, fresh.channel);
    if (!stream) stream = store::find_prepared_of_channel(tx, fresh.channel);
    if (!stream) {
        store::insert_made(tx, fresh, made);
        stream = fresh;
    }
    const auto run = take_run(tx, stream->id, live.at);
    if (stream->status == StreamStatus::offline && stream->starts_with == channels::StartsWith::at_once) store::move(tx, stream->id, live);
    store::touch_media(tx, stream->id, live.at);
    return {store::find(tx, stream->id).value(), run};
}

}  // namespace

Stage::Local::Local(io::Shard& shard, const LiveConfig& config, const Clock& clock, const PlaybackTokens& tokens, SnapshotSource source)
    : tasks(shard.context().get_executor(), "live"), playback(shard, config, clock, tokens, std::move(source)), on_air(shard, clock) {}

Stage::Stage(Needs needs, const LiveConfig& config) : needs_(needs), config_(config), tokens_(needs.server_secret) {
    for (std::size_t i = 0; i < needs_.shards.size(); ++i) {
        locals_.push_back(std::make_unique<Local>(needs_.shards.at(i), config_, needs_.clock, tokens_, source_for(i)));
    }
}

Stage::~Stage() = default;

Stage::Local& Stage::local() {
    auto* shard = io::Shard::current();
    AE_CHECK(shard != nullptr, "the stage is used on shards alone");
    return *locals_[shard->index()];
}

void Stage::everywhere(std::function<void(Local&)> change) {
    for (std::size_t i = 0; i < locals_.size(); ++i) {
        auto& shard = needs_.shards.at(i);
        if (shard.here()) change(*locals_[i]);
        else shard.post([change, local = locals_[i].get()] { change(*local); });
    }
}

SnapshotSource Stage::source_for(std::size_t shard) {
    const auto ask = [this, shard](const std::string& stream, void (Broadcast::*what)(std::size_t)) {
        const auto showing = locals_[shard]->showings.find(stream);
        if (showing == locals_[shard]->showings.end()) return;
        // Always posted, also to oneself: an attach must not answer inside the request that asks for it.
        home_of(showing->second->record.channel.str()).post([this, shard, stream, what] {
            if (const auto broadcast = broadcast_of_stream(stream)) ((*broadcast).*what)(shard);
        });
    };
    return {[ask](const std::string& stream) { ask(stream, &Broadcast::attach); },
            [ask](const std::string& stream) { ask(stream, &Broadcast::detach); }};
}

std::shared_ptr<Broadcast> Stage::broadcast_of_stream(const std::string& stream) {
    auto& here = local();
    const auto showing = here.showings.find(stream);
    if (showing == here.showings.end()) return nullptr;
    const auto found = here.broadcasts.find(showing->second->record.channel.str());
    return found != here.broadcasts.end() && found->second->identity().stream == stream ? found->second : nullptr;
}

io::Task<Result<media::PublishGrant>> Stage::admit(media::PublishRequest request) {
    auto holder = co_await needs_.keys.find_by_key(std::move(request.key));
    if (!holder) co_return holder.error();

    const std::string id = holder->channel.id.str();
    const std::string slug = holder->channel.slug;
    const Broadcast::Encoder encoder{request.address, holder->key.str()};
    auto& home = home_of(id);
    auto opened = co_await io::on(home, open(std::move(holder->channel), encoder));
    if (!opened) co_return opened.error();
    co_await needs_.keys.note_used(holder->key, request.address);

    media::PublishGrant grant;
    grant.channel_id = id;
    grant.slug = slug;
    grant.home = &home;
    grant.begin = [this, id, encoder](std::shared_ptr<media::PublisherControl> control) { return begin(id, encoder, std::move(control)); };
    co_return grant;
}

Result<void> Stage::may_come(Local& here, const std::string& channel, const Broadcast::Encoder& encoder) {
    if (here.moving.contains(channel)) return Error{Errc::unavailable, "broadcast_ended", "The broadcast has just ended; connect again."};
    const auto refused = here.refused.find(channel);
    const auto now = needs_.clock.steady();
    if (refused != here.refused.end() && refused->second.encoder == encoder && now < refused->second.until) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(refused->second.until - now).count();
        return Error{Errc::conflict, "stream_just_ended",
                     "You ended this stream. Stop your encoder; it may publish again in " + std::to_string(left) +
                         " seconds, or as soon as you prepare another stream."};
    }
    if (const auto found = here.broadcasts.find(channel); found != here.broadcasts.end()) return found->second->may_begin(encoder.address);
    return {};
}

io::Task<Result<void>> Stage::open(channels::Channel channel, Broadcast::Encoder encoder) {
    auto& here = local();
    const std::string id = channel.id.str();
    if (auto may = may_come(here, id, encoder); !may) co_return may;
    if (here.broadcasts.contains(id)) co_return Result<void>{};

    const auto fresh = new_stream(channel, needs_.clock.wall());
    Transition made = step(StreamStatus::offline, StreamStatus::offline, "ingest");
    made.made = true;
    auto begin_run = [fresh, made, live = step(StreamStatus::offline, StreamStatus::live, "ingest")](db::Transaction& tx) {
        return begin_run_in(tx, fresh, made, live);
    };
    const Counted opening{here.opening, id};
    auto [record, run] = co_await needs_.db.write(std::move(begin_run));

    // Another connection with the same key may have been quicker while the database worked.
    if (here.broadcasts.contains(id)) co_return may_come(here, id, encoder);
    Broadcast::Identity identity{record.id.str(), id, channel.slug, record.media_secret.reveal()};
    auto broadcast = std::make_shared<Broadcast>(std::move(identity), run, config_, needs_.clock, *this);
    enter(std::move(broadcast), std::move(record), channel.is_public);
    co_return Result<void>{};
}

StreamRecord Stage::new_stream(const channels::Channel& channel, WallTime now) {
    StreamRecord stream;
    stream.id = make_id<StreamId>(needs_.clock, needs_.random);
    stream.channel = channel.id;
    stream.title = channel.name;
    stream.category = channel.category;
    stream.starts_with = channel.starts_with;
    stream.created_at = stream.updated_at = now;
    stream.media_secret = make_media_secret();
    return stream;
}

Secret Stage::make_media_secret() {
    Bytes noise(kMediaSecretBytes);
    needs_.random.fill(noise);
    return Secret{to_hex(noise)};
}

void Stage::enter(std::shared_ptr<Broadcast> broadcast, StreamRecord record, bool is_public) {
    auto& here = local();
    const auto identity = broadcast->identity();
    here.awaited.erase(identity.channel);
    here.broadcasts[identity.channel] = broadcast;
    auto& heads = here.heads[identity.stream];
    heads.begin(static_cast<std::uint64_t>(record.epoch));
    heads.raise_peak(record.peak_viewers);
    live_gauge().add(1);
    log::info("broadcast.opened", {{"channel", identity.slug}, {"stream", identity.stream}});

    auto showing = std::make_shared<Showing>();
    showing->facts = broadcast->facts();
    showing->is_public = is_public;
    showing->peak = record.peak_viewers;
    showing->record = std::move(record);
    show(showing);
    announce(*showing);
    tell_status(*showing);
}

Result<std::unique_ptr<media::Publication>> Stage::begin(const std::string& channel, const Broadcast::Encoder& encoder,
                                                         std::shared_ptr<media::PublisherControl> control) {
    auto& here = local();
    // It was rotated while this encoder was on its way in.
    if (here.revoked_keys.contains(encoder.key)) return Error{Errc::unauthorized, "stream_key_unknown", "This stream key was just changed."};
    const auto found = here.broadcasts.find(channel);
    if (found == here.broadcasts.end()) return Error{Errc::unavailable, "broadcast_ended", "The broadcast has just ended; connect again."};
    return found->second->begin(encoder.address, encoder.key, std::move(control));
}

Playback& Stage::playback() { return local().playback; }

OnAir& Stage::on_air() { return local().on_air; }

media::Hub* Stage::hub_of(const std::string& channel) {
    auto& here = local();
    const auto found = here.broadcasts.find(channel);
    if (found == here.broadcasts.end()) return nullptr;
    const auto known = showing(found->second->identity().stream);
    const bool open = known && known->is_public && known->record.status == StreamStatus::live;
    return open ? &found->second->hub() : nullptr;
}

void Stage::snapshot_ready(std::size_t shard, const std::string& stream, media::hls::SnapshotPtr snapshot) {
    auto& there = needs_.shards.at(shard);
    if (there.here()) return locals_[shard]->playback.update(stream, std::move(snapshot));
    there.post(
        [playback = &locals_[shard]->playback, stream, snapshot = std::move(snapshot)]() mutable { playback->update(stream, std::move(snapshot)); });
}

void Stage::reserve(const std::string& stream, std::uint64_t msn, std::uint64_t discontinuity) {
    local().tasks.spawn("reserve_numbers", [](Stage* stage, std::string id, std::uint64_t to_msn, std::uint64_t to_discontinuity) -> io::Task<> {
        auto write = [id, to_msn, to_discontinuity](db::Transaction& tx) {
            store::reserve_numbers(tx, StreamId{id}, static_cast<std::int64_t>(to_msn), static_cast<std::int64_t>(to_discontinuity));
        };
        co_await stage->needs_.db.write(std::move(write));
    }(this, stream, msn, discontinuity));
}

}  // namespace ae::live
