// What all shards know of the streams on the stage, and who watches them.
#include "io/timeout.hpp"
#include "live/stage.hpp"

namespace ae::live {

namespace {

constexpr std::chrono::seconds kRound{1};
/// How often the rows of running broadcasts say that media came, and how many watch; the reconnect window is many times that.
constexpr int kRoundsBetweenNotes = 10;

Access access_of(const Showing& showing) {
    return showing.is_public && showing.record.status != StreamStatus::offline ? Access::everybody : Access::owner;
}

}  // namespace

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

void Stage::show(ShowingPtr showing) {
    everywhere([showing](Local& there) {
        const auto& stream = showing->record.id.str();
        there.showings[stream] = showing;
        // One that is over does not stand in the way of the next.
        if (showing->record.status != StreamStatus::archived) there.streams[showing->record.channel.str()] = stream;
    });
}

void Stage::change(const std::string& stream, const std::function<void(Showing&)>& how) {
    const auto found = showing(stream);
    if (!found) return;
    auto changed = std::make_shared<Showing>(*found);
    how(*changed);
    everywhere([changed = ShowingPtr{changed}](Local& there) {
        const auto known = there.showings.find(changed->record.id.str());
        if (known != there.showings.end()) known->second = changed;
    });
}

void Stage::announce(const Showing& showing) {
    const Announcement what{showing.record.id.str(), showing.record.media_secret.reveal(), access_of(showing),
                            static_cast<std::uint64_t>(showing.record.epoch)};
    const bool on_air = what.access == Access::everybody && showing.record.status == StreamStatus::live;
    everywhere([what, on_air, channel = showing.record.channel.str()](Local& there) {
        there.playback.announce(what);
        if (on_air) there.on_air.begin(channel, what.stream);
        else there.on_air.end(channel);
    });
}

void Stage::tell_status(const Showing& showing) {
    bus().publish(kStreamStatus, {.stream = showing.record.id,
                                  .channel = showing.record.channel,
                                  .status = showing.record.status,
                                  .reason = showing.record.reason,
                                  .reconnecting = showing.record.status == StreamStatus::live && !showing.facts.publishing,
                                  .at = needs_.clock.wall()});
}

ShowingPtr Stage::showing(const std::string& stream) {
    auto& here = local();
    const auto found = here.showings.find(stream);
    return found == here.showings.end() ? nullptr : found->second;
}

ShowingPtr Stage::showing_of_channel(const std::string& channel) {
    auto& here = local();
    const auto found = here.streams.find(channel);
    return found == here.streams.end() ? nullptr : showing(found->second);
}

const LiveFacts* Stage::facts(const std::string& stream) {
    const auto found = showing(stream);
    return found ? &found->facts : nullptr;
}

void Stage::facts_changed(const std::string& stream, const LiveFacts& facts) {
    const auto before = showing(stream);
    change(stream, [&](Showing& showing) { showing.facts = facts; });
    const auto after = showing(stream);
    if (before && after && before->facts.publishing != facts.publishing) tell_status(*after);
}

io::Task<> Stage::details_changed(StreamRecord record) {
    const auto channel = record.channel.str();
    co_await io::on(home_of(channel), [](Stage* stage, StreamRecord written) -> io::Task<> {
        stage->change(written.id.str(), [&](Showing& showing) {
            showing.record.title = written.title;
            showing.record.description = written.description;
            showing.record.category = written.category;
            showing.record.updated_at = written.updated_at;
        });
        co_return;
    }(this, std::move(record)));
}

io::Task<> Stage::rounds() {
    auto& here = local();
    for (int round = 1;; ++round) {
        co_await io::sleep_for(kRound);
        report(here.playback.tick());
        here.on_air.tick();
        expire(here);
        count_heads(here);
        if (round % kRoundsBetweenNotes == 0) note_media(here);
    }
}

void Stage::report(std::vector<AudienceReport> reports) {
    for (auto& each : reports) {
        const auto found = showing(each.stream);
        if (!found) continue;
        home_of(found->record.channel.str()).post([this, each = std::move(each)] {
            const auto heads = local().heads.find(each.stream);
            if (heads != local().heads.end()) heads->second.apply(each);
        });
    }
}

void Stage::count_heads(Local& here) {
    for (auto& [stream, heads] : here.heads) {
        const auto found = showing(stream);
        if (!found || (found->viewers == heads.viewers() && found->peak == heads.peak())) continue;
        change(stream, [&](Showing& showing) {
            showing.viewers = heads.viewers();
            showing.peak = heads.peak();
        });
        bus().publish(kStreamViewers, {found->record.id, found->record.channel, heads.viewers(), heads.peak()});
    }
}

void Stage::note_media(Local& here) {
    struct Note {
        StreamId stream;
        WallTime at;
        std::int64_t viewers, peak;
    };
    std::vector<Note> notes;
    for (auto& [channel, broadcast] : here.broadcasts) {
        const auto found = showing(broadcast->identity().stream);
        if (found) notes.push_back({found->record.id, broadcast->last_media(), found->viewers, found->peak});
    }
    if (notes.empty()) return;
    here.tasks.spawn("note_media", [](Stage* stage, std::vector<Note> all) -> io::Task<> {
        auto write = [all](db::Transaction& tx) {
            for (const auto& note : all) {
                store::touch_media(tx, note.stream, note.at);
                store::set_viewers(tx, note.stream, note.viewers, note.peak);
            }
        };
        co_await stage->needs_.db.write(std::move(write));
    }(this, std::move(notes)));
}

}  // namespace ae::live
