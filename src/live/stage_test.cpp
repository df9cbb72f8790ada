#include "live/stage.hpp"

#include <future>

#include <gtest/gtest.h>

#include "io/run_blocking.hpp"
#include "io/timeout.hpp"
#include "live/stream_service.hpp"
#include "live/testing_life.hpp"

namespace ae::live {
namespace {

using testing::Control;

class StageTest : public testing::OnStage {};
AE_ON_BOTH_ENGINES(StageTest);

TEST_P(StageTest, RefusesAKeyThatNobodyHas) {
    const auto grant = life->knock(Secret{"live_wrong"}, "192.0.2.1");
    ASSERT_FALSE(grant);
    EXPECT_EQ(grant.error().reason, "stream_key_unknown");
    EXPECT_FALSE(live_row());
}

TEST_P(StageTest, BeginsAStreamForTheFirstPublisher) {
    const auto grant = life->knock(key, "192.0.2.1");
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->slug, "ada-live");
    EXPECT_TRUE(life->begin(*grant, std::make_shared<Control>()));
    const auto row = live_row();
    ASSERT_TRUE(row);
    EXPECT_EQ(row->epoch, 1);
    EXPECT_GT(row->next_msn_reserved, 1) << "numbers are on disk before they are used";
}

TEST_P(StageTest, RefusesAStrangerWhileTheFirstOneSends) {
    const auto first = life->knock(key, "192.0.2.1");
    auto control = std::make_shared<Control>();
    const auto publication = life->begin(*first, control);
    const auto second = life->knock(key, "192.0.2.2");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().reason, "publisher_active");
    EXPECT_EQ(control->stopped, "");
    EXPECT_TRUE(publication);
}

TEST_P(StageTest, LetsTheSameAddressTakeOver) {
    const auto first = life->knock(key, "192.0.2.1");
    auto old = std::make_shared<Control>();
    auto before = life->begin(*first, old);
    const auto second = life->knock(key, "192.0.2.1");
    ASSERT_TRUE(second);
    auto after = life->begin(*second, std::make_shared<Control>());
    ASSERT_TRUE(after);
    EXPECT_NE(old->stopped, "");
    // What the old connection still does changes nothing.
    life->lose(*first, std::move(*before));
    const auto* facts = life->on_home(channel.str(), [&] { return life->stage.facts(live_row()->id.str()); });
    ASSERT_NE(facts, nullptr);
    EXPECT_TRUE(facts->publishing);
}

TEST_P(StageTest, LetsAnybodyWithTheKeyTakeOverFromASilentOne) {
    const auto first = life->knock(key, "192.0.2.1");
    const auto before = life->begin(*first, std::make_shared<Control>());
    clock.advance(std::chrono::seconds{2});
    EXPECT_TRUE(life->knock(key, "192.0.2.2"));
}

TEST_P(StageTest, GoesOnWithTheStreamWhenTheEncoderComesBack) {
    const auto first = life->knock(key, "192.0.2.1");
    auto publication = life->begin(*first, std::make_shared<Control>());
    life->send(*first, **publication, 5);
    const auto stream = live_row()->id;
    life->lose(*first, std::move(*publication));
    EXPECT_TRUE(life->knock(key, "198.51.100.7"));
    EXPECT_EQ(live_row()->id, stream);
    EXPECT_EQ(live_row()->epoch, 1) << "the same run of the packager";
}

TEST_P(StageTest, GoesOnAboveTheReservedNumbersAfterARestart) {
    const auto first = life->knock(key, "192.0.2.1");
    auto publication = life->begin(*first, std::make_shared<Control>());
    life->send(*first, **publication, 5);
    const auto before = *live_row();
    publication->reset();
    restart();

    ASSERT_TRUE(life->knock(key, "192.0.2.1"));
    const auto after = *live_row();
    EXPECT_EQ(after.id, before.id);
    EXPECT_EQ(after.epoch, before.epoch + 1);
    EXPECT_EQ(after.next_msn_reserved, before.next_msn_reserved + static_cast<std::int64_t>(StreamRun::kMsnBlock));
    EXPECT_EQ(after.next_discontinuity_reserved, before.next_discontinuity_reserved + static_cast<std::int64_t>(StreamRun::kDiscontinuityBlock));
}

TEST_P(StageTest, ClosesAtTheStartWhatNobodyCameBackTo) {
    const auto first = life->knock(key, "192.0.2.1");
    ASSERT_TRUE(first);
    clock.advance(life->config.reconnect_window + std::chrono::seconds{1});
    restart();
    EXPECT_FALSE(live_row());
}

