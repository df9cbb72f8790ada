// The decoder records of codecs that are parsed and not yet played: enough of each for a TrackFormat with its codecs string.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"

namespace ae::media {

/// HEVCDecoderConfigurationRecord (ISO 14496-15 8.3.3.1).
Result<TrackFormat> parse_hvcc(BytesView record);
/// The bytes in front of each NAL unit, from a record that `parse_hvcc` accepted.
unsigned hvcc_length_size(BytesView record);
/// AV1CodecConfigurationRecord (AV1 in ISO-BMFF 2.3.3).
Result<TrackFormat> parse_av1c(BytesView record);
/// VPCodecConfigurationRecord (VP in ISO-BMFF 2.2), with or without the four bytes of version and flags in front.
Result<TrackFormat> parse_vpcc(BytesView record);
/// The Ogg identification header (RFC 7845 5.1), as enhanced RTMP carries it.
Result<TrackFormat> parse_opus_head(BytesView record);
/// STREAMINFO (RFC 9639 8.2), with or without `fLaC` in front.
Result<TrackFormat> parse_flac(BytesView record);

}  // namespace ae::media
