// What others may see of a broadcast, and what they may do to it. The broadcast belongs to `live`; a channel's page shows the current one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "channels/channel.hpp"
#include "io/task.hpp"

namespace ae::channels {

using StreamId = Id<struct StreamTag>;

/// OFFLINE: made, and not on air. LIVE: on air, also while its encoder reconnects. ENDING: leaving the air. ARCHIVED: over.
enum class StreamStatus { offline, live, ending, archived };

std::string_view status_word(StreamStatus status);
/// Of `OFFLINE`, `LIVE`, `ENDING`, `ARCHIVED`; nullopt for anything else.
std::optional<StreamStatus> status_of(std::string_view word);

struct StreamView {
    StreamId id;
    ChannelId channel;
    std::string title;
    std::string description;
    std::string category;
    StreamStatus status = StreamStatus::offline;
    /// Why it came into this status: a word for its owner.
    std::string reason;
    std::optional<WallTime> start_time;
    std::optional<WallTime> end_time;
    std::int64_t viewer_count = 0;
    std::int64_t peak_viewers = 0;
    /// From the start to the end, or to now.
    std::chrono::seconds duration{0};
    /// On air, and its encoder is away: the picture will go on or end within the reconnect window.
    bool reconnecting = false;
    /// An encoder sends, and its owner alone can watch.
    bool preview = false;
    std::optional<std::string> hls_url;
    std::optional<std::string> thumbnail_url;
    bool has_video = false;
    bool has_audio = false;
};

/// The question that channels ask of whoever knows what is on air; `app/wiring.cpp` plugs in `live`.
class StreamLookup {
  public:
    virtual ~StreamLookup() = default;
    /// The channel's current broadcast: LIVE or ENDING; for its owner also the one in preview.
    virtual io::Task<std::optional<StreamView>> current_stream(ChannelId channel, bool for_owner) = 0;
    /// The same for many, as strangers see them, without a question for each.
    virtual io::Task<std::unordered_map<ChannelId, StreamView>> current_streams(std::vector<ChannelId> channels) = 0;
};

/// What a change to a channel does to its broadcast; `app/wiring.cpp` plugs in `live`.
class StreamControl {
  public:
    virtual ~StreamControl() = default;
    /// Ends the publication that was made with this key, and refuses one that is just being made; the encoder is shown the reason.
    virtual io::Task<> cut_key(ChannelId channel, StreamKeyId key, std::string reason) = 0;
    /// The channel was deleted: its broadcast ends for good.
    virtual io::Task<> channel_gone(ChannelId channel) = 0;
    /// The channel became public or private: who was let in before is asked again.
    virtual io::Task<> audience_changed(ChannelId channel, bool is_public) = 0;
};

}  // namespace ae::channels
