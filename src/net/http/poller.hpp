// Readiness of many sockets for one shard: an epoll of its own inside the shard's loop.
#pragma once

#include <cstdint>
#include <functional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

namespace ae::http {

/// Each socket is registered once, edge-triggered, for its whole life. Asio would ask the kernel again for every wait (one epoll_ctl a
/// request) and allocate an operation; here a pass takes up to 64 events with one system call.
class Poller {
  public:
    /// Called with the owner given to `add` and the events of epoll.
    using OnEvents = std::function<void(void* owner, std::uint32_t events)>;

    /// `before_pass` runs when there are events, before the first is handed out.
    Poller(boost::asio::io_context& context, std::function<void()> before_pass, OnEvents on_events);
    /// False when the kernel refuses. Closing the descriptor removes it; the owner lives until the pass is over.
    bool add(int descriptor, void* owner);
    /// Begins to wait; on the shard's thread.
    void start();

  private:
    void pass();
    void wait();
    boost::asio::posix::stream_descriptor epoll_;
    std::function<void()> before_pass_;
    OnEvents on_events_;
};

}  // namespace ae::http
