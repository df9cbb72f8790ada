// The initialisation segment of a CMAF track file (ISO 23000-19, ISO 14496-12): what a decoder must know before the first fragment.
#pragma once

#include <span>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::mp4 {

/// A track and its number in the file; numbers begin at 1.
struct Track {
    std::uint32_t id = 0;
    FormatPtr format;
};

/// `ftyp` and a `moov` without samples, for H.264 and AAC, one track or several.
/// Refuses `codec_unsupported` and `decoder_config_invalid`.
Result<Bytes> init_segment(std::span<const Track> tracks);

}  // namespace ae::media::mp4
