// Pictures for tests, made by libav: what cameras and programs would send.
#pragma once

#include <array>
#include <string>

#include "media/workbench/canvas.hpp"

namespace ae::media::workbench::testing {

/// Red left, blue right, and a green band at the top: every turn and mirroring shows.
Canvas striped(job::PictureSize size);
/// Any encoder of libav by its name, from the canvas.
Bytes encoded(const std::string& encoder, const Canvas& canvas);
/// The blue, green, red and opacity of a pixel.
std::array<int, 4> pixel(const Canvas& canvas, std::uint32_t x, std::uint32_t y);
/// Whether the pixel is about that colour.
bool is_about(const Canvas& canvas, std::uint32_t x, std::uint32_t y, std::array<int, 3> bgr);

}  // namespace ae::media::workbench::testing
