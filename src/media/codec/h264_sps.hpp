// The H.264 sequence parameter set (ITU-T H.264 7.3.2.1.1, E.1.1): what a picture looks like.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace ae::media::h264 {

struct Sps {
    std::uint8_t profile = 0, constraints = 0, level = 0;
    std::uint8_t chroma_format = 1, bit_depth = 8;
    /// In pixels, after cropping.
    std::uint32_t width = 0, height = 0;
    /// From the VUI's timing; 0: it says nothing.
    double frame_rate = 0;
    bool operator==(const Sps&) const = default;
};

/// Takes the NAL unit with its one-byte header. Refuses `sps_malformed` and `picture_too_large` (a side above 16 384 pixels).
Result<Sps> parse_sps(BytesView nal);

/// A NAL unit without its emulation prevention bytes (7.4.1.1): 00 00 03 -> 00 00.
Bytes unescape(BytesView nal);

}  // namespace ae::media::h264
