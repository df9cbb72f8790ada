// The header of an audio or video tag, legacy (FLV 10.1 E.4) or enhanced (veovera E-RTMP v2): what each track's part of it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::flv {

enum class PacketKind : std::uint8_t {
    sequence_start,
    coded_frames,
    sequence_end,
    /// Colour information, channel order, seek commands: nothing that a frame is made of.
    other,
};

/// One track's part of a tag.
struct MediaPacket {
    MediaKind media = MediaKind::video;
    PacketKind kind = PacketKind::other;
    /// Absent: a codec that this program has no word for; `codec_label` is what the tag called it.
    std::optional<Codec> codec = {};
    std::string codec_label = {};
    std::uint8_t track = 0;
    /// The tag calls the frame a key frame. H.264 and HEVC say it themselves and are believed over this.
    bool key_flag = false;
    /// pts - dts.
    std::int32_t composition_ms = 0;
    /// Enhanced RTMP's ModEx: what the presentation time has beyond its milliseconds.
    std::uint32_t offset_ns = 0;
    /// Where in the tag's body the codec's own bytes are.
    std::size_t begin = 0, size = 0;
};

/// Appends the parts of a tag's body. An empty body has none. Refuses `tag_malformed`; parts before the fault stay appended.
Result<void> parse_video_tag(BytesView body, std::vector<MediaPacket>& out);
Result<void> parse_audio_tag(BytesView body, std::vector<MediaPacket>& out);

/// `avc1`, `mp4a`: the codec's four characters in enhanced RTMP.
std::string_view fourcc_of(Codec codec);

}  // namespace ae::media::flv
