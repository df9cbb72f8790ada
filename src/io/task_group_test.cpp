#include "io/task_group.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "io/event.hpp"
#include "io/run_blocking.hpp"
#include "io/timeout.hpp"

namespace ae::io {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

Task<> wait_long() { co_await sleep_for(hours{1}); }
Task<> note(bool& ran) {
    ran = true;
    co_return;
}
Task<> break_down() {
    throw std::runtime_error{"accident"};
    co_return;
}

/// Ignores cancellation until it is let go.
Task<> be_stubborn(bool& let_go) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer{co_await asio::this_coro::executor};
    while (!let_go) {
        timer.expires_after(milliseconds{1});
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

Task<> names_what_runs() {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    group.spawn("session", wait_long());
    group.spawn("session", wait_long());
    group.spawn("pinger", wait_long());
    EXPECT_EQ(group.size(), 3u);
    EXPECT_THAT(group.running(), ElementsAre("pinger", "session x2"));
    const auto left = co_await group.stop(hours{1});
    EXPECT_THAT(left, IsEmpty());
    EXPECT_EQ(group.size(), 0u);
}
TEST(TaskGroup, NamesWhatRunsAndStopsIt) { run_blocking(names_what_runs()); }

Task<> goes_on_after_a_failure(bool& ran) {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    group.spawn("broken", break_down());
    group.spawn("fine", note(ran));
    co_await group.wait();
}
TEST(TaskGroup, GoesOnWhenATaskThrows) {
    bool ran = false;
    run_blocking(goes_on_after_a_failure(ran));
    EXPECT_TRUE(ran);
}

Task<> takes_nothing_after_stop(bool& ran) {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    co_await group.stop(milliseconds{1});
    EXPECT_FALSE(group.spawn("late", note(ran)));
    co_await group.wait();
}
TEST(TaskGroup, TakesNoTaskAfterItWasStopped) {
    bool ran = false;
    run_blocking(takes_nothing_after_stop(ran));
    EXPECT_FALSE(ran);
}

Task<> says_what_does_not_end(std::vector<std::string>& left) {
    bool let_go = false;
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    group.spawn("recorder", be_stubborn(let_go));
    group.spawn("session", wait_long());
    left = co_await group.stop(milliseconds{100});
    let_go = true;
    co_await group.wait();
}
TEST(TaskGroup, SaysByNameWhatDoesNotEndInTime) {
    std::vector<std::string> left;
    run_blocking(says_what_does_not_end(left));
    EXPECT_THAT(left, ElementsAre("recorder"));
}

TEST(TaskGroup, CancelsItsTasksWhenItGoes) {
    // The loop ends only because the task does.
    const auto task = [](asio::any_io_executor) -> Task<> {
        TaskGroup group{co_await asio::this_coro::executor, "test"};
        group.spawn("forgotten", wait_long());
    };
    run_blocking(task({}));
}

}  // namespace
}  // namespace ae::io
