#include "thumbnails/thumbnail.hpp"

#include <fmt/format.h>

namespace ae::thumbnails {

std::string Thumbnail::url() const { return fmt::format("/thumbnails/{}/{}-{}.webp", stream, version, pictures.back().width); }

SharedBytes Thumbnail::find(std::string_view file) const {
    for (const auto& picture : pictures) {
        if (file == fmt::format("{}-{}.webp", version, picture.width)) return picture.webp;
        if (file == fmt::format("{}-{}.jpg", version, picture.width)) return picture.jpeg;
    }
    return nullptr;
}

const std::vector<media::job::PictureSize>& thumbnail_sizes() {
    static const std::vector<media::job::PictureSize> kSizes{{320, 180}, {640, 360}, {1280, 720}};
    return kSizes;
}

ThumbnailPtr thumbnail_of(std::string stream, std::string version, media::job::Renditions renditions) {
    auto thumbnail = std::make_shared<Thumbnail>(Thumbnail{std::move(stream), std::move(version), {}});
    for (std::size_t i = 0; i < renditions.all.size(); ++i) {
        auto& one = renditions.all[i];
        // Named by the width that was asked for, which is the same for every broadcast.
        thumbnail->pictures.push_back(
            {thumbnail_sizes()[i].width, std::make_shared<const Bytes>(std::move(one.webp)), std::make_shared<const Bytes>(std::move(one.jpeg))});
    }
    return thumbnail;
}

}  // namespace ae::thumbnails
