// The web server's part on one shard: its connections, their poller, and the buffers they share.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "io/shard.hpp"
#include "net/http/connection.hpp"
#include "net/http/poller.hpp"
#include "net/http/server_core.hpp"

namespace ae::http {

/// Everything here runs on the shard's thread but `open_connections`, `expect_one` and the constructor.
class ServerShard {
  public:
    ServerShard(io::Shard& shard, ServerCore& core);
    ~ServerShard();

    void start();
    /// Counts a connection that is on its way here. From the accepting thread: a burst of them must not all find the same shard empty.
    void expect_one() { open_.fetch_add(1, std::memory_order_relaxed); }
    /// Takes a connected, non-blocking socket that was expected.
    void adopt(Socket socket, Peer peer, std::string client);
    /// Closes what is idle; the rest closes after its answer.
    void drain();
    void close_all();
    /// From any thread: for choosing the least loaded shard, and for the end.
    std::size_t open_connections() const { return open_.load(std::memory_order_relaxed); }

    ServerCore& core() { return core_; }
    const ServerCore& core() const { return core_; }
    /// The time for deadlines: read once a pass, and by the sweep, so it is never older than that.
    SteadyTime now() const { return now_; }
    io::Shard& shard() { return shard_; }
    boost::asio::io_context& context() { return shard_.context(); }
    std::span<char> read_buffer() { return read_buffer_; }
    /// For the request that is being read; whoever keeps it moves it away.
    Request& scratch_request() { return scratch_request_; }
    FieldList& scratch_fields() { return scratch_fields_; }
    /// Calls `connection.resume()` after the current handler.
    void resume_later(Connection& connection);
    /// Takes a closed connection out of every list; it is freed after the current handler.
    void bury(Connection& connection);

  private:
    void sweep();
    void sweep_slice(std::size_t from);
    void resume_queued();

    io::Shard& shard_;
    ServerCore& core_;
    Poller poller_;
    boost::asio::steady_timer sweep_timer_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> graveyard_;
    std::vector<Connection*> queued_;
    std::atomic<std::size_t> open_{0};
    SteadyTime now_;
    /// A head of the largest size and one more read fit in.
    std::array<char, 65'536> read_buffer_;
    Request scratch_request_;
    FieldList scratch_fields_;
};

}  // namespace ae::http
