// AudioSpecificConfig (ISO 14496-3 1.6.2.1): what an AAC decoder must know.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::aac {

struct AudioSpecificConfig {
    /// The object type that the codecs string names: 2 AAC-LC, 5 HE-AAC (SBR), 29 HE-AAC v2 (SBR and PS).
    std::uint8_t object_type = 2;
    /// Of the sound that comes out: with SBR twice the core's.
    std::uint32_t sample_rate = 0;
    std::uint32_t channels = 0;
    /// Samples that come out of one frame: 1024 or 960, with SBR twice that.
    std::uint32_t samples_per_frame = 1024;
    bool operator==(const AudioSpecificConfig&) const = default;
};

/// Refuses `asc_malformed` and `aac_unsupported` (object types that no browser plays).
Result<AudioSpecificConfig> parse_asc(BytesView bytes);
TrackFormat make_format(const AudioSpecificConfig& config, BytesView bytes);

}  // namespace ae::media::aac
