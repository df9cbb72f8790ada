// What the enhanced headers of audio and video have in common: ModEx prefixes, FourCC codecs and several tracks in one tag.
#pragma once

#include "media/flv/media_packet.hpp"

namespace ae::media::flv {

/// The numbers that differ between audio and video (E-RTMP v2, AudioPacketType and VideoPacketType).
struct EnhancedTypes {
    MediaKind media;
    unsigned multitrack;
    unsigned coded_frames_x;
};
inline constexpr EnhancedTypes kEnhancedVideo{MediaKind::video, 6, 3};
inline constexpr EnhancedTypes kEnhancedAudio{MediaKind::audio, 5, 16};

/// The body after its first byte. `packet_type` is the low half of that byte; `is_command`: video frame type 5.
Result<void> parse_enhanced(const EnhancedTypes& types, BytesView body, unsigned packet_type, bool is_command, std::vector<MediaPacket>& out);

}  // namespace ae::media::flv
