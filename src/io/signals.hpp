// What the operator says with signals. Lives on the main thread's loop; every other thread has them blocked.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/signal_set.hpp>

#include "io/task.hpp"

namespace ae::io {

/// SIGTERM and SIGINT ask to stop; a second one ends the process at once (exit code 128 + its number). SIGHUP asks to reload. SIGPIPE is
/// ignored: a peer that went away is an error of the write.
class Signals {
  public:
    /// `stop` runs once. The loop of `executor` does not stay alive for this object alone once `close` was called.
    Signals(const asio::any_io_executor& executor, std::function<void()> stop);
    /// Runs at every SIGHUP, in the order they were added. What it throws is logged; the others run.
    void on_reload(std::string name, std::function<void()> reload);
    void close();

  private:
    void wait_for_stop();
    void wait_for_reload();

    asio::signal_set stop_signals_, reload_signals_;
    std::function<void()> stop_;
    bool stopping_ = false;
    std::vector<std::pair<std::string, std::function<void()>>> reloads_;
};

}  // namespace ae::io
