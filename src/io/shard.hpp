// Shards: one thread and one single-threaded io_context per core. A thing lives on one shard and is touched only there.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/time.hpp"
#include "io/task.hpp"

namespace ae::io {

class Shard {
  public:
    explicit Shard(std::size_t index);
    std::size_t index() const { return index_; }
    asio::io_context& context() { return context_; }
    /// Runs `work` on this shard's thread, after what is queued there. From any thread.
    void post(std::function<void()> work);
    /// Whether the caller is on this shard's thread.
    bool here() const;
    /// The shard whose thread is running; null outside any.
    static Shard* current();

  private:
    friend class Shards;
    void run();
    std::size_t index_;
    asio::io_context context_{1};
};

/// All shards of the process. Started once; `stop` ends the loops when their work is done or at once.
class Shards {
  public:
    /// `count` 0: one per core.
    explicit Shards(std::size_t count);
    ~Shards();
    std::size_t size() const { return shards_.size(); }
    Shard& at(std::size_t index) { return *shards_[index]; }
    /// The home of what this text names: the same text, the same shard, as long as the process lives.
    Shard& home_of(std::string_view name);
    void start();
    void stop();
    void join();

  private:
    std::vector<std::unique_ptr<Shard>> shards_;
    std::vector<std::thread> threads_;
};

/// Runs a coroutine on `shard` and comes back to the caller's executor with its result. Arguments are copies or immutable shared
/// values. `co_await on(shard, work())`: `work` is a function that makes the Task; it outlives the call because it is named there.
template <class T>
Task<T> on(Shard& shard, Task<T> work) {
    co_return co_await asio::co_spawn(shard.context(), std::move(work), asio::use_awaitable);
}

}  // namespace ae::io
