#include "media/codec/aac.hpp"

#include <array>

#include <fmt/format.h>

#include "media/codec/bit_reader.hpp"

namespace ae::media::aac {

namespace {

constexpr std::array<std::uint32_t, 13> kRates{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350};
constexpr std::array<std::uint8_t, 15> kChannels{0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 0, 8};
constexpr std::uint32_t kLongRate = 15, kLeastRate = 7'350, kMostRate = 192'000;
constexpr std::uint8_t kLowComplexity = 2, kSbr = 5, kPs = 29, kLongObjectType = 31;
constexpr std::uint32_t kSbrSync = 0x2b7, kPsSync = 0x548;

std::uint8_t read_object_type(BitReader& in) {
    const auto type = in.bits(5);
    return static_cast<std::uint8_t>(type == kLongObjectType ? 32 + in.bits(6) : type);
}

std::uint32_t read_rate(BitReader& in) {
    const auto index = in.bits(4);
    if (index == kLongRate) return in.bits(24);
    return index < kRates.size() ? kRates[index] : 0;
}

// program_config_element (4.4.1.1): channels that no table number names.
std::uint32_t read_program_channels(BitReader& in) {
    in.skip(4 + 2 + 4);
    const auto front = in.bits(4), side = in.bits(4), back = in.bits(4), low = in.bits(2);
    in.skip(3 + 4);
    if (in.bit()) in.skip(4);
    if (in.bit()) in.skip(4);
    if (in.bit()) in.skip(3);
    std::uint32_t channels = low;
    for (std::uint32_t i = 0; i < front + side + back; ++i) {
        channels += in.bit() ? 2 : 1;
        in.skip(4);
    }
    return channels;
}

// SBR that an old decoder overlooks is announced behind the configuration (1.6.5.3).
void read_trailing_sbr(BitReader& in, AudioSpecificConfig& config, std::uint32_t core_rate) {
    if (in.left() < 16 || in.bits(11) != kSbrSync || read_object_type(in) != kSbr || !in.bit()) return;
    const auto rate = read_rate(in);
    if (in.failed() || rate < core_rate || rate > kMostRate) return;
    config.object_type = kSbr;
    config.sample_rate = rate;
    if (in.left() >= 12 && in.bits(11) == kPsSync && in.bit()) config.object_type = kPs;
}

}  // namespace

Result<AudioSpecificConfig> parse_asc(BytesView bytes) {
    const Error malformed{Errc::invalid, "asc_malformed", "The AAC sequence header cannot be read."};
    if (bytes.size() < 2) return malformed;

    BitReader in{bytes};
    AudioSpecificConfig config;
    config.object_type = read_object_type(in);
    const auto core_rate = read_rate(in);
    const auto channel_index = in.bits(4);
    config.sample_rate = core_rate;
    auto core_type = config.object_type;
    if (config.object_type == kSbr || config.object_type == kPs) {
        config.sample_rate = read_rate(in);
        core_type = read_object_type(in);
    }
    if (in.failed() || core_rate < kLeastRate || config.sample_rate < core_rate || config.sample_rate > kMostRate) return malformed;
    if (core_type != kLowComplexity)
        return Error{Errc::unprocessable, "aac_unsupported", fmt::format("AAC object type {} is not played here; choose AAC-LC.", core_type)};

    const bool short_frames = in.bit();
    if (in.bit()) in.skip(14);
    in.bit();
    config.channels = channel_index == 0 ? read_program_channels(in) : channel_index < kChannels.size() ? kChannels[channel_index] : 0u;
    if (in.failed() || config.channels == 0 || config.channels > 16) return malformed;
    if (config.object_type == kLowComplexity && channel_index != 0) read_trailing_sbr(in, config, core_rate);

    const std::uint32_t core_samples = short_frames ? 960 : 1024;
    config.samples_per_frame = config.sample_rate == core_rate ? core_samples : core_samples * 2;
    // Parametric stereo makes two channels out of one (1.6.6.1).
    if (config.object_type == kPs && config.channels == 1) config.channels = 2;
    return config;
}

TrackFormat make_format(const AudioSpecificConfig& config, BytesView bytes) {
    TrackFormat format;
    format.kind = MediaKind::audio;
    format.codec = Codec::aac;
    format.timescale = Timescale{config.sample_rate};
    format.decoder_config.assign(bytes.begin(), bytes.end());
    format.codecs = fmt::format("mp4a.40.{}", config.object_type);
    format.sample_rate = config.sample_rate;
    format.channels = config.channels;
    format.samples_per_frame = config.samples_per_frame;
    return format;
}

}  // namespace ae::media::aac