TEST_P(StageTest, ShowsAStreamWhoseEncoderIsAwayAsReconnecting) {
    const auto first = life->knock(key, "192.0.2.1");
    auto publication = life->begin(*first, std::make_shared<Control>());
    life->send(*first, **publication, 5);
    StreamService streams{db(), life->stage, life->channels, clock, random, life->config, "https://cdn.example.org"};
    const auto look = [&] {
        auto seen = std::make_shared<std::promise<std::optional<channels::StreamView>>>();
        auto future = seen->get_future();
        boost::asio::co_spawn(life->shards.at(0).context(), streams.current_stream(channel, false),
                              [seen](std::exception_ptr, std::optional<channels::StreamView> view) { seen->set_value(std::move(view)); });
        return future.get();
    };
    const auto live = look();
    ASSERT_TRUE(live);
    EXPECT_FALSE(live->reconnecting);
    EXPECT_TRUE(live->has_video);
    EXPECT_TRUE(live->has_audio);
    EXPECT_EQ(live->hls_url, "https://cdn.example.org/hls/" + live->id.str() + "/master.m3u8");
    life->lose(*first, std::move(*publication));
    EXPECT_TRUE(look()->reconnecting);
}

TEST_P(StageTest, EndsAStreamWhoseEncoderDoesNotComeBackAfterARestart) {
    publish();
    const auto stream = live_row()->id;
    publication.reset();
    restart();
    life->stage.start();
    EXPECT_EQ(current_stream(), stream.str()) << "it waits for its encoder";
    clock.advance(life->config.reconnect_window + std::chrono::seconds{1});
    EXPECT_TRUE(testing::Life::until([&] { return row(stream.str()).status == StreamStatus::archived; }));
    EXPECT_EQ(history(stream.str()), "OFFLINE ingest, LIVE ingest, ENDING encoder_left, ARCHIVED recording_final");
    EXPECT_EQ(current_stream(), "");
}

TEST_P(StageTest, ARevokedKeyCutsThePublicationThatWasMadeWithIt) {
    publish();
    const auto holder = io::run_blocking(life->keys.find_by_key(key)).value();
    life->run(life->stage.cut_key(channel, channels::StreamKeyId{"another"}, "Not you."));
    EXPECT_EQ(control->stopped, "");
    life->run(life->stage.cut_key(channel, holder.key, "Changed."));
    EXPECT_EQ(control->stopped, "Changed.");
    const auto late = life->begin(*grant, std::make_shared<Control>());
    ASSERT_FALSE(late) << "one that knocked before the key was revoked";
    EXPECT_EQ(late.error().reason, "stream_key_unknown");
}

TEST_P(StageTest, GoingPrivateChangesTheSecretAndTheEncoderNoticesNothing) {
    publish();
    const auto before = *live_row();
    life->run(life->stage.audience_changed(channel, false));
    const auto after = *live_row();
    EXPECT_EQ(after.id, before.id);
    EXPECT_NE(after.media_secret.reveal(), before.media_secret.reveal());
    EXPECT_EQ(after.epoch, before.epoch + 1);
    EXPECT_EQ(control->stopped, "");
    life->send(*grant, *publication, 5);
    EXPECT_TRUE(life->on_home(channel.str(), [&] { return life->stage.hub_of(channel.str()) == nullptr; })) << "nor is it for RTMP players";
}

TEST_P(StageTest, TellsTheBusWhatHappens) {
    std::vector<std::string> heard;
    bus::Subscription subscription;
    life->on_home(channel.str(), [&] {
        subscription = life->bus.subscribe<StreamStatusChanged>(kStreamStatus, [&](const StreamStatusChanged& event) {
            heard.push_back(std::string{channels::status_word(event.status)} + " " + event.reason + (event.reconnecting ? " reconnecting" : ""));
        });
    });
    publish();
    lose_encoder();
    life->run(life->stage.channel_gone(channel));
    const std::vector<std::string> expected{"LIVE ingest reconnecting", "LIVE ingest", "LIVE ingest reconnecting", "ENDING channel_deleted",
                                            "ARCHIVED recording_final"};
    EXPECT_TRUE(testing::Life::until([&] { return life->on_home(channel.str(), [&] { return heard.size() == expected.size(); }); }));
    life->on_home(channel.str(), [&] {
        EXPECT_EQ(heard, expected);
        subscription = {};
    });
}

/// A recording that takes its time.
class SlowRecordings final : public Recordings {
  public:
    io::Task<Recording> finalise(channels::StreamId) override {
        while (!done) co_await io::sleep_for(std::chrono::milliseconds{5});
        co_return Recording{"recordings/1", "/vods/1"};
    }
    std::atomic<bool> done = false;
};

TEST_P(StageTest, StaysEndingUntilTheRecordingIsFinal) {
    SlowRecordings recordings;
    life->stop();
    ended.push_back(std::move(life));
    life = std::make_unique<testing::Life>(db(), clock, random, recordings);
    publish();
    const auto stream = live_row()->id.str();
    EXPECT_EQ(life->ask("POST", "/api/streams/" + stream + "/end", {}, "ada").status(), 200);
    EXPECT_EQ(row(stream).status, StreamStatus::ending);
    EXPECT_EQ(testing::Life::text(testing::Life::json(life->get("/api/streams/" + stream)).at("status")), "ENDING");
    recordings.done = true;
    EXPECT_TRUE(testing::Life::until([&] { return row(stream).status == StreamStatus::archived; }));
    EXPECT_EQ(row(stream).recording_path, "recordings/1");
    EXPECT_EQ(row(stream).vod_url, "/vods/1");
    EXPECT_TRUE(row(stream).is_archived);
}

}  // namespace
}  // namespace ae::live
