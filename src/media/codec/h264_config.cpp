#include "media/codec/h264_config.hpp"

#include <fmt/format.h>

namespace ae::media::h264 {

namespace {

// The standard's counts are 5 and 8 bits; a sane stream has one or two of each.
constexpr std::size_t kMaxSets = 32;

bool read_sets(ByteReader& in, std::size_t count, std::uint8_t nal_type, std::vector<Bytes>& out) {
    if (count == 0 || count > kMaxSets) return false;
    for (std::size_t i = 0; i < count; ++i) {
        const auto set = in.bytes(in.u16());
        if (in.failed() || set.empty() || (set[0] & 31) != nal_type) return false;
        out.emplace_back(set.begin(), set.end());
    }
    return true;
}

}  // namespace

Result<DecoderConfig> parse_avcc(BytesView record) {
    const Error malformed{Errc::invalid, "avcc_malformed", "The H.264 sequence header cannot be read."};
    ByteReader in{record};
    if (in.u8() != 1) return malformed;
    in.bytes(3);

    DecoderConfig config;
    config.length_size = (in.u8() & 3u) + 1;
    if (config.length_size == 3) return malformed;
    if (!read_sets(in, in.u8() & 31u, 7, config.sps)) return malformed;
    if (!read_sets(in, in.u8(), 8, config.pps)) return malformed;

    auto sps = parse_sps(config.sps.front());
    if (!sps) return sps.error();
    config.first = *sps;
    return config;
}

TrackFormat make_format(const DecoderConfig& config, BytesView record) {
    TrackFormat format;
    format.kind = MediaKind::video;
    format.codec = Codec::h264;
    format.timescale = kVideoTimescale;
    format.decoder_config.assign(record.begin(), record.end());
    format.decoder_config[4] |= 3;
    format.codecs = fmt::format("avc1.{:02x}{:02x}{:02x}", config.first.profile, config.first.constraints, config.first.level);
    format.width = config.first.width;
    format.height = config.first.height;
    format.frame_rate = config.first.frame_rate;
    return format;
}

}  // namespace ae::media::h264
