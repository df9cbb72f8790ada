// A broadcast: a stream in memory, on its channel's home shard. It owns the hub and the packager, outlives its encoder's
// connection, and hands every new snapshot to the shards whose viewers watch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "live/config.hpp"
#include "media/hls/packager.hpp"
#include "media/hub/hub.hpp"
#include "media/rtmp/ingest.hpp"

namespace ae::live {

/// What is known about a broadcast beside its row; copied to every shard when it changes.
struct LiveFacts {
    bool publishing = false;
    bool has_video = false;
    bool has_audio = false;
    /// Stable words about what the encoder should do differently: `keyframe_interval_too_long`.
    std::vector<std::string> warnings;
    bool operator==(const LiveFacts&) const = default;
};

/// What a broadcast tells its stage. All of it happens on the home shard.
class BroadcastEvents {
  public:
    virtual ~BroadcastEvents() = default;
    virtual void snapshot_ready(std::size_t shard, const std::string& stream, media::hls::SnapshotPtr snapshot) = 0;
    virtual void facts_changed(const std::string& stream, const LiveFacts& facts) = 0;
    /// Numbers below these ceilings are about to be used: the row must say so before they are.
    virtual void reserve(const std::string& stream, std::uint64_t msn, std::uint64_t discontinuity) = 0;
};

/// The numbers of one run of the packager: where they start, and the ceilings that are on disk already (a number below is covered).
struct StreamRun {
    std::uint64_t epoch = 1;
    std::uint64_t first_msn = 1;
    std::uint64_t first_discontinuity = 0;
    std::uint64_t msn_ceiling = 0;
    std::uint64_t discontinuity_ceiling = 0;

    /// Ceilings are this far ahead when they are written, and written again when half of that is used: at 2 s a segment the
    /// database may be away for two minutes.
    static constexpr std::uint64_t kMsnBlock = 128;
    static constexpr std::uint64_t kDiscontinuityBlock = 64;
};

class Broadcast final : public media::hls::PackagerListener, public std::enable_shared_from_this<Broadcast> {
  public:
    struct Identity {
        std::string stream;
        std::string channel;
        std::string slug;
        std::string media_secret;
    };

    Broadcast(Identity identity, const StreamRun& run, const LiveConfig& config, const Clock& clock, BroadcastEvents& events);
    ~Broadcast() override;

    const Identity& identity() const { return identity_; }
    const LiveFacts& facts() const { return facts_; }
    media::Hub& hub() { return *hub_; }

    /// Whether a publisher from `address` may have the broadcast now: nobody publishes, or it may take over. Refuses `publisher_active`.
    Result<void> may_begin(const std::string& address) const;
    /// Makes the publication; the one before, if any, is told that it was replaced.
    Result<std::unique_ptr<media::Publication>> begin(const std::string& address, const std::string& key,
                                                      std::shared_ptr<media::PublisherControl> control);
    /// Cuts the publisher off (channel deleted).
    void cut(const std::string& reason);
    /// The same, when it came with this key.
    void cut_key(const std::string& key, const std::string& reason);

    /// Whoever publishes now, or did last.
    struct Encoder {
        std::string address;
        std::string key;
        bool operator==(const Encoder&) const = default;
    };
    const std::optional<Encoder>& encoder() const { return encoder_; }
    /// Goes on as another run under another secret: what was given out before leads nowhere, and who reads the hub is let go. The encoder notices nothing.
    void renew(const std::string& media_secret, const StreamRun& run);

    void attach(std::size_t shard);
    void detach(std::size_t shard);

    /// When it ends unless an encoder comes back; nullopt: one is publishing.
    std::optional<SteadyTime> expires_at() const;
    /// The last time a frame came, for the row.
    WallTime last_media() const { return last_media_; }
    /// No more frames: the playlists get their ENDLIST.
    void end();

    // media::hls::PackagerListener
    void segment_opened(std::uint64_t msn) override;
    void discontinuity(std::uint64_t sequence) override;
    void published(const media::hls::SnapshotPtr& snapshot) override;
    void warned(media::hls::Warning warning) override;

  private:
    class LivePublication;
    struct Current {
        std::uint64_t number;
        std::shared_ptr<media::PublisherControl> control;
        SteadyTime last_frame;
    };

    void on_frame(std::uint64_t publication, media::FramePtr frame);
    void on_goodbye(std::uint64_t publication);
    void on_lost(std::uint64_t publication);
    void leave(Duration grace);
    void set_facts(LiveFacts facts);
    void reserve_ahead();

    Identity identity_;
    const LiveConfig& config_;
    const Clock& clock_;
    BroadcastEvents& events_;
    std::optional<media::Hub> hub_;
    std::optional<media::hls::Packager> packager_;
    std::vector<bool> attached_;  // by shard
    std::optional<Current> current_;
    std::optional<Encoder> encoder_;
    std::uint64_t publications_ = 0;
    std::optional<SteadyTime> expires_at_;
    WallTime last_media_;
    LiveFacts facts_;
    std::uint64_t msn_, discontinuity_;
    std::uint64_t msn_ceiling_, discontinuity_ceiling_;
};

}  // namespace ae::live
