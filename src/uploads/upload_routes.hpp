// The routes of uploads.
#pragma once

#include "net/api/routes.hpp"
#include "uploads/picture_service.hpp"
#include "uploads/wire.hpp"

namespace ae::uploads {

/// Adds `POST /api/upload/avatar`, `POST /api/upload/banner` and `GET /uploads/{file}`. The service outlives the routes.
void add_upload_routes(api::Routes& routes, PictureService& pictures);

/// The fields `cropX`, `cropY`, `cropWidth`, `cropHeight`: all or none. Refuses `crop_invalid`.
Result<std::optional<media::job::Crop>> crop_of(const api::Form& form);

}  // namespace ae::uploads
