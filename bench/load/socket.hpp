// Non-blocking TCP to loopback, and one epoll loop. A broken connection is a failed measurement, so failures end the program.
#pragma once

#include <sys/epoll.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace ae::bench {

using Clock = std::chrono::steady_clock;

/// Prints the sentence and ends the program: a load program has nobody to hand an error to.
[[noreturn]] void fail(std::string_view sentence);

/// A host, a port and a path, out of `http://127.0.0.1:8080/x` or `rtmp://127.0.0.1:1935/live/key`.
struct Url {
    std::string host;
    std::uint16_t port = 0;
    std::string path;  // begins with a slash
    std::string authority() const { return host + ":" + std::to_string(port); }
};
Url parse_url(std::string_view text);

class Socket {
  public:
    Socket() = default;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

    /// Connects from a loopback address of its own for every 25 of `index`, so that no limit per address is what gets measured.
    void connect(const Url& to, std::size_t index);
    int fd() const { return fd_; }

    /// Sends, and keeps what the kernel does not take for `flush()`.
    void send(std::string_view bytes);
    void flush();
    bool has_unsent() const { return !unsent_.empty(); }

    /// What there is, at most `size`; 0 when there is nothing now. The peer's close is a failure unless `closed` is asked for.
    std::size_t receive(char* into, std::size_t size, bool* closed = nullptr);

  private:
    int fd_ = -1;
    std::string unsent_;
};

/// Something that is told when its socket can be read or written.
class Watched {
  public:
    virtual ~Watched() = default;
    virtual void on_ready(std::uint32_t events) = 0;
};

class Loop {
  public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    enum class For { reading, reading_and_writing };
    /// Edge-triggered. Who sends little (a request at a time always fits the kernel's buffer) watches for reading alone: every
    /// acknowledgement would wake it otherwise.
    void watch(const Socket& socket, Watched& watched, For what);
    /// Handles what is ready; waits for at most `wait`.
    void turn(std::chrono::microseconds wait);

  private:
    int epoll_ = -1;
};

}  // namespace ae::bench
