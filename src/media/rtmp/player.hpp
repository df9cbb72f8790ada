// A player on RTMP: a reader of the stream's hub whose frames become tags.
#pragma once

#include <memory>

#include <boost/asio/steady_timer.hpp>

#include "io/task.hpp"
#include "media/rtmp/connection.hpp"
#include "media/rtmp/server.hpp"

namespace ae::media::rtmp {

/// What the two halves of a player share: the one that sends waits on it, the one that listens and the hub wake it.
struct PlayerBell {
    explicit PlayerBell(io::Shard& shard) : timer(shard.context(), asio::steady_timer::time_point::max()) {}
    void ring() { timer.cancel(); }
    asio::steady_timer timer;
    bool gone = false;
};

/// Both run on the hub's shard until the stream or the player ends. A player that takes nothing for `stalled_after` is cut off.
io::Task<> serve_player(std::shared_ptr<Connection> connection, std::shared_ptr<PlayerBell> bell, PlayGrant grant, Duration stalled_after);
io::Task<> listen_to_player(std::shared_ptr<Connection> connection, std::shared_ptr<PlayerBell> bell);

}  // namespace ae::media::rtmp
