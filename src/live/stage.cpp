#include "live/stage.hpp"

#include <boost/asio/steady_timer.hpp>

#include "base/check.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/timeout.hpp"

namespace ae::live {

namespace {

constexpr std::chrono::seconds kRound{1};
/// How often the rows of running broadcasts say that media came; the reconnect window is many times that.
constexpr int kRoundsBetweenNotes = 10;
/// How long the ended broadcast's playlists can still be fetched, so that players come to the last part.
constexpr std::chrono::seconds kLinger{30};
constexpr std::size_t kMediaSecretBytes = 20;
/// Between knocking and publishing an encoder may take this long: so long is a revoked key remembered.
constexpr std::chrono::minutes kGrantLives{2};

/// Goes on with the channel's stream that is still LIVE, or begins `fresh`; either way a new run with numbers nobody has seen.
std::pair<StreamRecord, StreamRun> begin_run_in(db::Transaction& tx, const StreamRecord& fresh, WallTime now) {
    auto stream = store::find_live_of_channel(tx, fresh.channel);
    if (!stream) {
        store::insert(tx, fresh);
        stream = fresh;
    }
    const auto taken = store::take_epoch(tx, stream->id, now);
    AE_CHECK(taken.has_value(), "the row was found or made in this transaction");
    StreamRun run;
    run.epoch = static_cast<std::uint64_t>(taken->epoch);
    run.first_msn = static_cast<std::uint64_t>(taken->first_msn);
    run.first_discontinuity = static_cast<std::uint64_t>(taken->first_discontinuity);
    run.msn_ceiling = run.first_msn + StreamRun::kMsnBlock;
    run.discontinuity_ceiling = run.first_discontinuity + StreamRun::kDiscontinuityBlock;
    store::reserve_numbers(tx, stream->id, static_cast<std::int64_t>(run.msn_ceiling), static_cast<std::int64_t>(run.discontinuity_ceiling));
    return {*stream, run};
}

metrics::Gauge& live_gauge() {
    static auto& gauge = metrics::gauge("aethex_live_broadcasts", "Broadcasts in memory, with those that wait for their encoder.");
    return gauge;
}

}  // namespace

Stage::Local::Local(io::Shard& shard, const LiveConfig& config, const Clock& clock, SnapshotSource source)
    : tasks(shard.context().get_executor(), "live"), playback(shard, config, clock, std::move(source)), on_air(shard, clock) {}

Stage::Stage(Needs needs, const LiveConfig& config) : needs_(needs), config_(config) {
    for (std::size_t i = 0; i < needs_.shards.size(); ++i) {
        locals_.push_back(std::make_unique<Local>(needs_.shards.at(i), config_, needs_.clock, source_for(i)));
    }
}

Stage::~Stage() = default;

void Stage::start_blocking() {
    const auto now = needs_.clock.wall();
    const auto closed = needs_.db.write_blocking(
        [&](db::Transaction& tx) { return store::close_silent(tx, StreamStatus::archived, "server_away", now - config_.reconnect_window, now); });
    for (const auto& stream : closed) log::info("stream.closed_at_start", {{"stream", stream}});

    // Streams that may go on: known to every shard, so that players who ask wait for the encoder instead of being told 404.
    const auto waiting = needs_.db.read_blocking([](db::Transaction& tx) { return store::all_live(tx); });
    for (const auto& stream : waiting) {
        for (auto& local : locals_) {
            local->playback.announce(stream.id.str(), stream.media_secret.reveal());
            local->homes[stream.id.str()] = stream.channel.str();
        }
    }
}

void Stage::start() {
    for (std::size_t i = 0; i < locals_.size(); ++i) {
        needs_.shards.at(i).post([this] { local().tasks.spawn("rounds", rounds()); });
    }
}

io::Task<> Stage::stop() {
    for (std::size_t i = 0; i < locals_.size(); ++i) {
        co_await io::on(needs_.shards.at(i), [](Stage* stage) -> io::Task<> {
            auto& here = stage->local();
            here.playback.drain();
            here.on_air.drain();
            stage->note_media(here);
            co_await here.tasks.stop(std::chrono::seconds{2});
        }(this));
    }
}

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
        const auto home = locals_[shard]->homes.find(stream);
        if (home == locals_[shard]->homes.end()) return;
        // Always posted, also to oneself: an attach must not answer inside the request that asks for it.
        home_of(home->second).post([this, shard, stream, what] {
            if (const auto broadcast = broadcast_of_stream(stream)) ((*broadcast).*what)(shard);
        });
    };
    return {[ask](const std::string& stream) { ask(stream, &Broadcast::attach); },
            [ask](const std::string& stream) { ask(stream, &Broadcast::detach); }};
}

