// Pixels out of compressed bytes, by libav's own decoders, in one thread.
#pragma once

#include <expected>

#include "media/job/picture_head.hpp"
#include "media/workbench/canvas.hpp"

namespace ae::media::workbench {

template <class T>
using Done = std::expected<T, job::Fault>;

/// A file's first picture, the right way up. Faults: `type_unknown`, `too_large`, `broken`.
Done<Canvas> decode_picture(BytesView file, std::uint64_t most_pixels);
/// One H.264 IDR access unit. Faults: `too_large`, `broken`.
Done<Canvas> decode_keyframe(BytesView decoder_config, BytesView access_unit, std::uint64_t most_pixels);

}  // namespace ae::media::workbench
