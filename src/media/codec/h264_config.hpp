// AVCDecoderConfigurationRecord (ISO 14496-15 5.3.3.1): the parameter sets that come before the first H.264 frame.
#pragma once

#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"
#include "media/codec/h264_sps.hpp"

namespace ae::media::h264 {

struct DecoderConfig {
    /// The bytes in front of each NAL unit of a frame: 1, 2 or 4.
    unsigned length_size = 4;
    std::vector<Bytes> sps, pps;
    Sps first;
};

/// Refuses `avcc_malformed` (also: no SPS, no PPS, length size 3) and what `parse_sps` refuses.
Result<DecoderConfig> parse_avcc(BytesView record);
/// The track's format. `decoder_config` says 4-byte lengths, which is what frames have.
TrackFormat make_format(const DecoderConfig& config, BytesView record);

}  // namespace ae::media::h264
