#include "live/stage.hpp"

#include <future>

#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "channels/channel_service.hpp"
#include "channels/channel_store.hpp"
#include "io/run_blocking.hpp"
#include "live/stream_service.hpp"
#include "media/hls/test_studio.hpp"
#include "names/names.hpp"
#include "store/db/migrate.hpp"
#include "store/db/testing.hpp"

namespace ae::live {
namespace {

/// The way back to an encoder that is not there.
struct Control final : media::PublisherControl {
    void stop(std::string reason) override { stopped = std::move(reason); }
    std::string stopped;
};

/// A server's life: the same database may be opened by the next one.
class Life {
  public:
    Life(db::Db& db, const Clock& clock, Random& random)
        : channels(db, clock, random, Secret{std::string(32, 's')}),
          keys(db, clock, random, Secret{std::string(32, 's')}),
          shards(2),
          stage({shards, db, keys, clock, random}, config) {
        stage.start_blocking();
        shards.start();
    }
    ~Life() { stop(); }
    /// The loops stay until the database has closed: its threads may still be leaving them.
    void stop() {
        shards.stop();
        shards.join();
    }

    template <class F>
    auto on_home(const std::string& channel, F work) {
        auto done = std::make_shared<std::promise<decltype(work())>>();
        auto future = done->get_future();
        stage.home_of(channel).post([done, work] {
            if constexpr (std::is_void_v<decltype(work())>) work(), done->set_value();
            else done->set_value(work());
        });
        return future.get();
    }
    Result<media::PublishGrant> knock(const Secret& key, std::string address) {
        auto knocked = std::make_shared<std::promise<Result<media::PublishGrant>>>();
        auto future = knocked->get_future();
        boost::asio::co_spawn(shards.at(0).context(), stage.admit({"rtmp", "live", key, std::move(address), "test"}),
                              [knocked](std::exception_ptr, Result<media::PublishGrant> grant) { knocked->set_value(std::move(grant)); });
        return future.get();
    }
    Result<std::unique_ptr<media::Publication>> begin(const media::PublishGrant& grant, std::shared_ptr<Control> control) {
        return on_home(grant.channel_id, [&] { return grant.begin(control); });
    }
    void send(const media::PublishGrant& grant, media::Publication& publication, double seconds) {
        on_home(grant.channel_id, [&] {
            for (const auto& frame : media::hls::studio::record({.seconds = seconds})) publication.on_frame(frame);
        });
    }
    void lose(const media::PublishGrant& grant, std::unique_ptr<media::Publication> publication) {
        on_home(grant.channel_id, [&] { publication.reset(); });
    }

    LiveConfig config;
    channels::ChannelService channels;
    channels::StreamKeyService keys;
    io::Shards shards;
    Stage stage;
};

class StageTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        crypto::start();
        migrate(names::migrations());
        migrate(channels::migrations());
        migrate(migrations());
        life = std::make_unique<Life>(db(), clock, random);
        auto made = io::run_blocking(life->channels.create("Ada", "ada-live"));
        ASSERT_TRUE(made);
        key = made->key;
        channel = made->channel.id;
    }
    std::optional<StreamRecord> live_row() {
        return db().read_blocking([&](db::Transaction& tx) { return store::find_live_of_channel(tx, channel); });
    }
    void TearDown() override {
        life->stop();
        db().close_blocking();
    }
    void restart() {
        life->stop();
        ended.push_back(std::move(life));
        life = std::make_unique<Life>(db(), clock, random);
    }

    ManualClock clock;
    SystemRandom random;
    Secret key;
    channels::ChannelId channel;
    std::vector<std::unique_ptr<Life>> ended;
    std::unique_ptr<Life> life;
};
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
    StreamService streams{db(), life->stage, clock, "https://cdn.example.org"};
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

}  // namespace
}  // namespace ae::live
