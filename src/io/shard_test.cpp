#include "io/shard.hpp"

#include <future>
#include <stdexcept>

#include <gtest/gtest.h>
#include <boost/asio/detached.hpp>

#include "io/run_blocking.hpp"

namespace ae::io {
namespace {

TEST(Shards, RunWorkOnTheirOwnThread) {
    Shards shards{2};
    shards.start();
    std::promise<Shard*> ran_on;
    shards.at(1).post([&] { ran_on.set_value(Shard::current()); });
    EXPECT_EQ(ran_on.get_future().get(), &shards.at(1));
    EXPECT_EQ(Shard::current(), nullptr);
    EXPECT_FALSE(shards.at(1).here());
}

TEST(Shards, GiveANameTheSameHomeAlways) {
    Shards shards{4};
    EXPECT_EQ(&shards.home_of("cinema"), &shards.home_of("cinema"));
    std::set<Shard*> homes;
    for (int i = 0; i < 200; ++i) homes.insert(&shards.home_of("channel-" + std::to_string(i)));
    EXPECT_EQ(homes.size(), 4u);
}

TEST(Shards, GoOnAfterAHandlerThrew) {
    Shards shards{1};
    shards.start();
    shards.at(0).post([] { throw std::runtime_error{"accident"}; });
    std::promise<void> later;
    shards.at(0).post([&] { later.set_value(); });
    EXPECT_EQ(later.get_future().wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

TEST(Shards, StopWithWorkStillQueued) {
    Shards shards{2};
    shards.at(0).post([] {});
    shards.start();
    shards.stop();
    shards.join();
}

struct NoDefault {
    explicit NoDefault(int number) : value(number) {}
    int value;
};

Task<NoDefault> which_shard(Shard& expected) { co_return NoDefault{expected.here() ? 1 : 0}; }
Task<std::pair<int, bool>> there_and_back(Shard& from, Shard& to) {
    const auto there = co_await on(to, which_shard(to));
    co_return std::pair{there.value, from.here()};
}

TEST(On, RunsOnTheOtherShardAndComesBack) {
    Shards shards{2};
    shards.start();
    const auto both = run_blocking(on(shards.at(0), there_and_back(shards.at(0), shards.at(1))));
    EXPECT_EQ(both.first, 1);
    EXPECT_TRUE(both.second);
}

TEST(On, RunsOnTheSameShardToo) {
    Shards shards{1};
    shards.start();
    const auto both = run_blocking(on(shards.at(0), there_and_back(shards.at(0), shards.at(0))));
    EXPECT_EQ(both.first, 1);
    EXPECT_TRUE(both.second);
}

Task<> throws() {
    throw std::runtime_error{"over there"};
    co_return;
}

TEST(On, BringsAnExceptionHome) {
    Shards shards{1};
    shards.start();
    EXPECT_THROW(run_blocking(on(shards.at(0), throws())), std::runtime_error);
}

TEST(Shard, FiresATimerOfItsWheel) {
    Shards shards{1};
    shards.start();
    auto& shard = shards.at(0);
    std::promise<bool> fired;
    WheelTimer timer{[&] { fired.set_value(shard.here()); }};
    shard.post([&] { shard.arm(timer, std::chrono::milliseconds{1}); });
    EXPECT_TRUE(fired.get_future().get());
}

TEST(Shard, FiresANearTimerThatIsArmedAfterAFarOne) {
    Shards shards{1};
    shards.start();
    auto& shard = shards.at(0);
    std::promise<void> fired;
    WheelTimer far{[] { FAIL() << "an hour is not over"; }};
    WheelTimer near{[&] { fired.set_value(); }};
    shard.post([&] {
        shard.arm(far, std::chrono::hours{1});
        shard.arm(near, std::chrono::milliseconds{1});
    });
    fired.get_future().get();
    std::promise<void> gone;
    shard.post([&] {
        far.cancel();
        gone.set_value();
    });
    gone.get_future().get();
}

TEST(Shard, KeepsItsWheelTurningWhenATimerThrows) {
    Shards shards{1};
    shards.start();
    auto& shard = shards.at(0);
    std::promise<void> fired;
    WheelTimer bad{[] { throw std::runtime_error{"accident"}; }};
    WheelTimer good{[&] { fired.set_value(); }};
    shard.post([&] {
        shard.arm(bad, std::chrono::milliseconds{1});
        shard.arm(good, std::chrono::milliseconds{1});
    });
    EXPECT_EQ(fired.get_future().wait_for(std::chrono::seconds{5}), std::future_status::ready);
}

TEST(Shard, MeasuresHowLateItsLoopRuns) {
    Shards shards{1};
    shards.start();
    // The probe runs ten times a second; waiting for the page to show it is waiting for it to run.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    const auto seen = [] { return metrics::exposition().find("aethex_io_loop_lateness_seconds_count{shard=\"0\"} 0\n") == std::string::npos; };
    while (!seen() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_TRUE(seen());
}

}  // namespace
}  // namespace ae::io
