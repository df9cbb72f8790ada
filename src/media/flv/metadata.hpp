// onMetaData: what an encoder says of its stream. Hints for people; the codecs' own headers are what counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/flv/amf.hpp"

namespace ae::media::flv {

struct Metadata {
    std::string encoder = {};
    std::string video_codec = {}, audio_codec = {};  // `avc1`, `mp4a`, or the number it gave
    std::uint32_t width = 0, height = 0;
    double frame_rate = 0;
    double video_kbps = 0, audio_kbps = 0;
    std::uint32_t audio_sample_rate = 0, channels = 0;
    bool operator==(const Metadata&) const = default;
};

/// A script tag's body, with or without `@setDataFrame` in front. nullopt: another event than onMetaData. Refuses what AMF0 refuses.
Result<std::optional<Metadata>> parse_metadata(BytesView body);
/// The body of a script tag.
Bytes write_metadata(const Metadata& metadata);

}  // namespace ae::media::flv
