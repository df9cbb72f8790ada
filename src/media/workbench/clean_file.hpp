// The file with only what a decoder needs. Profiles, comments, thumbnails and text go before a decoder sees them: compressed ones are where bombs
// live, and the rest is nobody's business.
#pragma once

#include <optional>

#include "media/job/picture_head.hpp"

namespace ae::media::workbench {

/// nullopt: its pieces do not fit together. Of an animated WebP the first picture. A GIF stays as it is: its decoder reads the first picture and stops.
std::optional<Bytes> clean_file(job::PictureType type, BytesView file);

/// How the camera was held (Exif tag 274, 1 to 8); 1 when the file does not say. JPEG only.
int orientation_of(job::PictureType type, BytesView file);

}  // namespace ae::media::workbench
