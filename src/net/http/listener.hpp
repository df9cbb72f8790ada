// One listening socket: accepts on one shard's loop and hands descriptors on.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/result.hpp"

namespace ae::http {

class Listener {
  public:
    /// Called with each accepted, non-blocking descriptor, which it then owns, and the peer's address.
    using OnAccept = std::function<void(int descriptor, const boost::asio::ip::address& peer)>;

    Listener(boost::asio::io_context& context, OnAccept on_accept);
    /// Binds `address:port` (IPv6 in brackets; port 0: a free one). Refuses `listen_invalid`, `listen_failed`.
    Result<void> open(const std::string& listen);
    std::uint16_t port() const { return port_; }
    /// Begins and ends accepting; on the loop's thread.
    void start() { wait(); }
    void stop();

  private:
    void wait();
    void accept_some();
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    OnAccept on_accept_;
    std::uint16_t port_ = 0;
};

/// `0.0.0.0:8080`, `[::]:8080`, `127.0.0.1:0`. Refuses `listen_invalid`.
Result<boost::asio::ip::tcp::endpoint> parse_listen(std::string_view text);

}  // namespace ae::http
