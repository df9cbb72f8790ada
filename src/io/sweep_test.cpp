#include "io/sweep.hpp"

#include <numeric>
#include <stdexcept>

#include <gmock/gmock.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace ae::io {
namespace {

TEST(Sweep, VisitsEveryItemOnceAndThenIsDone) {
    asio::io_context loop;
    std::vector<int> items(200), visited;
    std::iota(items.begin(), items.end(), 0);
    bool done = false;
    in_sweeps(loop.get_executor(), items, [&](int item) { visited.push_back(item); }, [&] { done = true; });
    EXPECT_TRUE(visited.empty());
    loop.run();
    EXPECT_EQ(visited, items);
    EXPECT_TRUE(done);
}

TEST(Sweep, LetsOthersRunBetweenItsBatches) {
    asio::io_context loop;
    std::size_t visited = 0;
    std::vector<std::size_t> seen_by_others;
    std::function<void()> other = [&] {
        seen_by_others.push_back(visited);
        if (visited < 200) asio::post(loop, other);
    };
    in_sweeps(loop.get_executor(), std::vector<int>(200), [&](int) { ++visited; });
    asio::post(loop, other);
    loop.run();
    EXPECT_THAT(seen_by_others, testing::ElementsAre(64, 128, 192, 200));
}

TEST(Sweep, BeginsWhereItIsToldAndGoesRound) {
    asio::io_context loop;
    std::vector<std::size_t> order;
    sweep_indices(loop.get_executor(), 5, [&](std::size_t index) { order.push_back(index); }, {}, 3);
    loop.run();
    EXPECT_THAT(order, testing::ElementsAre(3, 4, 0, 1, 2));
}

TEST(Sweep, OfNothingIsDoneToo) {
    asio::io_context loop;
    bool done = false;
    in_sweeps(loop.get_executor(), std::vector<int>{}, [](int) { FAIL(); }, [&] { done = true; }, 9);
    loop.run();
    EXPECT_TRUE(done);
}

TEST(Sweep, GoesOnWithTheNextBatchAfterOneThrew) {
    asio::io_context loop;
    std::size_t visited = 0;
    in_sweeps(loop.get_executor(), std::vector<int>(128), [&](int) {
        if (++visited == 1) throw std::runtime_error{"accident"};
    });
    EXPECT_THROW(loop.run(), std::runtime_error);
    loop.run();
    EXPECT_EQ(visited, 65u);
}

TEST(Sweep, KeepsItsItemsAliveUntilTheEnd) {
    asio::io_context loop;
    std::vector<std::shared_ptr<int>> items;
    for (int i = 0; i < 100; ++i) items.push_back(std::make_shared<int>(i));
    int sum = 0;
    in_sweeps(loop.get_executor(), std::move(items), [&](const std::shared_ptr<int>& item) { sum += *item; });
    loop.run();
    EXPECT_EQ(sum, 4950);
}

}  // namespace
}  // namespace ae::io
