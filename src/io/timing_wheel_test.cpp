#include "io/timing_wheel.hpp"

#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace ae::io {
namespace {

using std::chrono::milliseconds;
constexpr std::size_t kAll = 1 << 30;
const SteadyTime kStart{std::chrono::hours{1}};

struct Fired {
    int times = 0;
    WheelTimer timer{[this] { ++times; }};
};

TEST(TimingWheel, FiresNeverEarlyAndAtMostATickLate) {
    std::mt19937 random{7};
    for (int round = 0; round < 200; ++round) {
        TimingWheel wheel{kStart};
        Fired fired;
        const auto due = kStart + milliseconds{random() % 40'000};
        wheel.arm(fired.timer, due);
        wheel.run_due(due - milliseconds{1}, kAll);
        EXPECT_EQ(fired.times, 0);
        wheel.run_due(due + TimingWheel::kTick, kAll);
        EXPECT_EQ(fired.times, 1);
        EXPECT_EQ(wheel.size(), 0u);
    }
}

TEST(TimingWheel, ForgetsACancelledTimer) {
    TimingWheel wheel{kStart};
    Fired fired;
    wheel.arm(fired.timer, kStart + milliseconds{5});
    fired.timer.cancel();
    fired.timer.cancel();
    EXPECT_FALSE(fired.timer.armed());
    EXPECT_FALSE(wheel.next_due());
    wheel.run_due(kStart + std::chrono::hours{1}, kAll);
    EXPECT_EQ(fired.times, 0);
}

TEST(TimingWheel, MovesATimerThatIsArmedAgain) {
    TimingWheel wheel{kStart};
    Fired fired;
    wheel.arm(fired.timer, kStart + milliseconds{50});
    wheel.arm(fired.timer, kStart + std::chrono::seconds{60});
    EXPECT_EQ(wheel.size(), 1u);
    wheel.run_due(kStart + std::chrono::seconds{59}, kAll);
    EXPECT_EQ(fired.times, 0);
    wheel.run_due(kStart + std::chrono::seconds{61}, kAll);
    EXPECT_EQ(fired.times, 1);
}

TEST(TimingWheel, StopsAtTheBatchAndSaysThatThereIsMore) {
    TimingWheel wheel{kStart};
    std::vector<std::unique_ptr<Fired>> many;
    for (int i = 0; i < 100; ++i) {
        many.push_back(std::make_unique<Fired>());
        wheel.arm(many.back()->timer, kStart + milliseconds{10});
    }
    const auto late = kStart + std::chrono::seconds{1};
    EXPECT_TRUE(wheel.run_due(late, 64));
    EXPECT_LE(*wheel.next_due(), late);
    EXPECT_EQ(wheel.size(), 36u);
    EXPECT_FALSE(wheel.run_due(late, 64));
    for (const auto& fired : many) EXPECT_EQ(fired->times, 1);
}

TEST(TimingWheel, LetsACallbackDestroyANeighbourThatIsDueToo) {
    TimingWheel wheel{kStart};
    auto victim = std::make_unique<Fired>();
    WheelTimer killer{[&] { victim.reset(); }};
    wheel.arm(killer, kStart);
    wheel.arm(victim->timer, kStart);
    wheel.run_due(kStart + std::chrono::seconds{1}, kAll);
    EXPECT_EQ(victim, nullptr);
    EXPECT_EQ(wheel.size(), 0u);
}

TEST(TimingWheel, LetsACallbackDestroyItsOwnTimer) {
    TimingWheel wheel{kStart};
    std::unique_ptr<WheelTimer> self;
    self = std::make_unique<WheelTimer>([&] { self.reset(); });
    wheel.arm(*self, kStart);
    wheel.run_due(kStart + std::chrono::seconds{1}, kAll);
    EXPECT_EQ(self, nullptr);
}

TEST(TimingWheel, LetsACallbackArmItsTimerAgainWithoutRunningItTwice) {
    TimingWheel wheel{kStart};
    int times = 0;
    WheelTimer* own = nullptr;
    WheelTimer repeating{[&] {
        ++times;
        wheel.arm(*own, kStart);
    }};
    own = &repeating;
    wheel.arm(repeating, kStart);
    wheel.run_due(kStart + std::chrono::seconds{1}, kAll);
    EXPECT_EQ(times, 1);
    wheel.run_due(kStart + std::chrono::seconds{1} + TimingWheel::kTick, kAll);
    EXPECT_EQ(times, 2);
}

TEST(TimingWheel, WakesAtTheTickOfTheNearestTimer) {
    TimingWheel wheel{kStart};
    Fired near, far;
    wheel.arm(far.timer, kStart + std::chrono::hours{2});
    wheel.arm(near.timer, kStart + milliseconds{95});
    EXPECT_GE(*wheel.next_due(), kStart + milliseconds{95});
    EXPECT_LE(*wheel.next_due(), kStart + milliseconds{95} + TimingWheel::kTick);
}

TEST(TimingWheel, GetsATimerHoursAheadByWakingOnceATurn) {
    TimingWheel wheel{kStart};
    Fired fired;
    const auto due = kStart + std::chrono::hours{2};
    wheel.arm(fired.timer, due);
    int wakes = 0;
    auto now = kStart;
    while (const auto next = wheel.next_due()) {
        now = *next;
        wheel.run_due(now, kAll);
        ++wakes;
    }
    EXPECT_EQ(fired.times, 1);
    EXPECT_GE(now, due);
    EXPECT_LE(wakes, 7200 * 100 / static_cast<int>(TimingWheel::kSlots) + 2);
}

TEST(TimingWheel, ForgetsItsTimersWhenItGoesFirst) {
    Fired fired;
    {
        TimingWheel wheel{kStart};
        wheel.arm(fired.timer, kStart);
    }
    EXPECT_FALSE(fired.timer.armed());
}

}  // namespace
}  // namespace ae::io
