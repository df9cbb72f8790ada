// Shards: one thread and one single-threaded io_context per core. A thing lives on one shard and is touched only there.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "io/task.hpp"

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
    /// Whether the caller is on this shard's thread.
    bool here() const { return current() == this; }
    /// The shard whose thread is running; null outside any.
    static Shard* current();

  private:
    friend class Shards;
    void run();
    /// Measures, ten times a second, how much later than due a timer runs: how long the handlers before it held the loop.
    void watch_lateness();

    std::size_t index_;
    asio::io_context context_{1};
    asio::executor_work_guard<asio::io_context::executor_type> kept_alive_{context_.get_executor()};
    asio::steady_timer lateness_timer_{context_};
    metrics::Histogram& lateness_;
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

/// Where `on` and its like keep the answer of a coroutine that runs elsewhere: it may be a type without a default.
template <class T>
struct Answer {
    std::optional<T> value;
};
template <>
struct Answer<void> {};

template <class T>
Task<> run_into(Task<T> work, std::shared_ptr<Answer<T>> answer) {
    if constexpr (std::is_void_v<T>) {
        co_await std::move(work);
    } else {
        answer->value.emplace(co_await std::move(work));
    }
}

/// Runs a coroutine on `shard` and comes back to the caller's executor with its result. Arguments are copies or immutable shared
/// values. `co_await on(shard, work())`: `work` is a function that makes the Task; it outlives the call because it is named there.
template <class T>
Task<T> on(Shard& shard, Task<T> work) {
    auto answer = std::make_shared<Answer<T>>();
    co_await asio::co_spawn(shard.context(), run_into(std::move(work), answer), asio::use_awaitable);
    if constexpr (!std::is_void_v<T>) co_return std::move(*answer->value);
}

}  // namespace ae::io
