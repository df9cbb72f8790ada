// Shards: one thread and one single-threaded io_context per core. A thing lives on one shard and is touched only there.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "io/answer.hpp"
#include "io/task.hpp"
#include "io/timing_wheel.hpp"

namespace ae::io {

class Shard {
  public:
    explicit Shard(std::size_t index);
    Shard(const Shard&) = delete;
    Shard& operator=(const Shard&) = delete;
    ~Shard();

    std::size_t index() const { return index_; }
    asio::io_context& context() { return context_; }
    /// Runs `work` on this shard's thread, after what is queued there. From any thread.
    void post(std::function<void()> work);
    /// Arms `timer` on this shard's timing wheel, or moves it. Only from this shard's thread.
    void arm(WheelTimer& timer, Duration after);
    /// Whether the caller is on this shard's thread.
    bool here() const { return current() == this; }
    /// The shard whose thread is running; null outside any.
    static Shard* current();

  private:
    friend class Shards;
    void run();
    /// Measures, ten times a second, how much later than due a timer runs: how long the handlers before it held the loop.
    void watch_lateness();
    void wake_wheel();

    std::size_t index_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> kept_alive_{context_.get_executor()};
    asio::steady_timer lateness_timer_{context_};
    metrics::Histogram& lateness_;
    TimingWheel wheel_{std::chrono::steady_clock::now()};
    asio::steady_timer wheel_timer_{context_};
    /// When the wheel's own timer fires; max: it does not.
    SteadyTime wheel_wakes_ = SteadyTime::max();
};

/// All shards of the process. Started once. Destroy what posts to them (blocking pools, the HTTP client) first.
class Shards {
  public:
    /// `count` 0: one per core.
    explicit Shards(std::size_t count);
    /// Stops and joins.
    ~Shards();
    std::size_t size() const { return shards_.size(); }
    Shard& at(std::size_t index) { return *shards_[index]; }
    /// The home of what this text names: the same text, the same shard, as long as the process lives.
    Shard& home_of(std::string_view name);
    void start();
    /// Ends the loops after the handler each is in; what still waits is destroyed with the shards. An orderly end comes before
    /// this (`StopSequence`). From any thread.
    void stop();
    void join();

  private:
    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<std::thread> threads_;
};

/// Starts `work` on the executor's thread and resumes the caller on its own when it ended; throws what it threw. A caller that is
/// cancelled still waits: a cancellation does not cross threads.
Task<> run_elsewhere(asio::any_io_executor executor, Task<> work);

/// Runs a coroutine on `shard` and comes back to the caller's executor with its result. Arguments are copies or immutable shared
/// values. `co_await on(shard, work())`: `work` is a function that makes the Task; it outlives the call because it is named there.
template <class T>
Task<T> on(Shard& shard, Task<T> work) {
    auto answer = std::make_shared<Answer<T>>();
    auto collected = run_into(std::move(work), answer);
    co_await run_elsewhere(shard.context().get_executor(), std::move(collected));
    if constexpr (!std::is_void_v<T>) co_return std::move(*answer->value);
}

}  // namespace ae::io