std::shared_ptr<Broadcast> Stage::broadcast_of_stream(const std::string& stream) {
    auto& here = local();
    const auto home = here.homes.find(stream);
    if (home == here.homes.end()) return nullptr;
    const auto found = here.broadcasts.find(home->second);
    return found != here.broadcasts.end() && found->second->identity().stream == stream ? found->second : nullptr;
}

io::Task<Result<media::PublishGrant>> Stage::admit(media::PublishRequest request) {
    auto holder = co_await needs_.keys.find_by_key(std::move(request.key));
    if (!holder) co_return holder.error();

    const std::string id = holder->channel.id.str();
    const std::string slug = holder->channel.slug;
    auto& home = home_of(id);
    auto opened = co_await io::on(home, open(std::move(holder->channel), request.address));
    if (!opened) co_return opened.error();
    co_await needs_.keys.note_used(holder->key, request.address);

    media::PublishGrant grant;
    grant.channel_id = id;
    grant.slug = slug;
    grant.home = &home;
    grant.begin = [this, id, address = request.address, key = holder->key.str()](std::shared_ptr<media::PublisherControl> control) {
        return begin(id, address, key, std::move(control));
    };
    co_return grant;
}

io::Task<Result<void>> Stage::open(channels::Channel channel, std::string address) {
    auto& here = local();
    if (const auto found = here.broadcasts.find(channel.id.str()); found != here.broadcasts.end()) co_return found->second->may_begin(address);

    const auto now = needs_.clock.wall();
    const auto fresh = new_stream(channel, now);
    auto begin_run = [fresh, now](db::Transaction& tx) { return begin_run_in(tx, fresh, now); };
    const auto [stream, run] = co_await needs_.db.write(std::move(begin_run));

    // Another connection with the same key may have been quicker while the database worked.
    if (const auto found = here.broadcasts.find(channel.id.str()); found != here.broadcasts.end()) co_return found->second->may_begin(address);
    Broadcast::Identity identity{stream.id.str(), channel.id.str(), channel.slug, stream.media_secret.reveal()};
    enter(std::make_shared<Broadcast>(std::move(identity), run, config_, needs_.clock, *this), channel.is_public);
    co_return Result<void>{};
}

StreamRecord Stage::new_stream(const channels::Channel& channel, WallTime now) {
    StreamRecord stream;
    stream.id = make_id<StreamId>(needs_.clock, needs_.random);
    stream.channel = channel.id;
    stream.title = channel.name;
    stream.category = channel.category;
    stream.started_at = stream.last_media_at = stream.created_at = stream.updated_at = now;
    // Hexadecimal: it is a path segment, and part of every media address.
    Bytes noise(kMediaSecretBytes);
    needs_.random.fill(noise);
    stream.media_secret = Secret{to_hex(noise)};
    return stream;
}

