#include "media/codec/records.hpp"

#include <fmt/format.h>

#include "media/codec/bit_reader.hpp"

namespace ae::media {

namespace {

Error malformed(Codec codec) {
    return Error{Errc::invalid, "codec_record_malformed", fmt::format("The {} sequence header cannot be read.", codec_name(codec))};
}

TrackFormat base_format(MediaKind kind, Codec codec, BytesView record) {
    TrackFormat format;
    format.kind = kind;
    format.codec = codec;
    format.decoder_config.assign(record.begin(), record.end());
    return format;
}

void set_sound(TrackFormat& format, std::uint32_t rate, std::uint32_t channels) {
    format.timescale = Timescale{rate};
    format.sample_rate = rate;
    format.channels = channels;
}

std::uint32_t reverse_bits(std::uint32_t value) {
    std::uint32_t out = 0;
    for (int i = 0; i < 32; ++i) out = out << 1 | (value >> i & 1);
    return out;
}

}  // namespace

// ISO 14496-15 annex E.3 says how the string is made.
Result<TrackFormat> parse_hvcc(BytesView record) {
    if (record.size() < 23 || record[0] != 1 || (record[21] & 3) == 2) return malformed(Codec::hevc);
    ByteReader in{record.subspan(1)};
    const auto profile = in.u8();
    const auto compatibility = in.u32();
    const auto constraints = in.bytes(6);
    const auto level = in.u8();

    auto format = base_format(MediaKind::video, Codec::hevc, record);
    constexpr std::string_view kSpaces[] = {"", "A", "B", "C"};
    format.codecs =
        fmt::format("hvc1.{}{}.{:X}.{}{}", kSpaces[profile >> 6], profile & 31, reverse_bits(compatibility), (profile & 32) != 0 ? 'H' : 'L', level);
    std::size_t used = constraints.size();
    while (used > 0 && constraints[used - 1] == 0) --used;
    for (std::size_t i = 0; i < used; ++i) format.codecs += fmt::format(".{:X}", constraints[i]);
    return format;
}

unsigned hvcc_length_size(BytesView record) { return (record[21] & 3u) + 1; }

Result<TrackFormat> parse_av1c(BytesView record) {
    if (record.size() < 4 || record[0] != 0x81) return malformed(Codec::av1);
    const unsigned profile = record[1] >> 5, level = record[1] & 31;
    const bool high_tier = (record[2] & 0x80) != 0, high_depth = (record[2] & 0x40) != 0, twelve = (record[2] & 0x20) != 0;
    if (profile > 2) return malformed(Codec::av1);

    auto format = base_format(MediaKind::video, Codec::av1, record);
    const int depth = !high_depth ? 8 : profile == 2 && twelve ? 12 : 10;
    format.codecs = fmt::format("av01.{}.{:02}{}.{:02}", profile, level, high_tier ? 'H' : 'M', depth);
    return format;
}

Result<TrackFormat> parse_vpcc(BytesView record) {
    auto fields = record;
    if (fields.size() >= 12 && fields[0] == 1 && fields[1] == 0 && fields[2] == 0 && fields[3] == 0) fields = fields.subspan(4);
    if (fields.size() < 6 || fields[0] > 3) return malformed(Codec::vp9);

    auto format = base_format(MediaKind::video, Codec::vp9, record);
    format.codecs = fmt::format("vp09.{:02}.{:02}.{:02}", fields[0], fields[1], fields[2] >> 4);
    return format;
}

Result<TrackFormat> parse_opus_head(BytesView record) {
    if (record.size() < 19 || as_text(record.first(8)) != "OpusHead" || record[9] == 0) return malformed(Codec::opus);
    auto format = base_format(MediaKind::audio, Codec::opus, record);
    format.codecs = "opus";
    set_sound(format, 48'000, record[9]);
    return format;
}

Result<TrackFormat> parse_flac(BytesView record) {
    auto block = record;
    if (block.size() >= 4 && as_text(block.first(4)) == "fLaC") block = block.subspan(4);
    if (block.size() < 4 + 34 || (block[0] & 0x7f) != 0) return malformed(Codec::flac);
    BitReader in{block.subspan(4 + 10)};
    const auto rate = in.bits(20);
    const auto channels = in.bits(3) + 1;
    if (rate == 0) return malformed(Codec::flac);

    auto format = base_format(MediaKind::audio, Codec::flac, record);
    format.codecs = "fLaC";
    set_sound(format, rate, channels);
    return format;
}

}  // namespace ae::media
