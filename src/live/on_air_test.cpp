#include "live/on_air.hpp"

#include <gtest/gtest.h>

#include "live/testing.hpp"

namespace ae::live {
namespace {

using testing::Answer;
using testing::Catcher;

class OnAirTest : public ::testing::Test {
  protected:
    std::shared_ptr<Answer> wait(std::string_view channel) {
        auto answer = std::make_shared<Answer>();
        on_air.wait(channel, std::make_unique<Catcher>(answer));
        return answer;
    }
    /// Runs the sweeps that were posted.
    void settle() {
        shard.context().restart();
        shard.context().poll();
    }

    ManualClock clock;
    io::Shard shard{0};
    OnAir on_air{shard, clock};
};

TEST_F(OnAirTest, TellsEverybodyWhoWaitedAsSoonAsTheChannelBegins) {
    const auto first = wait("ada"), second = wait("ada"), other = wait("bob");
    settle();
    EXPECT_FALSE(first->status) << "nobody is on air";
    on_air.begin("ada", "stream1");
    settle();
    EXPECT_EQ(first->status, 200U);
    EXPECT_EQ(first->body, R"({"stream":"stream1","hlsUrl":"/hls/stream1/master.m3u8"})");
    EXPECT_EQ(second->body, first->body);
    EXPECT_FALSE(other->status) << "another channel's viewers go on waiting";
}

TEST_F(OnAirTest, AnswersAtOnceWhileTheChannelIsOnAirAndHoldsAgainAfterwards) {
    on_air.begin("ada", "stream1");
    EXPECT_EQ(wait("ada")->status, 200U);
    on_air.end("ada");
    const auto later = wait("ada");
    settle();
    EXPECT_FALSE(later->status);
    on_air.begin("ada", "stream2");
    settle();
    EXPECT_EQ(later->body, R"({"stream":"stream2","hlsUrl":"/hls/stream2/master.m3u8"})");
}

TEST_F(OnAirTest, LetsGoAfterTwentyFiveSeconds) {
    const auto waiting = wait("ada");
    clock.advance(std::chrono::seconds{24});
    on_air.tick();
    settle();
    EXPECT_FALSE(waiting->status);
    clock.advance(std::chrono::seconds{1});
    on_air.tick();
    settle();
    EXPECT_EQ(waiting->status, 204U);
    EXPECT_EQ(waiting->body, "");
}

TEST_F(OnAirTest, AnswersNobodyWhoLeft) {
    const auto left = wait("ada");
    left->gone();
    on_air.begin("ada", "stream1");
    settle();
    EXPECT_FALSE(left->status);
}

TEST_F(OnAirTest, SaysThatTheServerStops) {
    const auto waiting = wait("ada");
    on_air.drain();
    settle();
    EXPECT_EQ(waiting->status, 503U);
    EXPECT_EQ(wait("ada")->status, 503U);
}

}  // namespace
}  // namespace ae::live
