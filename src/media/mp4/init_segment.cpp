#include "media/mp4/init_segment.hpp"

#include <algorithm>

#include "media/mp4/box.hpp"

namespace ae::media::mp4 {

namespace {

constexpr std::uint32_t kMovieTimescale = 1000;
/// Descriptors (ISO 14496-1) are written with one-byte lengths: more than any AudioSpecificConfig needs.
constexpr std::size_t kLongestAudioConfig = 64;
constexpr std::size_t kShortestAvcConfig = 7;
/// The longest box that a player is asked to hold; parameter sets take a few dozen bytes.
constexpr std::size_t kLongestAvcConfig = 64 * 1024;

Result<void> check(const TrackFormat& format) {
    const std::size_t config = format.decoder_config.size();
    switch (format.codec) {
        case Codec::h264:
            if (config >= kShortestAvcConfig && config <= kLongestAvcConfig) return {};
            return Error{Errc::invalid, "decoder_config_invalid", "The H.264 configuration record has no parameter sets."};
        case Codec::aac:
            if (config >= 2 && config <= kLongestAudioConfig) return {};
            return Error{Errc::invalid, "decoder_config_invalid", "The AudioSpecificConfig is missing or too long."};
        default: return Error{Errc::invalid, "codec_unsupported", "Only H.264 and AAC can be put into segments."};
    }
}

void write_zeros(ByteWriter& out, int count) {
    for (int i = 0; i < count; ++i) out.u8(0);
}

void write_matrix(ByteWriter& out) {
    for (const std::uint32_t value : {0x00010000u, 0u, 0u, 0u, 0x00010000u, 0u, 0u, 0u, 0x40000000u}) out.u32(value);
}

void write_ftyp(ByteWriter& out) {
    const Box box{out, "ftyp"};
    out.text("iso6").u32(0).text("iso6").text("cmfc").text("mp41");
}

void write_mvhd(ByteWriter& out, std::uint32_t next_track) {
    const Box box{out, "mvhd", 0, 0};
    out.u32(0).u32(0).u32(kMovieTimescale).u32(0).u32(0x00010000).u16(0x0100);
    write_zeros(out, 10);
    write_matrix(out);
    write_zeros(out, 24);
    out.u32(next_track);
}

void write_tkhd(ByteWriter& out, const Track& track) {
    const bool audio = track.format->kind == MediaKind::audio;
    const Box box{out, "tkhd", 0, 7};  // enabled, in the movie, in the preview
    out.u32(0).u32(0).u32(track.id).u32(0).u32(0);
    write_zeros(out, 8);
    out.u16(0).u16(0).u16(audio ? 0x0100 : 0).u16(0);
    write_matrix(out);
    out.u32(audio ? 0 : track.format->width << 16).u32(audio ? 0 : track.format->height << 16);
}

void write_mdhd(ByteWriter& out, const TrackFormat& format) {
    const Box box{out, "mdhd", 0, 0};
    out.u32(0).u32(0).u32(format.timescale.per_second).u32(0).u16(0x55c4).u16(0);  // 0x55c4: the language `und`
}

void write_hdlr(ByteWriter& out, bool audio) {
    const Box box{out, "hdlr", 0, 0};
    out.u32(0).text(audio ? "soun" : "vide");
    write_zeros(out, 12);
    out.text(audio ? "audio" : "video").u8(0);
}

void write_media_header(ByteWriter& out, bool audio) {
    if (audio) {
        const Box box{out, "smhd", 0, 0};
        out.u32(0);
        return;
    }
    const Box box{out, "vmhd", 0, 1};
    write_zeros(out, 8);
}

void write_dinf(ByteWriter& out) {
    const Box dinf{out, "dinf"};
    const Box dref{out, "dref", 0, 0};
    out.u32(1);
    const Box url{out, "url ", 0, 1};  // flag 1: the media is in this file
}

void write_avc1(ByteWriter& out, const TrackFormat& format) {
    const Box avc1{out, "avc1"};
    write_zeros(out, 6);
    out.u16(1);
    write_zeros(out, 16);
    out.u16(format.width).u16(format.height).u32(0x00480000).u32(0x00480000).u32(0).u16(1);
    write_zeros(out, 32);
    out.u16(0x0018).u16(0xffff);
    const Box avcc{out, "avcC"};
    out.bytes(format.decoder_config);
}

/// ISO 14496-14 section 5.6 over ISO 14496-1 section 7.2.6: ES, decoder configuration, its AudioSpecificConfig, and the SL descriptor.
void write_esds(ByteWriter& out, const Bytes& config) {
    const Box box{out, "esds", 0, 0};
    const std::size_t decoder = 13 + 2 + config.size();
    out.u8(0x03).u8(3 + 2 + decoder + 3).u16(0).u8(0);
    out.u8(0x04).u8(decoder).u8(0x40).u8(0x15).u24(0).u32(0).u32(0);
    out.u8(0x05).u8(config.size()).bytes(config);
    out.u8(0x06).u8(1).u8(0x02);
}

void write_mp4a(ByteWriter& out, const TrackFormat& format) {
    const Box mp4a{out, "mp4a"};
    write_zeros(out, 6);
    out.u16(1);
    write_zeros(out, 8);
    // The rate field has 16 bits for whole hertz; 0 says "look at the AudioSpecificConfig".
    const std::uint32_t rate = format.sample_rate <= 0xffff ? format.sample_rate : 0;
    out.u16(format.channels == 0 ? 2 : format.channels).u16(16).u32(0).u32(rate << 16);
    write_esds(out, format.decoder_config);
}

void write_stbl(ByteWriter& out, const TrackFormat& format) {
    const Box stbl{out, "stbl"};
    {
        const Box stsd{out, "stsd", 0, 0};
        out.u32(1);
        if (format.codec == Codec::h264) write_avc1(out, format);
        else write_mp4a(out, format);
    }
    for (const auto* table : {"stts", "stsc", "stco"}) {
        const Box empty{out, table, 0, 0};
        out.u32(0);
    }
    const Box stsz{out, "stsz", 0, 0};
    out.u32(0).u32(0);
}

void write_trak(ByteWriter& out, const Track& track) {
    const bool audio = track.format->kind == MediaKind::audio;
    const Box trak{out, "trak"};
    write_tkhd(out, track);
    const Box mdia{out, "mdia"};
    write_mdhd(out, *track.format);
    write_hdlr(out, audio);
    const Box minf{out, "minf"};
    write_media_header(out, audio);
    write_dinf(out);
    write_stbl(out, *track.format);
}

void write_mvex(ByteWriter& out, std::span<const Track> tracks) {
    const Box mvex{out, "mvex"};
    for (const auto& track : tracks) {
        const Box trex{out, "trex", 0, 0};
        out.u32(track.id).u32(1).u32(0).u32(0).u32(0);
    }
}

}  // namespace

Result<Bytes> init_segment(std::span<const Track> tracks) {
    std::uint32_t last_id = 0;
    for (const auto& track : tracks) {
        if (auto fit = check(*track.format); !fit) return fit.error();
        last_id = std::max(last_id, track.id);
    }
    Bytes bytes;
    ByteWriter out{bytes};
    write_ftyp(out);
    {
        const Box moov{out, "moov"};
        write_mvhd(out, last_id + 1);
        for (const auto& track : tracks) write_trak(out, track);
        write_mvex(out, tracks);
    }
    return bytes;
}

}  // namespace ae::media::mp4
