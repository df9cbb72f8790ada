// What others may know of streams: what happened to them.
#pragma once

#include "channels/stream_view.hpp"
#include "store/bus/bus.hpp"

namespace ae::live {

struct StreamStatusChanged {
    channels::StreamId stream;
    channels::ChannelId channel;
    channels::StreamStatus status = channels::StreamStatus::offline;
    std::string reason;
    /// LIVE, and the encoder is away.
    bool reconnecting = false;
    WallTime at = {};
};

struct StreamViewersChanged {
    channels::StreamId stream;
    channels::ChannelId channel;
    std::int64_t viewers = 0;
    std::int64_t peak = 0;
};

inline constexpr bus::Topic<StreamStatusChanged> kStreamStatus{"stream:status"};
inline constexpr bus::Topic<StreamViewersChanged> kStreamViewers{"stream:viewers"};

}  // namespace ae::live
