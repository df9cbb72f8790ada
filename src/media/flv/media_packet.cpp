#include "media/flv/media_packet.hpp"

#include "media/flv/enhanced_header.hpp"

namespace ae::media::flv {

namespace {

constexpr unsigned kKeyFrame = 1, kCommandFrame = 5;
constexpr unsigned kEnhancedSound = 9;

Error malformed(const char* detail) { return Error{Errc::invalid, "tag_malformed", detail}; }

struct LegacyCodec {
    std::optional<Codec> codec;
    std::string_view label;
};

LegacyCodec video_codec(unsigned id) {
    switch (id) {
        case 2: return {{}, "Sorenson H.263"};
        case 3:
        case 6: return {{}, "Screen Video"};
        case 4:
        case 5: return {{}, "VP6"};
        case 7: return {Codec::h264, "H.264"};
        // Not of the specification: how encoders sent HEVC before enhanced RTMP.
        case 12: return {Codec::hevc, "HEVC"};
        default: return {{}, "an unknown video codec"};
    }
}

LegacyCodec audio_codec(unsigned id) {
    switch (id) {
        case 0:
        case 3: return {{}, "PCM"};
        case 1: return {{}, "ADPCM"};
        case 2:
        case 14: return {Codec::mp3, "MP3"};
        case 4:
        case 5:
        case 6: return {{}, "Nellymoser"};
        case 7:
        case 8: return {{}, "G.711"};
        case 10: return {Codec::aac, "AAC"};
        case 11: return {{}, "Speex"};
        default: return {{}, "an unknown audio codec"};
    }
}

PacketKind legacy_kind(unsigned type) {
    switch (type) {
        case 0: return PacketKind::sequence_start;
        case 1: return PacketKind::coded_frames;
        case 2: return PacketKind::sequence_end;
        default: return PacketKind::other;
    }
}

MediaPacket legacy_packet(MediaKind media, LegacyCodec codec, BytesView body, std::size_t header) {
    MediaPacket packet{.media = media, .kind = PacketKind::coded_frames, .codec = codec.codec, .codec_label = std::string{codec.label}};
    packet.begin = header;
    packet.size = body.size() - header;
    return packet;
}

}  // namespace

Result<void> parse_video_tag(BytesView body, std::vector<MediaPacket>& out) {
    if (body.empty()) return {};
    const unsigned first = body[0], frame_type = first >> 4 & 7;
    if ((first & 0x80) != 0) {
        const auto before = out.size();
        auto parsed = parse_enhanced(kEnhancedVideo, body, first & 15, frame_type == kCommandFrame, out);
        for (auto i = before; i < out.size(); ++i) out[i].key_flag = frame_type == kKeyFrame;
        return parsed;
    }
    if (frame_type == kCommandFrame) return {};

    const auto codec = video_codec(first & 15);
    if (!codec.codec) {
        out.push_back(legacy_packet(MediaKind::video, codec, body, 1));
        return {};
    }
    if (body.size() < 5) return malformed("A video tag ends inside its header.");
    ByteReader in{body.subspan(1)};
    auto packet = legacy_packet(MediaKind::video, codec, body, 5);
    packet.kind = legacy_kind(in.u8());
    packet.composition_ms = in.i24();
    packet.key_flag = frame_type == kKeyFrame;
    out.push_back(std::move(packet));
    return {};
}

Result<void> parse_audio_tag(BytesView body, std::vector<MediaPacket>& out) {
    if (body.empty()) return {};
    const unsigned sound = body[0] >> 4;
    if (sound == kEnhancedSound) return parse_enhanced(kEnhancedAudio, body, body[0] & 15, false, out);

    const auto codec = audio_codec(sound);
    if (codec.codec != Codec::aac) {
        out.push_back(legacy_packet(MediaKind::audio, codec, body, 1));
        return {};
    }
    if (body.size() < 2) return malformed("An audio tag ends inside its header.");
    auto packet = legacy_packet(MediaKind::audio, codec, body, 2);
    packet.kind = legacy_kind(body[1]);
    out.push_back(std::move(packet));
    return {};
}

}  // namespace ae::media::flv
