#include "live/stream_store.hpp"

#include "channels/channel_store.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::live {
namespace {

constexpr WallTime kNoon{std::chrono::seconds{1'790'000'000}};

class StreamStore : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(channels::migrations());
        migrate(migrations());
        add_channel("c1", "ada", true);
        add_channel("c2", "bob", true);
        add_channel("c3", "eve", false);
    }
    template <class F>
    auto write(F work) {
        return db().write_blocking(std::move(work));
    }
    void add_channel(std::string id, std::string slug, bool shown) {
        const channels::Channel channel{.id = ChannelId{id}, .slug = slug, .name = "Channel " + slug, .is_public = shown};
        write([&](db::Transaction& transaction) { channels::store::insert(transaction, channel); });
    }
    StreamRecord add(std::string id, std::string channel, StreamStatus status = StreamStatus::live) {
        StreamRecord stream;
        stream.id = StreamId{std::move(id)};
        stream.channel = ChannelId{std::move(channel)};
        stream.title = "Title";
        stream.category = "music";
        stream.status = status;
        stream.started_at = kNoon;
        stream.media_secret = Secret{"media secret"};
        stream.created_at = stream.updated_at = kNoon;
        write([&](db::Transaction& transaction) { store::insert(transaction, stream); });
        return stream;
    }
    bool move(const std::string& id, StreamStatus from, StreamStatus to, WallTime at, std::optional<WallTime> ended_at = {}) {
        const Transition step{
            .id = TransitionId{"t" + std::to_string(++steps_)}, .from = from, .to = to, .reason = "because", .at = at, .ended_at = ended_at};
        return write([&](db::Transaction& transaction) { return store::move(transaction, StreamId{id}, step); });
    }
    StreamRecord get(const std::string& id) {
        return db().read_blocking([&](db::Transaction& transaction) { return store::find(transaction, StreamId{id}).value(); });
    }
    std::vector<std::string> listed(StreamStatus status, std::string before, std::int64_t most) {
        const auto rows =
            db().read_blocking([&](db::Transaction& transaction) { return store::list(transaction, {.status = status}, before, most); });
        std::vector<std::string> ids;
        for (const auto& row : rows) ids.push_back(row.stream.id.str());
        return ids;
    }

  private:
    int steps_ = 0;
};
AE_ON_BOTH_ENGINES(StreamStore);

TEST_P(StreamStore, FindsWhatItKept) {
    add("s1", "c1");
    const auto stream = get("s1");
    EXPECT_EQ(stream.channel.str(), "c1");
    EXPECT_EQ(stream.title, "Title");
    EXPECT_EQ(stream.category, "music");
    EXPECT_EQ(stream.status, StreamStatus::live);
    EXPECT_EQ(stream.started_at, kNoon);
    EXPECT_EQ(stream.ended_at, std::nullopt);
    EXPECT_EQ(stream.media_secret.reveal(), "media secret");
    EXPECT_EQ(stream.next_msn_reserved, 1);
}

TEST_P(StreamStore, AChannelIsOnAirOnce) {
    add("s1", "c1");
    add("s2", "c2");
    EXPECT_THROW(add("s3", "c1"), db::UniqueViolation);
    const auto live = db().read_blocking([](db::Transaction& transaction) { return store::find_live_of_channel(transaction, ChannelId{"c1"}); });
    EXPECT_EQ(live.value().id.str(), "s1");
    move("s1", StreamStatus::live, StreamStatus::archived, kNoon);
    add("s4", "c1");
}

TEST_P(StreamStore, ListsThoseOfPublicChannelsNewestFirstAndGoesOnFromAKey) {
    add("s1", "c1");
    add("s2", "c2");
    add("s3", "c3");
    add("s4", "c1", StreamStatus::archived);
    EXPECT_EQ(listed(StreamStatus::live, "", 10), (std::vector<std::string>{"s2", "s1"}));
    EXPECT_EQ(listed(StreamStatus::live, "", 1), (std::vector<std::string>{"s2"}));
    EXPECT_EQ(listed(StreamStatus::live, "s2", 10), (std::vector<std::string>{"s1"}));
    EXPECT_EQ(listed(StreamStatus::archived, "", 10), (std::vector<std::string>{"s4"}));
    write([](db::Transaction& transaction) { channels::store::remove(transaction, ChannelId{"c2"}, kNoon); });
    const auto rows = db().read_blocking([](db::Transaction& transaction) { return store::list(transaction, {}, "", 10); });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].channel.slug, "ada");
    EXPECT_EQ(rows[0].channel.name, "Channel ada");
    EXPECT_EQ(db().read_blocking([](db::Transaction& transaction) { return store::all_live(transaction).size(); }), 3U);
}

