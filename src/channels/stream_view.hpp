// What others may see of a broadcast. The broadcast belongs to `live`; a channel's page shows the current one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "channels/channel.hpp"
#include "io/task.hpp"

namespace ae::channels {

using StreamId = Id<struct StreamTag>;

/// OFFLINE: made, and nothing came yet. LIVE: on air, also while its encoder reconnects. ENDING: leaving the air. ARCHIVED: over.
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
    std::optional<WallTime> start_time;
    std::optional<WallTime> end_time;
    std::int64_t viewer_count = 0;
    std::int64_t peak_viewers = 0;
    /// From the start to the end, or to now.
    std::chrono::seconds duration{0};
    /// On air, and its encoder is away: the picture will go on or end within the reconnect window.
    bool reconnecting = false;
    std::optional<std::string> hls_url;
    std::optional<std::string> thumbnail_url;
    bool has_video = false;
    bool has_audio = false;
};

/// The question that channels ask of whoever knows what is on air; `app/wiring.cpp` plugs in `live`.
class StreamLookup {
  public:
    virtual ~StreamLookup() = default;
    /// The channel's current broadcast: LIVE or ENDING.
    virtual io::Task<std::optional<StreamView>> current_stream(ChannelId channel) = 0;
};

}  // namespace ae::channels