void Stage::enter(std::shared_ptr<Broadcast> broadcast, bool is_public) {
    const auto& identity = broadcast->identity();
    local().broadcasts[identity.channel] = broadcast;
    live_gauge().add(1);
    log::info("broadcast.opened", {{"channel", identity.slug}, {"stream", identity.stream}});
    everywhere([identity, is_public, facts = broadcast->facts()](Local& there) {
        there.homes[identity.stream] = identity.channel;
        there.facts[identity.stream] = facts;
        there.playback.announce(identity.stream, identity.media_secret);
        if (is_public) there.on_air.begin(identity.channel, identity.stream);
    });
}

Result<std::unique_ptr<media::Publication>> Stage::begin(const std::string& channel, const std::string& address, const std::string& key,
                                                         std::shared_ptr<media::PublisherControl> control) {
    // It was rotated while this encoder was on its way in.
    if (local().revoked_keys.contains(key)) return Error{Errc::unauthorized, "stream_key_unknown", "This stream key was just changed."};
    const auto found = local().broadcasts.find(channel);
    if (found == local().broadcasts.end()) return Error{Errc::unavailable, "broadcast_ended", "The broadcast has just ended; connect again."};
    return found->second->begin(address, key, std::move(control));
}

io::Task<> Stage::cut(std::string channel, std::string reason) {
    co_await io::on(home_of(channel), [](Stage* stage, std::string id, std::string why) -> io::Task<> {
        const auto found = stage->local().broadcasts.find(id);
        if (found != stage->local().broadcasts.end()) found->second->cut(why);
        co_return;
    }(this, channel, std::move(reason)));
}

io::Task<> Stage::cut_key(channels::ChannelId channel, channels::StreamKeyId key, std::string reason) {
    co_await io::on(home_of(channel.str()), [](Stage* stage, std::string id, std::string which, std::string why) -> io::Task<> {
        auto& here = stage->local();
        here.revoked_keys[which] = stage->needs_.clock.steady() + kGrantLives;
        const auto found = here.broadcasts.find(id);
        if (found != here.broadcasts.end()) found->second->cut_key(which, why);
        co_return;
    }(this, channel.str(), key.str(), std::move(reason)));
}

io::Task<> Stage::channel_gone(channels::ChannelId channel) {
    co_await cut(channel.str(), "This channel was deleted.");
    co_await end(channel.str(), "channel_deleted");
}

io::Task<> Stage::audience_changed(channels::ChannelId channel, bool is_public) {
    co_await io::on(home_of(channel.str()), [](Stage* stage, std::string id, bool open) -> io::Task<> {
        const auto found = stage->local().broadcasts.find(id);
        if (found == stage->local().broadcasts.end()) co_return;
        stage->everywhere([identity = found->second->identity(), open](Local& there) {
            if (open) {
                there.playback.announce(identity.stream, identity.media_secret);
                there.on_air.begin(identity.channel, identity.stream);
            } else {
                there.playback.withdraw(identity.stream);
                there.on_air.end(identity.channel);
            }
        });
    }(this, channel.str(), is_public));
}

io::Task<> Stage::end(std::string channel, std::string reason) {
    co_await io::on(home_of(channel), [](Stage* stage, std::string id, std::string why) -> io::Task<> {
        const auto found = stage->local().broadcasts.find(id);
        if (found != stage->local().broadcasts.end()) co_await stage->finish(found->second, std::move(why));
    }(this, channel, std::move(reason)));
}

Playback& Stage::playback() { return local().playback; }

OnAir& Stage::on_air() { return local().on_air; }

const LiveFacts* Stage::facts(const std::string& stream) {
    auto& here = local();
    const auto found = here.facts.find(stream);
    return found == here.facts.end() ? nullptr : &found->second;
}

media::Hub* Stage::hub_of(const std::string& channel) {
    const auto found = local().broadcasts.find(channel);
    return found == local().broadcasts.end() ? nullptr : &found->second->hub();
}

