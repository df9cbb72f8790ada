// The kinds of picture and the sizes that each is made in. Sizes are promises: pages build addresses with them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "media/job/job.hpp"

namespace ae::uploads {

enum class PictureKind : std::uint8_t { avatar, banner };

using media::job::PictureSize;

/// Ascending.
const std::vector<PictureSize>& sizes_of(PictureKind kind);
/// The one whose address stands for the picture.
PictureSize usual_size_of(PictureKind kind);

}  // namespace ae::uploads
