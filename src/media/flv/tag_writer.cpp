#include "media/flv/tag_writer.hpp"

#include "media/flv/media_packet.hpp"

namespace ae::media::flv {

namespace {

constexpr unsigned kSequenceStart = 0, kCodedFrames = 1, kCodedFramesX = 3;
constexpr unsigned kKeyFrame = 1, kInterFrame = 2;
constexpr unsigned kVideoMultitrack = 6, kAudioMultitrack = 5;
// AAC, "44.1 kHz, 16 bit, stereo": the specification wants these bits whatever the sound is (E.4.2.1).
constexpr unsigned kLegacyAac = 0xaf;
constexpr unsigned kLegacyH264 = 7;

bool is_legacy(const TrackFormat& format, std::uint8_t track) { return track == 0 && (format.codec == Codec::h264 || format.codec == Codec::aac); }

void write_legacy(ByteWriter& out, const TrackFormat& format, unsigned packet_type, bool key, std::int64_t composition_ms) {
    if (format.kind == MediaKind::audio) {
        out.u8(kLegacyAac).u8(packet_type);
        return;
    }
    out.u8((key ? kKeyFrame : kInterFrame) << 4 | kLegacyH264).u8(packet_type).u24(static_cast<std::uint64_t>(composition_ms));
}

void write_enhanced(ByteWriter& out, const TrackFormat& format, std::uint8_t track, unsigned packet_type, bool key) {
    const bool video = format.kind == MediaKind::video;
    const unsigned front = video ? 8u | (key ? kKeyFrame : kInterFrame) : 9u;
    if (track == 0) {
        out.u8(front << 4 | packet_type).text(fourcc_of(format.codec));
        return;
    }
    // One track (multitrack type 0): the packet's own type in the low half of the second byte.
    out.u8(front << 4 | (video ? kVideoMultitrack : kAudioMultitrack)).u8(packet_type).text(fourcc_of(format.codec)).u8(track);
}

std::int64_t composition_ms(const Frame& frame) {
    return rescale(frame.pts, frame.format->timescale, Timescale{1'000}) - rescale(frame.dts, frame.format->timescale, Timescale{1'000});
}

}  // namespace

Bytes write_sequence_header(const TrackFormat& format, std::uint8_t track) {
    Bytes out;
    ByteWriter writer{out};
    if (is_legacy(format, track)) write_legacy(writer, format, kSequenceStart, true, 0);
    else write_enhanced(writer, format, track, kSequenceStart, true);
    writer.bytes(format.decoder_config);
    return out;
}

Bytes write_frame_header(const Frame& frame) {
    Bytes out;
    ByteWriter writer{out};
    const auto& format = *frame.format;
    const auto composition = composition_ms(frame);
    if (is_legacy(format, frame.track)) {
        write_legacy(writer, format, kCodedFrames, frame.keyframe, composition);
        return out;
    }
    const bool reordering = format.codec == Codec::h264 || format.codec == Codec::hevc;
    const bool plain = format.kind == MediaKind::video && (!reordering || composition == 0);
    write_enhanced(writer, format, frame.track, plain && reordering ? kCodedFramesX : kCodedFrames, frame.keyframe);
    if (reordering && !plain) writer.u24(static_cast<std::uint64_t>(composition));
    return out;
}

Bytes write_frame(const Frame& frame) {
    auto out = write_frame_header(frame);
    ByteWriter{out}.bytes(frame.payload);
    return out;
}

std::uint32_t timestamp_of(const Frame& frame) { return static_cast<std::uint32_t>(rescale(frame.dts, frame.format->timescale, Timescale{1'000})); }

}  // namespace ae::media::flv