void Stage::snapshot_ready(std::size_t shard, const std::string& stream, media::hls::SnapshotPtr snapshot) {
    auto& there = needs_.shards.at(shard);
    if (there.here()) return locals_[shard]->playback.update(stream, std::move(snapshot));
    there.post(
        [playback = &locals_[shard]->playback, stream, snapshot = std::move(snapshot)]() mutable { playback->update(stream, std::move(snapshot)); });
}

void Stage::facts_changed(const std::string& stream, const LiveFacts& facts) {
    everywhere([stream, facts](Local& there) { there.facts[stream] = facts; });
}

void Stage::reserve(const std::string& stream, std::uint64_t msn, std::uint64_t discontinuity) {
    local().tasks.spawn("reserve_numbers", [](Stage* stage, std::string id, std::uint64_t to_msn, std::uint64_t to_discontinuity) -> io::Task<> {
        auto write = [id, to_msn, to_discontinuity](db::Transaction& tx) {
            store::reserve_numbers(tx, StreamId{id}, static_cast<std::int64_t>(to_msn), static_cast<std::int64_t>(to_discontinuity));
        };
        co_await stage->needs_.db.write(std::move(write));
    }(this, stream, msn, discontinuity));
}

io::Task<> Stage::rounds() {
    auto& here = local();
    for (int round = 1;; ++round) {
        co_await io::sleep_for(kRound);
        here.playback.tick();
        here.on_air.tick();
        expire(here);
        if (round % kRoundsBetweenNotes == 0) note_media(here);
    }
}

void Stage::expire(Local& here) {
    const auto now = needs_.clock.steady();
    std::erase_if(here.revoked_keys, [&](const auto& revoked) { return revoked.second <= now; });
    std::vector<std::shared_ptr<Broadcast>> over;
    for (auto& [channel, broadcast] : here.broadcasts) {
        if (broadcast->expires_at() && *broadcast->expires_at() <= now) over.push_back(broadcast);
    }
    for (auto& broadcast : over) here.tasks.spawn("finish", finish(broadcast, "encoder_left"));
}

void Stage::note_media(Local& here) {
    std::vector<std::pair<std::string, WallTime>> notes;
    for (auto& [channel, broadcast] : here.broadcasts) notes.emplace_back(broadcast->identity().stream, broadcast->last_media());
    if (notes.empty()) return;
    here.tasks.spawn("note_media", [](Stage* stage, std::vector<std::pair<std::string, WallTime>> all) -> io::Task<> {
        auto write = [all](db::Transaction& tx) {
            for (const auto& [stream, at] : all) store::touch_media(tx, StreamId{stream}, at);
        };
        co_await stage->needs_.db.write(std::move(write));
    }(this, std::move(notes)));
}

io::Task<> Stage::finish(std::shared_ptr<Broadcast> broadcast, std::string reason) {
    auto& here = local();
    // Out of the list first: an encoder that comes back now begins a new stream.
    if (here.broadcasts.erase(broadcast->identity().channel) == 0) co_return;
    live_gauge().add(-1);
    broadcast->end();
    everywhere([channel = broadcast->identity().channel](Local& there) { there.on_air.end(channel); });

    const auto now = needs_.clock.wall();
    const StreamId stream{broadcast->identity().stream};
    auto close = [stream, reason, now](db::Transaction& tx) {
        store::set_status(tx, stream, StreamStatus::live, StreamStatus::ending, reason, now);
        store::set_status(tx, stream, StreamStatus::ending, StreamStatus::archived, reason, now);
    };
    co_await needs_.db.write(std::move(close));
    log::info("broadcast.ended", {{"channel", broadcast->identity().slug}, {"stream", stream}, {"reason", reason}});

    here.tasks.spawn("linger", linger(stream.str()));
}

io::Task<> Stage::linger(std::string stream) {
    co_await io::sleep_for(kLinger);
    everywhere([stream](Local& there) {
        there.playback.withdraw(stream);
        there.facts.erase(stream);
        there.homes.erase(stream);
    });
}

}  // namespace ae::live
