// From Frames to FLV tag bodies: for `play`, and for publishers of our own. H.264 and AAC on track 0 are written as every player
// has known them since Flash; the rest in the enhanced form.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "media/codec/frame.hpp"

namespace ae::media::flv {

/// The body of the tag that announces a format.
Bytes write_sequence_header(const TrackFormat& format, std::uint8_t track = 0);
/// The bytes of a frame's tag in front of its payload.
Bytes write_frame_header(const Frame& frame);
/// Header and payload.
Bytes write_frame(const Frame& frame);
/// The tag's timestamp: the dts in milliseconds, wrapped to 32 bits.
std::uint32_t timestamp_of(const Frame& frame);

}  // namespace ae::media::flv
