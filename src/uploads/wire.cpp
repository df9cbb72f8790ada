#include "uploads/wire.hpp"

namespace ae::uploads::wire {

Uploaded uploaded_of(const StoredPicture& picture) {
    const auto usual = usual_size_of(picture.kind);
    Uploaded shown{address_of(picture.number, usual, PictureForm::webp), address_of(picture.number, usual, PictureForm::jpeg), {}};
    for (const auto& size : sizes_of(picture.kind)) {
        shown.sizes.push_back({static_cast<std::int32_t>(size.width), static_cast<std::int32_t>(size.height),
                               address_of(picture.number, size, PictureForm::webp), address_of(picture.number, size, PictureForm::jpeg)});
    }
    return shown;
}

}  // namespace ae::uploads::wire
