// An event: happens once, several may wait for it. Lives on one shard.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "io/task.hpp"

namespace ae::io {

class Event {
  public:
    explicit Event(const asio::any_io_executor& executor) : never_(executor, asio::steady_timer::time_point::max()) {}
    bool happened() const { return happened_; }
    void set();
    /// Returns when it has happened; throws `operation_aborted` when the waiting coroutine is cancelled.
    Task<> wait();

  private:
    // A timer that nothing but `set` ends is Asio's condition variable.
    asio::steady_timer never_;
    bool happened_ = false;
};

}  // namespace ae::io
