// Every task has an owner that waits for it: a group of named coroutines on one shard.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "base/time.hpp"
#include "io/task.hpp"

namespace ae::io {

/// Lives on one shard and is used only there. A task that throws is logged with its name and counted; the others go on.
class TaskGroup {
  public:
    /// `name` is for logs: what owns these tasks (`rtmp.sessions`).
    TaskGroup(asio::any_io_executor executor, std::string name);
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    /// Cancels what still runs. An owner that cares waits first.
    ~TaskGroup();

    /// Starts the task soon. After `stop` it is not started, and the answer is false.
    bool spawn(std::string name, Task<> task);
    std::size_t size() const;
    /// What runs, by name, each once, with how often when more than once: `session x3`.
    std::vector<std::string> running() const;
    /// Cancels all that run now (terminal cancellation: their next wait throws `operation_aborted`).
    void cancel();
    /// Returns when nothing runs.
    Task<> wait();
    /// Takes no more tasks, cancels all, waits up to `limit`. Answers what still runs, and logs it: it is left to its fate.
    Task<std::vector<std::string>> stop(Duration limit);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace ae::io
