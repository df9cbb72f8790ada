#include "io/stop_sequence.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <stdexcept>

#include <gmock/gmock.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "io/run_blocking.hpp"
#include "io/signals.hpp"
#include "io/timeout.hpp"

namespace ae::io {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::ElementsAre;

Task<> note(std::vector<int>& order, int number) {
    order.push_back(number);
    co_return;
}
Task<> hang() { co_await sleep_for(hours{1}); }
Task<> break_down() {
    throw std::runtime_error{"accident"};
    co_return;
}
/// Hears no cancellation; only its own event ends it.
Task<> be_deaf(bool& let_go) {
    co_await asio::this_coro::throw_if_cancelled(false);
    asio::steady_timer timer{co_await asio::this_coro::executor};
    while (!let_go) {
        timer.expires_after(milliseconds{1});
        co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

TEST(StopSequence, RunsItsStepsInOrder) {
    std::vector<int> order;
    StopSequence stop{hours{1}};
    for (int i = 0; i < 3; ++i) stop.step("step " + std::to_string(i), milliseconds{1}, [&order, i] { return note(order, i); });
    const auto report = run_blocking(stop.run());
    EXPECT_THAT(order, ElementsAre(0, 1, 2));
    EXPECT_THAT(report.finished, ElementsAre("step 0", "step 1", "step 2"));
    EXPECT_TRUE(report.abandoned.empty());
}

TEST(StopSequence, GoesOnAfterAStepThatHangsOrBreaks) {
    std::vector<int> order;
    StopSequence stop{milliseconds{10'000}};
    stop.step("viewers", milliseconds{0}, hang);
    stop.step("recorder", milliseconds{0}, break_down);
    stop.step("database", milliseconds{9'970}, [&order] { return note(order, 1); });
    const auto report = run_blocking(stop.run());
    EXPECT_THAT(order, ElementsAre(1));
    EXPECT_THAT(report.finished, ElementsAre("database"));
    EXPECT_THAT(report.abandoned, ElementsAre("viewers", "recorder"));
}

Task<StopReport> run_with_a_deaf_step(bool& let_go) {
    StopSequence stop{milliseconds{30}};
    stop.step("deaf", milliseconds{10}, [&let_go] { return be_deaf(let_go); });
    auto report = co_await stop.run();
    let_go = true;
    co_return report;
}

TEST(StopSequence, EndsByItsDeadlineEvenWhenAStepIgnoresIt) {
    bool let_go = false;
    EXPECT_THAT(run_blocking(run_with_a_deaf_step(let_go)).abandoned, ElementsAre("deaf"));
}

TEST(Signals, AskToStopOnceAndToReloadEachTime) {
    asio::io_context loop;
    int stops = 0;
    std::vector<std::string> reloads;
    Signals* own = nullptr;
    Signals signals{loop.get_executor(), [&] {
                        ++stops;
                        own->close();
                    }};
    own = &signals;
    signals.on_reload("certificate", [&] {
        reloads.push_back("certificate");
        throw std::runtime_error{"bad file"};
    });
    signals.on_reload("theme", [&] {
        reloads.push_back("theme");
        if (reloads.size() == 2) ::raise(SIGHUP);
        else ::raise(SIGTERM);
    });
    ::raise(SIGHUP);
    loop.run();
    EXPECT_EQ(stops, 1);
    EXPECT_THAT(reloads, ElementsAre("certificate", "theme", "certificate", "theme"));
}

/// What a server does that never comes to its end: it asks for the second signal itself.
[[noreturn]] void stop_twice() {
    asio::io_context loop;
    Signals signals{loop.get_executor(), [] { ::raise(SIGINT); }};
    ::raise(SIGTERM);
    loop.run();
    ::_exit(0);
}

TEST(SignalsDeathTest, EndTheProcessAtTheSecondOne) {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    EXPECT_EXIT(stop_twice(), testing::ExitedWithCode(128 + SIGINT), "server.stopped_at_once");
}

}  // namespace
}  // namespace ae::io
