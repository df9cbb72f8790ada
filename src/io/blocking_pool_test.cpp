#include "io/blocking_pool.hpp"

#include <atomic>
#include <future>
#include <stdexcept>

#include <gtest/gtest.h>
#include <boost/asio/this_coro.hpp>

#include "io/run_blocking.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"

namespace ae::io {
namespace {

Task<bool> run_and_compare_threads(BlockingPool& pool) {
    const auto before = std::this_thread::get_id();
    auto work = [] { return std::this_thread::get_id(); };
    const auto inside = co_await pool.run(work);
    co_return inside && *inside != before&& std::this_thread::get_id() == before;
}

TEST(BlockingPool, RunsWorkElsewhereAndComesBack) {
    BlockingPool pool{"test", 1, 8};
    EXPECT_TRUE(run_blocking(run_and_compare_threads(pool)));
}

TEST(BlockingPool, PassesOnRefusalsAndExceptions) {
    BlockingPool pool{"test", 1, 8};
    const auto refused = run_blocking(pool.run([]() -> Result<int> { return Error{Errc::conflict, "taken"}; }));
    EXPECT_EQ(refused.error().reason, "taken");
    EXPECT_THROW((void)run_blocking(pool.run([] { throw std::runtime_error{"disk full"}; })), std::runtime_error);
    EXPECT_TRUE(run_blocking(pool.run([] {})));
}

TEST(BlockingPool, TakesWorkThatCanOnlyBeMoved) {
    BlockingPool pool{"test", 1, 8};
    auto owned = std::make_unique<int>(6);
    const auto result = run_blocking(pool.run([owned = std::move(owned)] { return std::make_unique<int>(*owned + 1); }));
    EXPECT_EQ(**result, 7);
}

Task<> block_until(BlockingPool& pool, std::shared_future<void> gate) {
    auto work = [gate] { gate.wait(); };
    const auto done = co_await pool.run(work);
    EXPECT_TRUE(done);
}

Task<> overfill(BlockingPool& pool, std::promise<void>& entered, std::promise<void>& gate, std::string& reason) {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    const auto opened = gate.get_future().share();
    auto first = [](BlockingPool& on, std::promise<void>& inside, std::shared_future<void> until) -> Task<> {
        auto work = [&inside, until] {
            inside.set_value();
            until.wait();
        };
        EXPECT_TRUE(co_await on.run(work));
    };
    group.spawn("running", first(pool, entered, opened));
    // The loop has to turn for the task to start; the pool's thread then holds the first, and one may wait.
    auto turn = [] {};
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    entered.get_future().wait();
    group.spawn("waiting", block_until(pool, opened));
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    const auto refused = co_await pool.run(turn);
    if (!refused) reason = refused.error().reason;
    gate.set_value();
    co_await group.wait();
}

TEST(BlockingPool, RefusesWorkBeyondItsBound) {
    BlockingPool pool{"test_bound", 1, 1};
    std::promise<void> entered, gate;
    std::string reason;
    run_blocking(overfill(pool, entered, gate, reason));
    EXPECT_EQ(reason, "pool_full");
    EXPECT_NE(metrics::exposition().find("aethex_pool_refused_total{pool=\"test_bound\"} 1\n"), std::string::npos);
}

TEST(BlockingPool, FinishesWhatIsQueuedBeforeItStops) {
    Shards shards{1};
    shards.start();
    std::atomic<int> ran{0};
    std::vector<std::future<void>> answers;
    {
        BlockingPool pool{"test", 2, 100};
        for (int i = 0; i < 50; ++i) {
            auto answered = std::make_shared<std::promise<void>>();
            answers.push_back(answered->get_future());
            auto job = [](BlockingPool& on, std::atomic<int>& count, std::shared_ptr<std::promise<void>> done) -> Task<> {
                auto work = [&count] { ++count; };
                EXPECT_TRUE(co_await on.run(work));
                done->set_value();
            };
            auto task = std::make_shared<Task<>>(job(pool, ran, answered));
            asio::co_spawn(shards.at(0).context(), std::move(*task), [](std::exception_ptr) {});
        }
        std::promise<void> all_queued;
        shards.at(0).post([&] { all_queued.set_value(); });
        all_queued.get_future().wait();
    }
    EXPECT_EQ(ran, 50);
    for (auto& answer : answers) answer.get();
}

TEST(BlockingPool, RefusesAfterItStopped) {
    BlockingPool pool{"test", 1, 8};
    pool.stop_blocking();
    EXPECT_EQ(run_blocking(pool.run([] {})).error().reason, "pool_stopped");
}

}  // namespace
}  // namespace ae::io