TEST_P(StreamStore, MovesOnlyFromWhereTheStepBeginsAndWritesItDown) {
    add("s1", "c1", StreamStatus::offline);
    EXPECT_FALSE(move("s1", StreamStatus::live, StreamStatus::ending, kNoon));
    EXPECT_TRUE(move("s1", StreamStatus::offline, StreamStatus::live, kNoon + std::chrono::seconds{1}));
    write([](db::Transaction& transaction) { store::set_viewers(transaction, StreamId{"s1"}, 7, 9); });
    EXPECT_TRUE(move("s1", StreamStatus::live, StreamStatus::ending, kNoon + std::chrono::seconds{9}, kNoon + std::chrono::seconds{5}));
    EXPECT_EQ(get("s1").ended_at, kNoon + std::chrono::seconds{5});
    EXPECT_EQ(get("s1").reason, "because");
    EXPECT_EQ(get("s1").viewer_count, 0) << "nobody watches what is over";
    EXPECT_EQ(get("s1").peak_viewers, 9);
    EXPECT_TRUE(move("s1", StreamStatus::ending, StreamStatus::archived, kNoon + std::chrono::seconds{10}));
    EXPECT_EQ(get("s1").ended_at, kNoon + std::chrono::seconds{5}) << "the end stays where it was";
    EXPECT_TRUE(get("s1").is_archived);
    const auto steps = db().read_blocking([](db::Transaction& transaction) { return store::transitions_of(transaction, StreamId{"s1"}); });
    ASSERT_EQ(steps.size(), 3U) << "the step that was not taken is not there";
    EXPECT_EQ(steps[0].from, StreamStatus::offline);
    EXPECT_EQ(steps[2].to, StreamStatus::archived);
    EXPECT_FALSE(steps[0].made);
    EXPECT_EQ(steps[0].actor, std::nullopt);
}

TEST_P(StreamStore, FindsTheNewestThatWasPrepared) {
    add("s1", "c1", StreamStatus::offline);
    add("s2", "c1", StreamStatus::offline);
    add("s3", "c2", StreamStatus::offline);
    db().read_blocking([](db::Transaction& transaction) {
        EXPECT_EQ(store::find_prepared_of_channel(transaction, ChannelId{"c1"})->id.str(), "s2");
        EXPECT_EQ(store::count_prepared(transaction, ChannelId{"c1"}), 2);
        EXPECT_FALSE(store::find_prepared_of_channel(transaction, ChannelId{"c3"}));
    });
}

TEST_P(StreamStore, HasEveryFieldOfTheModelWithItsDefault) {
    // PHASE_1_FOUNDATION, model Stream: what a stream is that nothing was said about.
    const StreamRecord bare{.id = StreamId{"s1"}, .channel = ChannelId{"c1"}, .title = "T", .category = "just-chatting"};
    write([&](db::Transaction& transaction) { store::insert(transaction, bare); });
    const auto stream = get("s1");
    EXPECT_EQ(stream.status, StreamStatus::offline);
    EXPECT_EQ(stream.description, "");
    EXPECT_EQ(stream.started_at, std::nullopt);
    EXPECT_EQ(stream.ended_at, std::nullopt);
    EXPECT_EQ(stream.viewer_count, 0);
    EXPECT_EQ(stream.peak_viewers, 0);
    EXPECT_EQ(stream.thumbnail_url, std::nullopt);
    EXPECT_EQ(stream.recording_path, std::nullopt);
    EXPECT_EQ(stream.vod_url, std::nullopt);
    EXPECT_FALSE(stream.is_archived);
    EXPECT_EQ(stream.starts_with, channels::StartsWith::at_once);
    const db::Query wrong{"test.wrong_status", "UPDATE streams SET status = 'DREAMING' WHERE id = 's1'"};
    EXPECT_ANY_THROW(write([&](db::Transaction& transaction) { transaction.execute(wrong); }));
}

TEST_P(StreamStore, ReservedNumbersNeverGoBack) {
    add("s1", "c1");
    const auto reserve = [this](std::int64_t msn, std::int64_t discontinuity) {
        return write([=](db::Transaction& transaction) { return store::reserve_numbers(transaction, StreamId{"s1"}, msn, discontinuity); });
    };
    EXPECT_TRUE(reserve(100, 8));
    EXPECT_TRUE(reserve(50, 9));
    const auto take = [this](const char* id) {
        return write([=](db::Transaction& transaction) { return store::take_epoch(transaction, StreamId{id}, kNoon); });
    };
    const auto first = take("s1").value();
    EXPECT_EQ(first.epoch, 1);
    EXPECT_EQ(first.first_msn, 100);
    EXPECT_EQ(first.first_discontinuity, 9);
    EXPECT_EQ(take("s1").value().epoch, 2);
    EXPECT_EQ(take("nobody"), std::nullopt);
}

TEST_P(StreamStore, RemembersThePeakOfItsViewers) {
    add("s1", "c1");
    for (const int count : {3, 8, 5}) write([=](db::Transaction& transaction) { store::set_viewers(transaction, StreamId{"s1"}, count, count); });
    EXPECT_EQ(get("s1").viewer_count, 5);
    EXPECT_EQ(get("s1").peak_viewers, 8);
}

TEST_P(StreamStore, TakesTheOwnersWords) {
    add("s1", "c1");
    write([](db::Transaction& transaction) { store::set_details(transaction, StreamId{"s1"}, "New", "Long", "art", kNoon); });
    EXPECT_EQ(get("s1").title, "New");
    EXPECT_EQ(get("s1").description, "Long");
    EXPECT_EQ(get("s1").category, "art");
}

}  // namespace
}  // namespace ae::live
