// RTMP messages (Adobe RTMP 1.0, 5.4 and 7.1): what chunks carry.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace ae::media::rtmp {

enum class MessageType : std::uint8_t {
    set_chunk_size = 1,
    abort = 2,
    acknowledgement = 3,
    user_control = 4,
    window_size = 5,
    peer_bandwidth = 6,
    audio = 8,
    video = 9,
    data_amf3 = 15,
    command_amf3 = 17,
    data_amf0 = 18,
    command_amf0 = 20,
    aggregate = 22,
};

struct Message {
    std::uint32_t chunk_stream = 0;
    MessageType type = MessageType::audio;  // or any other byte: what a peer sends is not checked here
    std::uint32_t timestamp_ms = 0;
    std::uint32_t stream = 0;
    Bytes body = {};
    bool operator==(const Message&) const = default;
};

}  // namespace ae::media::rtmp
