// A canvas to files: WebP, and JPEG for whoever cannot show that. Nothing but pixels goes in.
#pragma once

#include <optional>

#include "media/workbench/canvas.hpp"

namespace ae::media::workbench {

/// nullopt: out of memory.
std::optional<Bytes> encode_webp(const Canvas& canvas);
/// The canvas has no transparency (`flatten`).
std::optional<Bytes> encode_jpeg(const Canvas& canvas);

}  // namespace ae::media::workbench
