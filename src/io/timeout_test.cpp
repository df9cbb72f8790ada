#include "io/timeout.hpp"

#include <stdexcept>

#include <gtest/gtest.h>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include "io/event.hpp"
#include "io/run_blocking.hpp"
#include "io/task_group.hpp"

namespace ae::io {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

Task<int> answer_at_once() { co_return 42; }
Task<int> answer_after(Duration wait) {
    co_await sleep_for(wait);
    co_return 42;
}
Task<int> throw_at_once() {
    throw std::runtime_error{"broken"};
    co_return 0;
}
Task<Result<int>> refuse() { co_return Error{Errc::conflict, "busy"}; }

/// Notes that its cancellation reached it.
Task<> wait_for_ever(bool& cancelled) {
    try {
        co_await sleep_for(hours{1});
    } catch (const boost::system::system_error& error) {
        cancelled = error.code() == asio::error::operation_aborted;
        throw;
    }
}

TEST(WithTimeout, GivesTheAnswerThatComesInTime) {
    EXPECT_EQ(*run_blocking(with_timeout(answer_at_once(), hours{1})), 42);
    EXPECT_EQ(*run_blocking(with_timeout(answer_after(milliseconds{1}), hours{1})), 42);
}

TEST(WithTimeout, RefusesWhatTakesTooLong) {
    const auto result = run_blocking(with_timeout(answer_after(hours{1}), milliseconds{1}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "timed_out");
}

TEST(WithTimeout, KeepsARefusalOfTheWorkItself) {
    const Result<int> result = run_blocking(with_timeout(refuse(), hours{1}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().reason, "busy");
}

TEST(WithTimeout, ThrowsWhatTheWorkThrows) { EXPECT_THROW((void)run_blocking(with_timeout(throw_at_once(), hours{1})), std::runtime_error); }

TEST(FinishWithin, CancelsTheWorkAndWaitsForItsEnd) {
    bool cancelled = false;
    EXPECT_FALSE(run_blocking(finish_within(wait_for_ever(cancelled), milliseconds{1})));
    EXPECT_TRUE(cancelled);
}

Task<int> go_on_after_a_timeout() {
    bool cancelled = false;
    auto slow = wait_for_ever(cancelled);
    co_await finish_within(std::move(slow), milliseconds{1});
    // The time-out was the work's, not ours: we can wait again.
    co_await sleep_for(milliseconds{1});
    co_return 7;
}

TEST(FinishWithin, LeavesItsCallerFreeToGoOn) { EXPECT_EQ(run_blocking(go_on_after_a_timeout()), 7); }

Task<> limited(bool& inner_cancelled, bool& went_on) {
    auto work = wait_for_ever(inner_cancelled);
    co_await finish_within(std::move(work), hours{1});
    went_on = true;
}

Task<> cancel_a_limited_task(bool& inner_cancelled, bool& went_on) {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    group.spawn("limited", limited(inner_cancelled, went_on));
    co_await sleep_for(milliseconds{1});
    group.cancel();
    co_await group.wait();
}

TEST(FinishWithin, PassesOnTheCancellationOfItsCaller) {
    bool inner_cancelled = false, went_on = false;
    run_blocking(cancel_a_limited_task(inner_cancelled, went_on));
    EXPECT_TRUE(inner_cancelled);
    EXPECT_FALSE(went_on);
}

Task<> wait_and_count(Event& event, int& count) {
    co_await event.wait();
    ++count;
}

Task<> set_an_event_for_several(int& count) {
    const auto executor = co_await asio::this_coro::executor;
    Event event{executor};
    TaskGroup waiters{executor, "test"};
    for (int i = 0; i < 3; ++i) waiters.spawn("waiter", wait_and_count(event, count));
    co_await sleep_for(milliseconds{1});
    EXPECT_EQ(count, 0);
    event.set();
    co_await waiters.wait();
    co_await wait_and_count(event, count);
}

TEST(Event, WakesAllWhoWaitAndLetsLateOnesPass) {
    int count = 0;
    run_blocking(set_an_event_for_several(count));
    EXPECT_EQ(count, 4);
}

}  // namespace
}  // namespace ae::io
