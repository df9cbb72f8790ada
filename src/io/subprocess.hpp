// Subprocesses: a program and its arguments, never a shell. The child leads a process group of its own, has default signals, and
// inherits no descriptor but those it is given.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/result.hpp"
#include "base/time.hpp"
#include "io/event.hpp"
#include "io/task.hpp"

namespace ae::io {

/// What one of the child's standard streams is connected to.
enum class Stream { null, inherit, pipe };

struct ProcessWish {
    /// The program (a path, or a name that is looked up in PATH) and its arguments.
    std::vector<std::string> argv;
    /// `NAME=value`, all of them; nullopt: those of this process.
    std::optional<std::vector<std::string>> environment = {};
    /// Where it runs; empty: where this process does.
    std::string directory = {};
    Stream in = Stream::null, out = Stream::null, err = Stream::inherit;
    /// A socket for both directions, which the child finds as descriptor 3.
    bool channel = false;
};

/// How a process ended: with an exit code, or by a signal.
struct ProcessEnd {
    int code = -1;
    int signal = 0;
    bool ok() const { return signal == 0 && code == 0; }
    /// `exit code 1`, `signal 9`.
    std::string text() const;
};

/// Lives on one shard. `wait` or `stop` it before it goes: the destructor kills the group and waits for the kernel, which blocks.
class Subprocess {
  public:
    /// Refuses `process_not_started` (unavailable) with the system's reason.
    static Result<std::unique_ptr<Subprocess>> start(const asio::any_io_executor& executor, const ProcessWish& wish);
    ~Subprocess();
    Subprocess(const Subprocess&) = delete;
    Subprocess& operator=(const Subprocess&) = delete;

    int pid() const { return pid_; }
    /// Our ends of the pipes; closed where the wish asked for none.
    asio::posix::stream_descriptor& in() { return in_; }
    asio::posix::stream_descriptor& out() { return out_; }
    asio::posix::stream_descriptor& err() { return err_; }
    asio::local::stream_protocol::socket& channel() { return channel_; }

    /// Sends a signal to the whole group; nothing when the process has ended.
    void signal(int number) const;
    /// Returns when it has ended; several may wait. What is left of its group is killed then.
    Task<ProcessEnd> wait();
    /// Asks with SIGTERM, and insists with SIGKILL after `grace`.
    Task<ProcessEnd> stop(Duration grace);

  private:
    explicit Subprocess(const asio::any_io_executor& executor);
    void watch();
    void reap();

    int pid_ = -1;
    asio::posix::stream_descriptor in_, out_, err_;
    asio::local::stream_protocol::socket channel_;
    asio::posix::stream_descriptor pidfd_;
    Event ended_;
    ProcessEnd end_;
};

struct ProcessLimits {
    Duration time = std::chrono::seconds{30};
    /// Of standard output and of standard error each.
    std::size_t output_bytes = 1 << 20;
};

struct ProcessOutput {
    ProcessEnd end;
    std::string out, err;
};

/// Runs a program to its end with `input` on its standard input, and collects what it says. The wish's streams are all pipes. Refuses
/// `process_not_started`, `timed_out` and `process_output_too_large`; the group is killed then, and also when the caller is cancelled.
Task<Result<ProcessOutput>> run_process(ProcessWish wish, std::string input, ProcessLimits limits);

}  // namespace ae::io
