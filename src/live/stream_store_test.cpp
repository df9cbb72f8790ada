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
    StreamRecord get(const std::string& id) {
        return db().read_blocking([&](db::Transaction& transaction) { return store::find(transaction, StreamId{id}).value(); });
    }
    std::vector<std::string> listed(StreamStatus status, std::string before, std::int64_t most) {
        const auto rows = db().read_blocking([&](db::Transaction& transaction) { return store::list(transaction, status, before, most); });
        std::vector<std::string> ids;
        for (const auto& row : rows) ids.push_back(row.stream.id.str());
        return ids;
    }
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
    write([](db::Transaction& transaction) {
        return store::set_status(transaction, StreamId{"s1"}, StreamStatus::live, StreamStatus::archived, "goodbye", kNoon);
    });
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
    const auto rows = db().read_blocking([](db::Transaction& transaction) { return store::list(transaction, StreamStatus::live, "", 10); });
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].channel.slug, "ada");
    EXPECT_EQ(rows[0].channel.name, "Channel ada");
    EXPECT_EQ(db().read_blocking([](db::Transaction& transaction) { return store::all_live(transaction).size(); }), 3U);
}

TEST_P(StreamStore, ChangesTheStatusOnlyFromTheOneThatWasMeant) {
    add("s1", "c1");
    const auto change = [this](StreamStatus from, StreamStatus to, WallTime at) {
        return write([=](db::Transaction& transaction) { return store::set_status(transaction, StreamId{"s1"}, from, to, "because", at); });
    };
    EXPECT_FALSE(change(StreamStatus::ending, StreamStatus::archived, kNoon));
    EXPECT_TRUE(change(StreamStatus::live, StreamStatus::ending, kNoon + std::chrono::seconds{5}));
    EXPECT_EQ(get("s1").ended_at, kNoon + std::chrono::seconds{5});
    EXPECT_EQ(get("s1").reason, "because");
    EXPECT_TRUE(change(StreamStatus::ending, StreamStatus::archived, kNoon + std::chrono::seconds{9}));
    EXPECT_EQ(get("s1").ended_at, kNoon + std::chrono::seconds{5}) << "the end stays where it was";
    EXPECT_TRUE(change(StreamStatus::archived, StreamStatus::live, kNoon + std::chrono::seconds{10}));
    EXPECT_EQ(get("s1").ended_at, std::nullopt);
}

TEST_P(StreamStore, ClosesTheSilentOnesAtTheirLastMedia) {
    add("s1", "c1");
    add("s2", "c2");
    add("s3", "c3");
    const auto later = kNoon + std::chrono::seconds{100};
    write([&](db::Transaction& transaction) {
        store::touch_media(transaction, StreamId{"s1"}, kNoon + std::chrono::seconds{5});
        store::touch_media(transaction, StreamId{"s2"}, kNoon + std::chrono::seconds{50});
    });
    auto closed = write([&](db::Transaction& transaction) {
        return store::close_silent(transaction, StreamStatus::archived, "server_restarted", later - std::chrono::seconds{90}, later);
    });
    std::ranges::sort(closed);
    EXPECT_EQ(closed, (std::vector{StreamId{"s1"}, StreamId{"s3"}}));
    EXPECT_EQ(get("s1").ended_at, kNoon + std::chrono::seconds{5});
    EXPECT_EQ(get("s1").status, StreamStatus::archived);
    EXPECT_EQ(get("s3").ended_at, kNoon);
    EXPECT_EQ(get("s2").status, StreamStatus::live);
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
    for (const int count : {3, 8, 5}) write([=](db::Transaction& transaction) { store::set_viewers(transaction, StreamId{"s1"}, count); });
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
