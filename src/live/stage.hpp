// The stage: who may publish, and which broadcasts run where. It answers the media room's `IngestGate`, keeps one `Playback` a
// shard, and is the only one that changes a stream's status.
//
// A broadcast is kept on its channel's home shard. Every shard has a copy of what is known about all of them (`facts`), so that a
// route answers without a hop.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "channels/stream_key_service.hpp"
#include "channels/stream_view.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"
#include "live/broadcast.hpp"
#include "live/config.hpp"
#include "live/on_air.hpp"
#include "live/playback.hpp"
#include "live/stream_store.hpp"
#include "media/rtmp/ingest.hpp"
#include "store/db/db.hpp"

namespace ae::live {

class Stage final : public media::IngestGate, public BroadcastEvents, public channels::StreamControl {
  public:
    struct Needs {
        io::Shards& shards;
        db::Db& db;
        channels::StreamKeyService& keys;
        const Clock& clock;
        Random& random;
    };

    Stage(Needs needs, const LiveConfig& config);
    ~Stage() override;

    /// Closes streams whose reconnect window passed while no server ran, and waits for the encoders of the others.
    void start_blocking();
    /// The shards run: begins the once-a-second round on each.
    void start();
    /// Answers who waits and ends the rounds; broadcasts stay LIVE in the database, so that they go on after a restart.
    io::Task<> stop();

    // media::IngestGate
    io::Task<Result<media::PublishGrant>> admit(media::PublishRequest request) override;

    /// Ends the publish of a channel; `reason` is shown by the encoder.
    io::Task<> cut(std::string channel, std::string reason);

    // channels::StreamControl
    io::Task<> cut_key(channels::ChannelId channel, channels::StreamKeyId key, std::string reason) override;
    io::Task<> channel_gone(channels::ChannelId channel) override;
    io::Task<> audience_changed(channels::ChannelId channel, bool is_public) override;

    /// Ends a channel's broadcast for good.
    io::Task<> end(std::string channel, std::string reason);

    /// On any shard: its own playback, and what it knows of a stream. Null: the stream is not in memory (or its encoder has not come back).
    Playback& playback();
    /// On any shard: the requests that wait for a channel to go on air.
    OnAir& on_air();
    const LiveFacts* facts(const std::string& stream);
    /// The hub of a channel that is live, for RTMP play; only on its home shard. Null: not live.
    media::Hub* hub_of(const std::string& channel);
    io::Shard& home_of(const std::string& channel) { return needs_.shards.home_of(channel); }

    // BroadcastEvents
    void snapshot_ready(std::size_t shard, const std::string& stream, media::hls::SnapshotPtr snapshot) override;
    void facts_changed(const std::string& stream, const LiveFacts& facts) override;
    void reserve(const std::string& stream, std::uint64_t msn, std::uint64_t discontinuity) override;

  private:
    /// What one shard has; touched there alone.
    struct Local {
        Local(io::Shard& shard, const LiveConfig& config, const Clock& clock, SnapshotSource source);
        io::TaskGroup tasks;
        Playback playback;
        OnAir on_air;
        std::unordered_map<std::string, LiveFacts> facts;                        // by stream
        std::unordered_map<std::string, std::string> homes;                      // stream -> channel
        std::unordered_map<std::string, std::shared_ptr<Broadcast>> broadcasts;  // by channel; those at home here
        std::unordered_map<std::string, SteadyTime> revoked_keys;                // those of channels at home here; until no grant of theirs is left
    };

    Local& local();
    void everywhere(std::function<void(Local&)> change);
    SnapshotSource source_for(std::size_t shard);
    std::shared_ptr<Broadcast> broadcast_of_stream(const std::string& stream);

    io::Task<Result<void>> open(channels::Channel channel, std::string address);
    Result<std::unique_ptr<media::Publication>> begin(const std::string& channel, const std::string& address, const std::string& key,
                                                      std::shared_ptr<media::PublisherControl> control);
    StreamRecord new_stream(const channels::Channel& channel, WallTime now);
    void enter(std::shared_ptr<Broadcast> broadcast, bool is_public);
    io::Task<> rounds();
    void expire(Local& here);
    void note_media(Local& here);
    /// Returns when the row says so; the playlists stay a while for players that are behind.
    io::Task<> finish(std::shared_ptr<Broadcast> broadcast, std::string reason);
    io::Task<> linger(std::string stream);

    Needs needs_;
    const LiveConfig& config_;
    std::vector<std::unique_ptr<Local>> locals_;
};

}  // namespace ae::live
