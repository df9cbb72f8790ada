// One RTMP connection: a socket, the session behind it, and the buffer between. Lives on one shard at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>

#include "base/time.hpp"
#include "io/shard.hpp"
#include "media/rtmp/door.hpp"
#include "media/rtmp/session.hpp"

namespace ae::media::rtmp {

namespace asio = boost::asio;

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(io::Shard& shard, asio::ip::tcp::socket socket, Seat seat, SessionConfig config, Random& random);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Moves the socket to another shard's loop. Called with no operation pending; after it, only that shard may touch this.
    void move_to(io::Shard& shard);

    /// Reads what is there, once, and lets the session have it. False: the peer is gone, was silent too long, or this was ended.
    /// After `interrupt` it is true with nothing read.
    io::Task<bool> read(std::vector<Event>& events);
    /// Lets the session have what was read and not taken (it waited for an answer).
    void feed_rest(std::vector<Event>& events);
    /// Sends the session's output. False: it could not.
    io::Task<bool> flush();
    /// Sends what is left, ends our direction, and waits a moment for the peer's end: so it reads our last words before a reset.
    io::Task<> part();

    /// After a goodbye: answers what still comes until the peer closes, which is its turn (rtmp2sink takes an end of ours for a failure),
    /// or a moment has passed.
    io::Task<> wait_for_end();

    /// The whole of what follows must be done by then, whatever is read.
    void set_deadline(Duration from_now);
    /// From now on each read may take this long, and each write.
    void set_idle_limit(Duration limit);
    void clear_deadline();
    /// Wakes the reader. `end`: it answers false from now on.
    void interrupt(bool end);

    ServerSession& session() { return session_; }
    const std::string& address() const { return seat_.address(); }
    bool ended() const { return ended_; }

  private:
    void watch();
    void on_due();
    SteadyTime now() const { return std::chrono::steady_clock::now(); }

    io::Shard* shard_;
    asio::ip::tcp::socket socket_;
    Seat seat_;
    ServerSession session_;
    Bytes buffer_;
    std::size_t filled_ = 0;
    Bytes sending_;
    io::WheelTimer timer_;
    Duration idle_limit_{0};
    SteadyTime deadline_ = SteadyTime::max();
    bool reading_ = false, ended_ = false, interrupted_ = false;
};

}  // namespace ae::media::rtmp
