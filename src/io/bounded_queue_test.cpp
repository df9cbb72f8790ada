#include "io/bounded_queue.hpp"

#include <gmock/gmock.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include "io/run_blocking.hpp"
#include "io/task_group.hpp"
#include "io/timeout.hpp"

namespace ae::io {
namespace {

metrics::Counter& lost() { return metrics::counter("test_queue_lost_total", "Items lost by queues under test."); }

TEST(BoundedQueue, RefusesTheNewOneWhenItIsFullAndCountsIt) {
    asio::io_context loop;
    BoundedQueue<int> queue{loop.get_executor(), 2, WhenFull::refuse_new, lost()};
    const auto before = lost().value();
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    EXPECT_FALSE(queue.push(3));
    EXPECT_EQ(lost().value(), before + 1);
    EXPECT_EQ(queue.try_pop(), 1);
    EXPECT_EQ(queue.try_pop(), 2);
    EXPECT_EQ(queue.try_pop(), std::nullopt);
}

TEST(BoundedQueue, DropsTheOldestWhenThatIsThePolicy) {
    asio::io_context loop;
    BoundedQueue<int> queue{loop.get_executor(), 2, WhenFull::drop_oldest, lost()};
    const auto before = lost().value();
    for (int i = 1; i <= 4; ++i) EXPECT_TRUE(queue.push(i));
    EXPECT_EQ(lost().value(), before + 2);
    EXPECT_EQ(queue.try_pop(), 3);
    EXPECT_EQ(queue.try_pop(), 4);
}

Task<> take_all(BoundedQueue<int>& queue, std::vector<int>& taken) {
    while (const auto item = co_await queue.pop()) taken.push_back(*item);
}

Task<> feed_two_readers(std::vector<int>& taken) {
    const auto executor = co_await asio::this_coro::executor;
    BoundedQueue<int> queue{executor, 100, WhenFull::refuse_new, lost()};
    TaskGroup readers{executor, "test"};
    for (int i = 0; i < 2; ++i) readers.spawn("reader", take_all(queue, taken));
    co_await sleep_for(Duration{100});
    for (int i = 0; i < 50; ++i) queue.push(i);
    queue.close();
    EXPECT_FALSE(queue.push(50));
    co_await readers.wait();
}

TEST(BoundedQueue, GivesEveryItemToOneReaderAndThenTheEnd) {
    std::vector<int> taken, expected;
    for (int i = 0; i < 50; ++i) expected.push_back(i);
    run_blocking(feed_two_readers(taken));
    EXPECT_THAT(taken, testing::UnorderedElementsAreArray(expected));
}

Task<> time_out_on_an_empty_queue() {
    const auto executor = co_await asio::this_coro::executor;
    BoundedQueue<int> queue{executor, 1, WhenFull::refuse_new, lost()};
    auto waiting = queue.pop();
    const auto item = co_await with_timeout(std::move(waiting), std::chrono::milliseconds{1});
    EXPECT_FALSE(item.has_value());
    queue.push(5);
    EXPECT_EQ(co_await queue.pop(), 5);
}

TEST(BoundedQueue, LetsAReaderGiveUp) { run_blocking(time_out_on_an_empty_queue()); }

}  // namespace
}  // namespace ae::io
