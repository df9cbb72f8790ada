#include "live/audience.hpp"

#include <gtest/gtest.h>

namespace ae::live {
namespace {

using namespace std::chrono_literals;

class AudienceTest : public ::testing::Test {
  protected:
    AudienceTest() {
        for (auto& shard : shards) shard.begin("s", 1);
        home.begin(1);
    }
    Ticket ticket(const std::string& who, Ticket::Kind kind = Ticket::Kind::viewer) { return {kind, tokens.of_device(who), {}}; }
    void ask(std::size_t shard, const std::string& place, const Ticket& with) {
        auto seat = shards[shard].find("s", place);
        if (!seat) seat = shards[shard].take("s", place, with);
        if (seat) seat->last_asked = now;
    }
    std::int64_t count() {
        for (auto& shard : shards) {
            for (const auto& report : shard.round(now)) home.apply(report);
        }
        return home.viewers();
    }

    PlaybackTokens tokens{Secret{std::string(32, 's')}};
    SteadyTime now{std::chrono::hours{1}};
    std::array<Audience, 2> shards;
    HeadCount home;
};

TEST_F(AudienceTest, CountsAViewerOnceHoweverManyWindowsAndShards) {
    ask(0, "token 1", ticket("ada"));
    ask(0, "token 2", ticket("ada"));
    ask(1, "token 3", ticket("ada"));
    ask(1, "token 4", ticket("bob"));
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(count(), 2);
}

TEST_F(AudienceTest, ForgetsWhoIsSilentForFifteenSeconds) {
    ask(0, "a", ticket("ada"));
    ask(1, "b", ticket("bob"));
    EXPECT_EQ(count(), 2);
    now += 14s;
    ask(0, "a", ticket("ada"));
    EXPECT_EQ(count(), 2);
    now += 1s;
    EXPECT_EQ(count(), 1);
    now += 14s;
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(home.peak(), 2);
}

TEST_F(AudienceTest, AViewerWhoMovesToAnotherShardIsNeverTwoAndNeverNone) {
    ask(0, "a", ticket("ada"));
    EXPECT_EQ(count(), 1);
    for (int second = 0; second < 40; ++second) {
        now += 1s;
        ask(1, "a", ticket("ada"));
        EXPECT_EQ(count(), 1);
    }
    EXPECT_EQ(home.peak(), 1);
}

TEST_F(AudienceTest, DoesNotCountThePreview) {
    ask(0, "a", ticket("owner", Ticket::Kind::preview));
    EXPECT_EQ(count(), 0);
    now += 20s;
    EXPECT_EQ(count(), 0);
}

TEST_F(AudienceTest, AnotherRunCountsAnewAndALateReportSaysNothing) {
    ask(0, "a", ticket("ada"));
    const auto late = shards[0].round(now);
    for (auto& shard : shards) shard.begin("s", 2);
    home.begin(2);
    for (const auto& report : late) home.apply(report);
    EXPECT_EQ(count(), 0);
    ask(1, "a", ticket("ada"));
    EXPECT_EQ(count(), 1);
}

TEST_F(AudienceTest, LeavesAndComesAgain) {
    for (int round = 0; round < 3; ++round) {
        ask(0, "a", ticket("ada"));
        EXPECT_EQ(count(), 1);
        now += 15s;
        EXPECT_EQ(count(), 0);
    }
}

TEST_F(AudienceTest, KnowsNothingOfStreamsThatAreNotHere) {
    EXPECT_EQ(shards[0].take("other", "a", ticket("ada")), nullptr);
    shards[0].end("s");
    EXPECT_EQ(shards[0].find("s", "a"), nullptr);
}

}  // namespace
}  // namespace ae::live
