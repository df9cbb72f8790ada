// A broadcast's picture at one moment, in its sizes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "media/job/job.hpp"

namespace ae::thumbnails {

struct Thumbnail {
    std::string stream;
    std::string version;
    struct Picture {
        std::uint32_t width = 0;
        SharedBytes webp, jpeg;
    };
    std::vector<Picture> pictures;

    /// The largest, as WebP.
    std::string url() const;
    /// What `/thumbnails/<stream>/{file}` answers; null: it is not of this version, or of no size that there is.
    SharedBytes find(std::string_view file) const;
};
using ThumbnailPtr = std::shared_ptr<const Thumbnail>;

/// The sizes that are made, ascending; a picture of another shape is smaller in one direction.
const std::vector<media::job::PictureSize>& thumbnail_sizes();
/// The same pictures, shared.
ThumbnailPtr thumbnail_of(std::string stream, std::string version, media::job::Renditions renditions);

}  // namespace ae::thumbnails
