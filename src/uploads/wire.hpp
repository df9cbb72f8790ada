// What the API shows of an uploaded picture.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "uploads/picture_service.hpp"

namespace ae::uploads::wire {

struct UploadedSize {
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::string url;
    std::string fallbackUrl;
};
BOOST_DESCRIBE_STRUCT(UploadedSize, (), (width, height, url, fallbackUrl))

/// `url` is WebP and stands for the picture from now on; `fallbackUrl` is JPEG.
struct Uploaded {
    std::string url;
    std::string fallbackUrl;
    std::vector<UploadedSize> sizes;
};
BOOST_DESCRIBE_STRUCT(Uploaded, (), (url, fallbackUrl, sizes))

Uploaded uploaded_of(const StoredPicture& picture);

}  // namespace ae::uploads::wire
