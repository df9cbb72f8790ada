// The hub of a channel: the publisher puts frames in, readers (packager, players, recorder, worker) take them out. Frames are
// shared, never copied. The publisher never waits: a reader that falls behind its bounds loses what it had queued, is counted,
// and goes on at the next keyframe. Lives on the channel's home shard; nothing here may be called from another.
#pragma once

#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "media/codec/frame.hpp"

namespace ae::media {

/// What a reader may have queued. The first bound that is passed empties the queue.
struct ReaderLimits {
    std::size_t frames = 1024;
    std::size_t bytes = std::size_t{8} << 20;
    /// Between the arrival of the oldest and of the newest queued frame.
    Duration age = std::chrono::seconds{5};
};

/// What the hub keeps for readers that start at the last keyframe. A longer group of pictures is not kept, and they start at the next.
struct GopLimits {
    std::size_t frames = 2048;
    std::size_t bytes = std::size_t{8} << 20;
    Duration age = std::chrono::seconds{10};
};

enum class StartAt : std::uint8_t {
    next_keyframe,  // of video; at once when there is only audio
    last_keyframe,  // with everything since then, in one burst
};

/// A frame for one reader. `gap`: this reader lost frames before this one.
struct Delivery {
    FramePtr frame;
    bool gap = false;
};

class Hub;

/// One reader's queue; destroying it is leaving. It may outlive the hub, and sees `ended()` then.
class HubReader {
  public:
    HubReader(const HubReader&) = delete;
    HubReader& operator=(const HubReader&) = delete;
    ~HubReader();

    /// The next frame in the order of arrival; nullopt when there is none now.
    std::optional<Delivery> next();
    bool empty() const { return queue_.empty(); }
    std::size_t queued_frames() const { return queue_.size(); }
    std::size_t queued_bytes() const { return queued_bytes_; }
    /// No frame will come after those that are queued.
    bool ended() const { return ended_; }
    /// Frames this reader lost, since it began.
    std::uint64_t dropped() const { return dropped_; }

  private:
    friend class Hub;
    struct Members;
    HubReader(std::shared_ptr<Members> members, ReaderLimits limits, std::function<void()> on_ready)
        : members_(std::move(members)), limits_(limits), on_ready_(std::move(on_ready)) {}

    void offer(const FramePtr& frame, bool video_flows);
    bool wanted(const Frame& frame, bool video_flows);
    void push(const FramePtr& frame);
    void notify();
    bool over_limits(const Frame& newest) const;
    void drop_all();

    std::shared_ptr<Members> members_;
    ReaderLimits limits_;
    std::function<void()> on_ready_;
    std::deque<FramePtr> queue_;
    std::size_t queued_bytes_ = 0;
    std::uint64_t dropped_ = 0;
    std::bitset<256> started_;  // video tracks whose keyframe this reader has had
    bool gap_ = false;          // the next frame taken comes after a loss
    bool ended_ = false;
};

class Hub {
  public:
    explicit Hub(GopLimits gop_limits = {});
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;
    ~Hub();

    /// `on_ready` is called, from within `publish` or `end`, when an empty queue got its first frame and when the hub ended: it posts
    /// or marks, it may destroy readers, and it may not publish. The burst of `last_keyframe` is queued before `subscribe` returns,
    /// without a call.
    std::unique_ptr<HubReader> subscribe(StartAt start, std::function<void()> on_ready, ReaderLimits limits = {});
    /// Never waits and never fails.
    void publish(FramePtr frame);
    /// The broadcast is over; readers drain what they have. Publishing after it does nothing.
    void end();

    std::size_t readers() const;
    std::size_t gop_frames() const { return gop_.size(); }
    std::size_t gop_bytes() const { return gop_bytes_; }

  private:
    void remember(const FramePtr& frame);
    void forget_gop();
    bool video_flows(const Frame& newest) const;

    GopLimits gop_limits_;
    std::shared_ptr<HubReader::Members> members_;
    std::deque<FramePtr> gop_;  // from the last keyframe of the default video track on; empty when it grew past its limits
    std::size_t gop_bytes_ = 0;
    std::optional<SteadyTime> last_video_;
    bool ended_ = false;
};

}  // namespace ae::media
