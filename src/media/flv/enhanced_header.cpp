#include "media/flv/enhanced_header.hpp"

#include <array>

namespace ae::media::flv {

namespace {

constexpr unsigned kSequenceStart = 0, kCodedFrames = 1, kSequenceEnd = 2, kMetadata = 4, kModEx = 7;
constexpr unsigned kOneTrack = 0, kManyTracksManyCodecs = 2;
constexpr unsigned kTimestampOffsetNano = 0;
constexpr std::size_t kHeaderByte = 1;

struct FourCc {
    std::string_view text;
    Codec codec;
};
constexpr std::array kFourCcs{FourCc{"avc1", Codec::h264}, FourCc{"hvc1", Codec::hevc}, FourCc{"av01", Codec::av1},  FourCc{"vp09", Codec::vp9},
                              FourCc{"mp4a", Codec::aac},  FourCc{"Opus", Codec::opus}, FourCc{"fLaC", Codec::flac}, FourCc{".mp3", Codec::mp3}};

Error malformed() { return Error{Errc::invalid, "tag_malformed", "A media tag's enhanced header cannot be read."}; }

void read_codec(ByteReader& in, MediaPacket& packet) {
    const auto text = as_text(in.bytes(4));
    packet.codec.reset();
    packet.codec_label.clear();
    for (const auto& known : kFourCcs) {
        if (known.text == text) packet.codec = known.codec;
    }
    // The label may be shown to a person: an unknown one is printable, or it is called unknown.
    for (const char c : text) packet.codec_label += c > ' ' && c < 127 ? c : '?';
}

// ModEx (E-RTMP v2, "ModEx"): prefixes before the packet's own type, of which only the nanosecond offset means something to us.
unsigned skip_prefixes(ByteReader& in, unsigned packet_type, std::uint32_t& offset_ns) {
    while (packet_type == kModEx && !in.failed()) {
        std::size_t size = in.u8() + std::size_t{1};
        if (size == 256) size = in.u16() + std::size_t{1};
        ByteReader value{in.bytes(size)};
        const auto next = in.u8();
        if (next >> 4 == kTimestampOffsetNano && size >= 3) offset_ns = std::min(value.u24(), 999'999u);
        packet_type = next & 15;
    }
    return packet_type;
}

PacketKind kind_of(const EnhancedTypes& types, unsigned packet_type) {
    if (packet_type == kSequenceStart) return PacketKind::sequence_start;
    if (packet_type == kCodedFrames || packet_type == types.coded_frames_x) return PacketKind::coded_frames;
    if (packet_type == kSequenceEnd) return PacketKind::sequence_end;
    return PacketKind::other;
}

bool has_composition_time(const MediaPacket& packet, unsigned packet_type) {
    return packet.media == MediaKind::video && packet_type == kCodedFrames && (packet.codec == Codec::h264 || packet.codec == Codec::hevc);
}

bool take_body(ByteReader& in, std::size_t body_size, std::size_t track_size, unsigned packet_type, MediaPacket& packet) {
    if (track_size > in.remaining()) return false;
    const auto end = body_size - in.remaining() + track_size;
    packet.composition_ms = 0;
    if (has_composition_time(packet, packet_type)) {
        if (track_size < 3) return false;
        packet.composition_ms = in.i24();
    }
    packet.begin = body_size - in.remaining();
    packet.size = end - packet.begin;
    in.bytes(packet.size);
    return true;
}

}  // namespace

std::string_view fourcc_of(Codec codec) {
    for (const auto& known : kFourCcs) {
        if (known.codec == codec) return known.text;
    }
    return "????";
}

Result<void> parse_enhanced(const EnhancedTypes& types, BytesView body, unsigned packet_type, bool is_command, std::vector<MediaPacket>& out) {
    ByteReader in{body.subspan(kHeaderByte)};
    MediaPacket packet{.media = types.media};
    packet_type = skip_prefixes(in, packet_type, packet.offset_ns);
    if (in.failed()) return malformed();
    if (is_command && packet_type != kMetadata) return {};

    const bool many = packet_type == types.multitrack;
    unsigned tracks = kOneTrack;
    if (many) {
        const auto second = in.u8();
        tracks = second >> 4;
        packet_type = second & 15;
        if (tracks > kManyTracksManyCodecs || packet_type == types.multitrack || packet_type == kModEx) return malformed();
    }
    packet.kind = kind_of(types, packet_type);
    if (!many || tracks != kManyTracksManyCodecs) read_codec(in, packet);

    do {
        if (many && tracks == kManyTracksManyCodecs) read_codec(in, packet);
        if (many) packet.track = in.u8();
        const std::size_t size = many && tracks != kOneTrack ? in.u24() : in.remaining();
        if (in.failed() || !take_body(in, body.size(), size, packet_type, packet)) return malformed();
        out.push_back(packet);
    } while (many && tracks != kOneTrack && !in.empty());
    return {};
}

}  // namespace ae::media::flv
