#include "store/bus/bus.hpp"

#include <future>

#include <gtest/gtest.h>

namespace ae::bus {
namespace {

struct Rung {
    int bell = 0;
};
constexpr Topic<Rung> kRung{"test:rung"};
constexpr Topic<Rung> kOther{"test:other"};

class BusTest : public ::testing::Test {
  protected:
    BusTest() { shards.start(); }
    ~BusTest() override {
        shards.stop();
        shards.join();
    }
    /// Runs on a shard, after what was posted there, and waits.
    void on(std::size_t shard, std::function<void()> work) {
        std::promise<void> done;
        shards.at(shard).post([&] {
            if (work) work();
            done.set_value();
        });
        done.get_future().wait();
    }

    io::Shards shards{2};
    Bus bus{shards};
};

TEST_F(BusTest, TellsEachShardThatSubscribedInOrder) {
    std::vector<int> heard[2];
    Subscription subscriptions[2];
    for (std::size_t i = 0; i < 2; ++i) {
        on(i, [&, i] { subscriptions[i] = bus.subscribe<Rung>(kRung, [&heard, i](const Rung& rung) { heard[i].push_back(rung.bell); }); });
    }
    on(0, [&] {
        for (int bell = 1; bell <= 3; ++bell) bus.publish(kRung, {bell});
        bus.publish(kOther, {9});
        EXPECT_TRUE(heard[0].empty()) << "nobody is called from within publish";
    });
    for (std::size_t i = 0; i < 2; ++i) {
        on(i, [&, i] { EXPECT_EQ(heard[i], (std::vector<int>{1, 2, 3})); });
    }
}

TEST_F(BusTest, ASubscriptionEndsWithItsObject) {
    int heard = 0;
    Subscription subscription;
    on(1, [&] { subscription = bus.subscribe<Rung>(kRung, [&](const Rung&) { ++heard; }); });
    bus.publish(kRung, {1});
    on(1, [&] { subscription = {}; });
    bus.publish(kRung, {2});
    on(1, [&] { EXPECT_EQ(heard, 1); });
}

TEST_F(BusTest, WhoHearsMaySubscribeToMore) {
    std::vector<Subscription> more;
    int heard = 0;
    Subscription first;
    on(0,
       [&] { first = bus.subscribe<Rung>(kRung, [&](const Rung&) { more.push_back(bus.subscribe<Rung>(kRung, [&](const Rung&) { ++heard; })); }); });
    bus.publish(kRung, {1});
    bus.publish(kRung, {2});
    on(0, [&] {
        EXPECT_EQ(heard, 1);
        more.clear();
        first = {};
    });
}

}  // namespace
}  // namespace ae::bus
