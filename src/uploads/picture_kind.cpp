#include "uploads/picture_kind.hpp"

namespace ae::uploads {

const std::vector<PictureSize>& sizes_of(PictureKind kind) {
    // Twice what pages show at most, for dense screens.
    static const std::vector<PictureSize> kAvatar{{64, 64}, {128, 128}, {256, 256}, {512, 512}};
    static const std::vector<PictureSize> kBanner{{600, 240}, {1200, 480}, {1920, 768}};
    return kind == PictureKind::avatar ? kAvatar : kBanner;
}

PictureSize usual_size_of(PictureKind kind) { return kind == PictureKind::avatar ? PictureSize{256, 256} : PictureSize{1200, 480}; }

}  // namespace ae::uploads
