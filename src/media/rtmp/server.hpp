// The RTMP server: listens, lets publishers in through the IngestGate, and gives their frames to their Publications.
//
// A connection begins on the listener's shard. When the gate has said whose stream it is, it moves, with the bytes that were already
// read, to the channel's home shard; from there on nothing crosses shards.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "io/shard.hpp"
#include "media/hub/hub.hpp"
#include "media/rtmp/ingest.hpp"
#include "media/rtmp/rtmp_config.hpp"

namespace ae::media::rtmp {

/// What a grant to play gives: the shard of the stream's hub, and the way to become a reader there.
struct PlayGrant {
    io::Shard* home = nullptr;
    /// Called once, on `home`. Null when the stream has ended since. `on_ready` as in `Hub::subscribe`.
    std::function<std::unique_ptr<HubReader>(std::function<void()> on_ready)> subscribe;
};

/// The port through which a player finds a stream: by slug, never by key.
class PlaySource {
  public:
    virtual ~PlaySource() = default;
    /// Refuses `stream_not_found`.
    virtual io::Task<Result<PlayGrant>> find(std::string slug) = 0;
};

class Server {
  public:
    /// Everything handed in outlives the server. `play` null: nothing can be played, whatever the configuration says.
    Server(io::Shards& shards, RtmpConfig config, IngestGate& gate, Random& random, PlaySource* play = nullptr);
    /// After `stop`, or after the shards have ended.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds every address, then listens; before or after the shards start, once. Refuses `listen_address_invalid` and `listen_failed`.
    Result<void> start();
    /// The ports that were bound, in the order of the configuration (0 there: any free one).
    std::vector<std::uint16_t> ports() const;
    /// Takes no more connections; asks encoders that can to reconnect and gives them half of `deadline` for it; then closes all,
    /// without a goodbye: their broadcasts wait for them.
    io::Task<> stop(Duration deadline);

  private:
    struct Inner;
    std::unique_ptr<Inner> inner_;
};

}  // namespace ae::media::rtmp
