#include "media/codec/h264_sps.hpp"

#include <algorithm>
#include <array>

#include "media/codec/bit_reader.hpp"

namespace ae::media::h264 {

namespace {

constexpr std::uint32_t kMaxSide = 16'384;
// A parameter set is some tens of bytes; a scaling matrix makes it a few hundred.
constexpr std::size_t kMaxSpsBytes = 4'096;
constexpr std::uint32_t kExtendedSampleAspect = 255;

bool has_chroma_fields(std::uint32_t profile) {
    constexpr std::array kProfiles{100u, 110u, 122u, 244u, 44u, 83u, 86u, 118u, 128u, 138u, 139u, 134u, 135u};
    return std::ranges::find(kProfiles, profile) != kProfiles.end();
}

void skip_scaling_list(BitReader& in, unsigned size) {
    std::int32_t last = 8, next = 8;
    for (unsigned i = 0; i < size && next != 0; ++i) {
        next = static_cast<std::int32_t>((static_cast<std::int64_t>(last) + in.se() + 256) % 256);
        if (next < 0 || in.failed()) return;
        if (next != 0) last = next;
    }
}

void read_chroma(BitReader& in, Sps& sps) {
    sps.chroma_format = static_cast<std::uint8_t>(in.ue_at_most(3));
    const bool separate_planes = sps.chroma_format == 3 && in.bit();
    sps.bit_depth = static_cast<std::uint8_t>(8 + in.ue_at_most(6));
    in.ue_at_most(6);
    in.bit();
    if (in.bit()) {
        const unsigned lists = sps.chroma_format == 3 ? 12 : 8;
        for (unsigned i = 0; i < lists && !in.failed(); ++i) {
            if (in.bit()) skip_scaling_list(in, i < 6 ? 16 : 64);
        }
    }
    // Three separate planes crop like a picture without chroma (7.4.2.1.1, ChromaArrayType 0).
    if (separate_planes) sps.chroma_format = 0;
}

void skip_picture_order(BitReader& in) {
    const auto type = in.ue_at_most(2);
    if (type == 0) in.ue_at_most(12);
    if (type != 1) return;
    in.bit();
    in.se();
    in.se();
    const auto cycle = in.ue_at_most(255);
    for (std::uint32_t i = 0; i < cycle && !in.failed(); ++i) in.se();
}

// The size may be a little wrong about the VUI of an odd encoder, never about the picture: what fails here only loses the rate.
double read_frame_rate(BitReader& in) {
    if (in.bit() && in.bits(8) == kExtendedSampleAspect) in.skip(32);
    if (in.bit()) in.bit();
    if (in.bit()) {
        in.skip(4);
        if (in.bit()) in.skip(24);
    }
    if (in.bit()) {
        in.ue();
        in.ue();
    }
    if (!in.bit()) return 0;
    const auto units = in.bits(32);
    const auto scale = in.bits(32);
    if (in.failed() || units == 0) return 0;
    const double rate = static_cast<double>(scale) / (2.0 * units);
    return rate >= 0.1 && rate <= 1'000 ? rate : 0;
}

struct Crop {
    std::uint64_t horizontal = 0, vertical = 0;
};

Crop read_crop(BitReader& in, const Sps& sps, bool frames_only) {
    if (!in.bit()) return {};
    const std::uint64_t left = in.ue(), right = in.ue(), top = in.ue(), bottom = in.ue();
    const std::uint64_t unit_x = sps.chroma_format == 1 || sps.chroma_format == 2 ? 2 : 1;
    const std::uint64_t unit_y = (sps.chroma_format == 1 ? 2 : 1) * (frames_only ? 1u : 2u);
    return {(left + right) * unit_x, (top + bottom) * unit_y};
}

}  // namespace

Bytes unescape(BytesView nal) {
    Bytes out;
    out.reserve(nal.size());
    std::size_t zeros = 0;
    for (const auto byte : nal) {
        const bool prevention = zeros >= 2 && byte == 3;
        zeros = byte == 0 ? zeros + 1 : 0;
        if (!prevention) out.push_back(byte);
    }
    return out;
}

Result<Sps> parse_sps(BytesView nal) {
    const Error malformed{Errc::invalid, "sps_malformed", "The H.264 sequence parameter set cannot be read."};
    if (nal.size() < 4 || nal.size() > kMaxSpsBytes || (nal[0] & 31) != 7) return malformed;

    const Bytes raw = unescape(nal.subspan(1));
    BitReader in{raw};
    Sps sps;
    sps.profile = static_cast<std::uint8_t>(in.bits(8));
    sps.constraints = static_cast<std::uint8_t>(in.bits(8));
    sps.level = static_cast<std::uint8_t>(in.bits(8));
    in.ue_at_most(31);
    if (has_chroma_fields(sps.profile)) read_chroma(in, sps);
    in.ue_at_most(12);
    skip_picture_order(in);
    in.ue_at_most(16);
    in.bit();
    const std::uint64_t width_blocks = std::uint64_t{in.ue()} + 1;
    const std::uint64_t height_units = std::uint64_t{in.ue()} + 1;
    const bool frames_only = in.bit();
    if (!frames_only) in.bit();
    in.bit();
    const auto crop = read_crop(in, sps, frames_only);
    const bool has_vui = in.bit();
    if (in.failed()) return malformed;

    const std::uint64_t width = width_blocks * 16, height = height_units * 16 * (frames_only ? 1u : 2u);
    if (crop.horizontal >= width || crop.vertical >= height) return malformed;
    if (width > kMaxSide || height > kMaxSide) return Error{Errc::too_large, "picture_too_large", "The picture is larger than 16384 pixels."};
    sps.width = static_cast<std::uint32_t>(width - crop.horizontal);
    sps.height = static_cast<std::uint32_t>(height - crop.vertical);
    if (has_vui) sps.frame_rate = read_frame_rate(in);
    return sps;
}

}  // namespace ae::media::h264
