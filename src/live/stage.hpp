// The stage: who may publish, and which broadcasts run where. It answers the media room's `IngestGate` and the channels' `StreamControl`, keeps one
// `Playback` a shard, and is the only one that changes a stream's status.
//
// A broadcast is kept on its channel's home shard. Every shard has a copy of what is known about all of them (`Showing`), so that a
// route answers without a hop.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text_map.hpp"
#include "channels/stream_key_service.hpp"
#include "channels/stream_view.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"
#include "live/audience.hpp"
#include "live/broadcast.hpp"
#include "live/config.hpp"
#include "live/events.hpp"
#include "live/on_air.hpp"
#include "live/playback.hpp"
#include "live/recordings.hpp"
#include "live/showing.hpp"
#include "live/stream_store.hpp"
#include "media/rtmp/ingest.hpp"
#include "store/bus/bus.hpp"
#include "store/db/db.hpp"
#include "thumbnails/keyframe_source.hpp"

namespace ae::live {

class Stage final : public media::IngestGate, public thumbnails::KeyframeSource, public BroadcastEvents, public channels::StreamControl {
  public:
    struct Needs {
        io::Shards& shards;
        db::Db& db;
        channels::StreamKeyService& keys;
        const Clock& clock;
        Random& random;
        const Secret& server_secret;
        bus::Bus& bus;
        Recordings& recordings = no_recordings();
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

    /// Also refuses `stream_just_ended` (its owner pressed End) and `broadcast_ended` (it is just being closed: connect again).
    io::Task<Result<media::PublishGrant>> admit(media::PublishRequest request) override;

    // For the owner, who was checked before.

    /// What an encoder sends becomes public. Refuses `no_ingest` and `transition_illegal`.
    io::Task<Result<void>> go_live(ChannelId channel, std::optional<StreamId> stream, channels::UserId actor);
    /// Ends a stream that is LIVE; its encoder is refused for a minute. Refuses `transition_illegal`.
    io::Task<Result<void>> end_stream(ChannelId channel, StreamId stream, channels::UserId actor);
    /// The owner means to go on: an encoder that was refused after End may come.
    io::Task<> welcome_back(ChannelId channel);
    /// Title, description or category were changed in the row.
    io::Task<> details_changed(StreamRecord record);

    /// Ends the publish of a channel; `reason` is shown by the encoder.
    io::Task<> cut(std::string channel, std::string reason);

    // channels::StreamControl
    io::Task<> cut_key(ChannelId channel, channels::StreamKeyId key, std::string reason) override;
    io::Task<> channel_gone(ChannelId channel) override;
    io::Task<> audience_changed(ChannelId channel, bool is_public) override;

    // On any shard: its own playback, and what it knows. Null: not on the stage.

    Playback& playback();
    const PlaybackTokens& tokens() const { return tokens_; }
    /// Who waits for a channel to go on air.
    OnAir& on_air();
    ShowingPtr showing(const std::string& stream);
    ShowingPtr showing_of_channel(const std::string& channel);
    const LiveFacts* facts(const std::string& stream);
    /// The hub of a public channel that is live, for RTMP play; only on its home shard.
    media::Hub* hub_of(const std::string& channel);
    io::Shard& home_of(const std::string& channel) { return needs_.shards.home_of(channel); }
    /// Hexadecimal: it is a path segment, and part of every media address.
    Secret make_media_secret();

    // thumbnails::KeyframeSource
    std::vector<thumbnails::Keyframe> keyframes_here() override;

    // BroadcastEvents
    void snapshot_ready(std::size_t shard, const std::string& stream, media::hls::SnapshotPtr snapshot) override;
    void facts_changed(const std::string& stream, const LiveFacts& facts) override;
    void reserve(const std::string& stream, std::uint64_t msn, std::uint64_t discontinuity) override;

  private:
    /// An encoder whose stream was ended by the owner.
    struct Refused {
        Broadcast::Encoder encoder;
        SteadyTime until;
    };
    /// What one shard has; touched there alone.
    struct Local {
        Local(io::Shard& shard, const LiveConfig& config, const Clock& clock, const PlaybackTokens& tokens, SnapshotSource source);
        io::TaskGroup tasks;
        Playback playback;
        OnAir on_air;
        TextMap<ShowingPtr> showings;  // by stream
        TextMap<std::string> streams;  // channel -> its stream on the stage

        // Of the channels that are at home here.
        TextMap<std::shared_ptr<Broadcast>> broadcasts;  // by channel
        TextMap<SteadyTime> awaited;                     // by channel: LIVE before this server began, and until when its encoder may come
        TextMap<int> opening;                            // by channel: encoders that are being let in
        TextMap<int> moving;                             // by channel: its stream's status is being written
        TextMap<HeadCount> heads;                        // by stream
        TextMap<Refused> refused;                        // by channel
        TextMap<SteadyTime> revoked_keys;                // until no grant of theirs is left
    };

    Local& local();
    void everywhere(std::function<void(Local&)> change);
    SnapshotSource source_for(std::size_t shard);
    std::shared_ptr<Broadcast> broadcast_of_stream(const std::string& stream);
    bus::Bus& bus() { return needs_.bus; }

    // stage.cpp: encoders come
    io::Task<Result<void>> open(channels::Channel channel, Broadcast::Encoder encoder);
    Result<void> may_come(Local& here, const std::string& channel, const Broadcast::Encoder& encoder);
    Result<std::unique_ptr<media::Publication>> begin(const std::string& channel, const Broadcast::Encoder& encoder,
                                                      std::shared_ptr<media::PublisherControl> control);
    StreamRecord new_stream(const channels::Channel& channel, WallTime now);
    void enter(std::shared_ptr<Broadcast> broadcast, StreamRecord record, bool is_public);

    // stage_showings.cpp: what all shards know
    void show(ShowingPtr showing);
    void change(const std::string& stream, const std::function<void(Showing&)>& how);
    /// Tells all shards who may ask for it, from now on.
    void announce(const Showing& showing);
    void tell_status(const Showing& showing);
    io::Task<> rounds();
    void report(std::vector<AudienceReport> reports);
    void count_heads(Local& here);
    void note_media(Local& here);

    // stage_lifecycle.cpp: how streams go on and end
    Transition step(StreamStatus from, StreamStatus to, std::string reason, const channels::UserId& actor = {});
    void expire(Local& here);
    /// Returns when the row says so; the recording is finished, and the playlists stay a while, after that.
    io::Task<> close(std::string channel, std::string reason, channels::UserId actor);
    io::Task<> archive(StreamRecord record);
    io::Task<> renew(std::string channel, std::string stream);

    Needs needs_;
    const LiveConfig& config_;
    PlaybackTokens tokens_;
    std::vector<std::unique_ptr<Local>> locals_;
};

}  // namespace ae::live
