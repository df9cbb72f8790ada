// How streams go live, go on and end: the only place that moves a stream from one status to the next.
#include "base/log.hpp"
#include "io/timeout.hpp"
#include "live/lifecycle.hpp"
#include "live/stage.hpp"
#include "live/stage_steps.hpp"

namespace ae::live {

namespace {

/// How long the ended broadcast's playlists can still be fetched, so that players come to the last part.
constexpr std::chrono::seconds kLinger{30};
/// After End, the same encoder that goes on knocking is no wish to be live again.
constexpr std::chrono::seconds kRefuseAfterEnd{60};
/// Between knocking and publishing an encoder may take this long: so long is a revoked key remembered.
constexpr std::chrono::minutes kGrantLives{2};

Error no_ingest() { return {Errc::conflict, "no_ingest", "No encoder is sending for this stream. Start streaming in your encoder first."}; }

}  // namespace

Transition Stage::step(StreamStatus from, StreamStatus to, std::string reason, const channels::UserId& actor) {
    Transition step;
    step.at = needs_.clock.wall();
    step.id = TransitionId{make_id_text(step.at, needs_.random)};
    step.from = from;
    step.to = to;
    step.reason = std::move(reason);
    if (!actor.empty()) step.actor = actor;
    return step;
}

void Stage::start_blocking() {
    const auto now = needs_.clock.wall();
    const auto found = needs_.db.read_blocking([](db::Transaction& tx) {
        auto all = store::all_live(tx);
        for (auto& ending : store::all_ending(tx)) all.push_back(std::move(ending));
        return all;
    });
    for (const auto& stream : found) {
        // A broadcast that never had media is as old as its row.
        const auto last = stream.last_media_at.value_or(stream.created_at);
        const bool over = stream.status == StreamStatus::ending || last + config_.reconnect_window <= now;
        if (!over) {
            // It may go on: known to every shard, so that players who ask wait for the encoder instead of being told 404.
            auto showing = std::make_shared<Showing>();
            showing->record = stream;
            showing->peak = stream.peak_viewers;
            showing->is_public = needs_.db.read_blocking([&](db::Transaction& tx) {
                const auto listed = store::find_listed(tx, stream.id);
                return listed && listed->channel.is_public;
            });
            const Announcement what{stream.id.str(), stream.media_secret.reveal(), showing->is_public ? Access::everybody : Access::owner,
                                    static_cast<std::uint64_t>(stream.epoch)};
            for (auto& each : locals_) {
                each->showings[stream.id.str()] = showing;
                each->streams[stream.channel.str()] = stream.id.str();
                each->playback.announce(what);
            }
            auto& home = *locals_[home_of(stream.channel.str()).index()];
            home.awaited[stream.channel.str()] = needs_.clock.steady() + (last + config_.reconnect_window - now);
            auto& heads = home.heads[stream.id.str()];
            heads.begin(what.run);
            heads.raise_peak(stream.peak_viewers);
            continue;
        }
        auto ended = step(StreamStatus::live, StreamStatus::ending, "server_away");
        ended.ended_at = last;
        const auto archived = step(StreamStatus::ending, StreamStatus::archived, "recording_final");
        needs_.db.write_blocking([&](db::Transaction& tx) {
            store::move(tx, stream.id, ended);
            store::move(tx, stream.id, archived);
        });
        log::info("stream.closed_at_start", {{"stream", stream.id}});
    }
}

io::Task<Result<void>> Stage::go_live(ChannelId channel, std::optional<StreamId> stream, channels::UserId actor) {
    auto work = [](Stage* stage, std::string id, std::optional<StreamId> wanted, channels::UserId by) -> io::Task<Result<void>> {
        auto& here = stage->local();
        const auto known = stage->showing_of_channel(id);
        const auto found = here.broadcasts.find(id);
        if (known && (!wanted || known->record.id == *wanted)) {
            if (auto legal = check_transition(known->record.status, StreamStatus::live, Mover::owner); !legal) co_return legal;
        }
        if (!known || found == here.broadcasts.end() || !known->facts.publishing || (wanted && known->record.id != *wanted)) co_return no_ingest();
        if (here.moving.contains(id)) co_return Error{Errc::conflict, "transition_illegal", "The stream is changing its status right now."};

        const Counted moving{here.moving, id};
        auto take = [stream = known->record.id, to_live = stage->step(StreamStatus::offline, StreamStatus::live, "went_live", by)](
                        db::Transaction& tx) -> std::optional<StreamRecord> {
            if (!store::move(tx, stream, to_live)) return std::nullopt;
            return store::find(tx, stream);
        };
        auto record = co_await stage->needs_.db.write(std::move(take));
        if (!record) co_return Error{Errc::conflict, "transition_illegal", "The stream is not where it was."};
        stage->change(record->id.str(), [&](Showing& showing) { showing.record = *record; });
        const auto now = stage->showing(record->id.str());
        stage->announce(*now);
        stage->tell_status(*now);
        log::info("stream.went_live", {{"stream", record->id}});
        co_return Result<void>{};
    }(this, channel.str(), std::move(stream), std::move(actor));
    co_return co_await io::on(home_of(channel.str()), std::move(work));
}

io::Task<Result<void>> Stage::end_stream(ChannelId channel, StreamId stream, channels::UserId actor) {
    auto work = [](Stage* stage, std::string id, StreamId wanted, channels::UserId by) -> io::Task<Result<void>> {
        auto& here = stage->local();
        const auto known = stage->showing(wanted.str());
        if (!known || here.moving.contains(id)) co_return Error{Errc::conflict, "transition_illegal", "The stream is not LIVE any more."};
        if (auto legal = check_transition(known->record.status, StreamStatus::ending, Mover::owner); !legal) co_return legal;
        const auto found = here.broadcasts.find(id);
        if (found != here.broadcasts.end() && found->second->encoder()) {
            here.refused[id] = {*found->second->encoder(), stage->needs_.clock.steady() + kRefuseAfterEnd};
        }
        co_await stage->close(id, "owner_ended", by);
        co_return Result<void>{};
    }(this, channel.str(), std::move(stream), std::move(actor));
    co_return co_await io::on(home_of(channel.str()), std::move(work));
}

io::Task<> Stage::welcome_back(ChannelId channel) {
    co_await io::on(home_of(channel.str()), [](Stage* stage, std::string id) -> io::Task<> {
        stage->local().refused.erase(id);
        co_return;
    }(this, channel.str()));
}

io::Task<> Stage::cut(std::string channel, std::string reason) {
    co_await io::on(home_of(channel), [](Stage* stage, std::string id, std::string why) -> io::Task<> {
        const auto found = stage->local().broadcasts.find(id);
        if (found != stage->local().broadcasts.end()) found->second->cut(why);
        co_return;
    }(this, channel, std::move(reason)));
}

io::Task<> Stage::cut_key(ChannelId channel, channels::StreamKeyId key, std::string reason) {
    co_await io::on(home_of(channel.str()), [](Stage* stage, std::string id, std::string which, std::string why) -> io::Task<> {
        auto& here = stage->local();
        here.revoked_keys[which] = stage->needs_.clock.steady() + kGrantLives;
        const auto found = here.broadcasts.find(id);
        if (found != here.broadcasts.end()) found->second->cut_key(which, why);
        co_return;
    }(this, channel.str(), key.str(), std::move(reason)));
}

io::Task<> Stage::channel_gone(ChannelId channel) {
    co_await cut(channel.str(), "This channel was deleted.");
    co_await io::on(home_of(channel.str()), close(channel.str(), "channel_deleted", {}));
}

io::Task<> Stage::audience_changed(ChannelId channel, bool is_public) {
    co_await io::on(home_of(channel.str()), [](Stage* stage, std::string id, bool open) -> io::Task<> {
        const auto known = stage->showing_of_channel(id);
        if (!known || known->is_public == open) co_return;
        const auto stream = known->record.id.str();
        stage->change(stream, [&](Showing& showing) { showing.is_public = open; });
        // At once: strangers are out before the new secret is written.
        stage->announce(*stage->showing(stream));
        if (!open) co_await stage->renew(id, stream);
    }(this, channel.str(), is_public));
}

io::Task<> Stage::renew(std::string channel, std::string stream) {
    auto& here = local();
    const Counted moving{here.moving, channel};
    auto write = [id = StreamId{stream}, secret = make_media_secret(), now = needs_.clock.wall()](db::Transaction& tx) {
        store::renew_secret(tx, id, secret, now);
        const auto run = take_run(tx, id, now);
        return std::pair{store::find(tx, id).value(), run};
    };
    const auto [record, run] = co_await needs_.db.write(std::move(write));
    here.heads[stream].begin(run.epoch);
    if (const auto found = here.broadcasts.find(channel); found != here.broadcasts.end() && found->second->identity().stream == stream) {
        found->second->renew(record.media_secret.reveal(), run);
    }
    change(stream, [&](Showing& showing) { showing.record = record; });
    if (const auto now = showing(stream)) announce(*now);
}

void Stage::expire(Local& here) {
    const auto now = needs_.clock.steady();
    std::erase_if(here.revoked_keys, [&](const auto& revoked) { return revoked.second <= now; });
    std::erase_if(here.refused, [&](const auto& refused) { return refused.second.until <= now; });
    std::vector<std::string> over;
    for (const auto& [channel, broadcast] : here.broadcasts) {
        if (broadcast->expires_at() && *broadcast->expires_at() <= now) over.push_back(channel);
    }
    for (const auto& [channel, until] : here.awaited) {
        if (until <= now && !here.opening.contains(channel)) over.push_back(channel);
    }
    for (auto& channel : over) {
        if (!here.moving.contains(channel)) here.tasks.spawn("close", close(channel, "encoder_left", {}));
    }
}

io::Task<> Stage::close(std::string channel, std::string reason, channels::UserId actor) {
    auto& here = local();
    const auto known = showing_of_channel(channel);
    here.awaited.erase(channel);
    if (const auto found = here.broadcasts.find(channel); found != here.broadcasts.end()) {
        // Out of the list first: an encoder that comes back when the row is written begins a new stream.
        const auto broadcast = found->second;
        here.broadcasts.erase(found);
        live_gauge().add(-1);
        broadcast->end();
    }
    if (!known || known->record.status == StreamStatus::ending || known->record.status == StreamStatus::archived) co_return;
    const auto stream = known->record.id;
    everywhere([channel](Local& there) { there.on_air.end(channel); });

    const Counted moving{here.moving, channel};
    auto write = [stream, peak = known->peak, end = step(StreamStatus::live, StreamStatus::ending, reason, actor)](db::Transaction& tx) {
        store::set_viewers(tx, stream, 0, peak);
        // One that was only looked at by its owner waits for the next encoder, as it was prepared.
        store::move(tx, stream, end);
        return store::find(tx, stream).value();
    };
    auto record = co_await needs_.db.write(std::move(write));
    here.heads.erase(stream.str());
    change(stream.str(), [&](Showing& showing) {
        showing.record = record;
        showing.viewers = 0;
        showing.facts.publishing = false;
    });
    if (const auto now = showing(stream.str())) tell_status(*now);
    log::info("broadcast.ended", {{"channel", channel}, {"stream", stream}, {"reason", reason}});
    here.tasks.spawn("archive", archive(std::move(record)));
}

io::Task<> Stage::archive(StreamRecord record) {
    const auto stream = record.id;
    if (record.status == StreamStatus::ending) {
        const auto recording = co_await needs_.recordings.finalise(stream);
        auto write = [stream, recording, end = step(StreamStatus::ending, StreamStatus::archived, "recording_final")](db::Transaction& tx) {
            store::set_recording(tx, stream, recording.path, recording.vod_url);
            store::move(tx, stream, end);
            return store::find(tx, stream).value();
        };
        record = co_await needs_.db.write(std::move(write));
        change(stream.str(), [&](Showing& showing) { showing.record = record; });
        if (const auto now = showing(stream.str())) tell_status(*now);
    }
    everywhere([stream = stream.str(), channel = record.channel.str()](Local& there) {
        const auto current = there.streams.find(channel);
        if (current != there.streams.end() && current->second == stream) there.streams.erase(current);
    });
    co_await io::sleep_for(kLinger);
    // A preview that went away and came back is on the stage again.
    if (broadcast_of_stream(stream.str())) co_return;
    everywhere([stream = stream.str()](Local& there) {
        there.playback.withdraw(stream);
        there.showings.erase(stream);
    });
}

}  // namespace ae::live
