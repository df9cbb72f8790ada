#include "media/workbench/canvas.hpp"

#include <algorithm>
#include <cstring>

namespace ae::media::workbench {

namespace {

using job::Crop;
using job::PictureSize;

/// Older names of formats that say "full range" in the name; the scaler wants the range said apart.
AVPixelFormat plain_format(int format, bool& full_range) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P: full_range = true; return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P: full_range = true; return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P: full_range = true; return AV_PIX_FMT_YUV444P;
        case AV_PIX_FMT_YUVJ440P: full_range = true; return AV_PIX_FMT_YUV440P;
        case AV_PIX_FMT_YUVJ411P: full_range = true; return AV_PIX_FMT_YUV411P;
        default: return static_cast<AVPixelFormat>(format);
    }
}

int colour_table(const AVFrame& frame) {
    // A broadcast that does not say is BT.709 from 720 lines on, as players take it.
    if (frame.colorspace == AVCOL_SPC_BT709 ||
        (frame.colorspace == AVCOL_SPC_UNSPECIFIED && frame.height >= 720 && frame.color_range != AVCOL_RANGE_JPEG)) {
        return SWS_CS_ITU709;
    }
    return SWS_CS_DEFAULT;
}

ScalerPtr scaler(PictureSize from, AVPixelFormat format, PictureSize to, int how) {
    return ScalerPtr{sws_getContext(static_cast<int>(from.width), static_cast<int>(from.height), format, static_cast<int>(to.width),
                                    static_cast<int>(to.height), AV_PIX_FMT_BGRA, how, nullptr, nullptr, nullptr)};
}

/// Where the pixel that is shown at (x, y) lies in the picture as it was stored.
struct Place {
    std::uint32_t x, y;
};
Place stored_place(int orientation, PictureSize stored, std::uint32_t x, std::uint32_t y) {
    const std::uint32_t right = stored.width - 1, bottom = stored.height - 1;
    switch (orientation) {
        case 2: return {right - x, y};
        case 3: return {right - x, bottom - y};
        case 4: return {x, bottom - y};
        case 5: return {y, x};
        case 6: return {y, bottom - x};
        case 7: return {right - y, bottom - x};
        case 8: return {right - y, x};
        default: return {x, y};
    }
}

}  // namespace

std::optional<Canvas> Canvas::blank(PictureSize size) {
    FramePtr frame{av_frame_alloc()};
    if (!frame) return std::nullopt;
    frame->format = AV_PIX_FMT_BGRA;
    frame->width = static_cast<int>(size.width);
    frame->height = static_cast<int>(size.height);
    if (av_frame_get_buffer(frame.get(), 0) < 0) return std::nullopt;
    return Canvas{std::move(frame)};
}

std::optional<Canvas> Canvas::from_frame(const AVFrame& frame) {
    const PictureSize size{static_cast<std::uint32_t>(frame.width), static_cast<std::uint32_t>(frame.height)};
    auto canvas = blank(size);
    if (!canvas) return std::nullopt;
    bool full_range = frame.color_range == AVCOL_RANGE_JPEG;
    const auto format = plain_format(frame.format, full_range);
    const auto convert = scaler(size, format, size, SWS_POINT | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
    if (!convert) return std::nullopt;
    const int* table = sws_getCoefficients(colour_table(frame));
    sws_setColorspaceDetails(convert.get(), table, full_range ? 1 : 0, table, 1, 0, 1 << 16, 1 << 16);
    if (sws_scale(convert.get(), frame.data, frame.linesize, 0, frame.height, canvas->frame_->data, canvas->frame_->linesize) != frame.height)
        return std::nullopt;
    return canvas;
}

std::optional<Canvas> Canvas::oriented(int orientation) const {
    const auto stored = size();
    const bool turned = orientation >= 5;
    auto out = blank(turned ? PictureSize{stored.height, stored.width} : stored);
    if (!out) return std::nullopt;
    for (std::uint32_t y = 0; y < out->size().height; ++y) {
        for (std::uint32_t x = 0; x < out->size().width; ++x) {
            const auto from = stored_place(orientation, stored, x, y);
            std::memcpy(out->at(x, y), at(from.x, from.y), 4);
        }
    }
    return out;
}

std::optional<Canvas> Canvas::scaled(const Crop& from, PictureSize size) const {
    auto out = blank(size);
    // Many pixels become one by their average; few become many by a smooth curve.
    const int how = from.width > size.width ? SWS_AREA : SWS_BICUBIC;
    const auto scale = scaler({from.width, from.height}, AV_PIX_FMT_BGRA, size, how);
    if (!out || !scale) return std::nullopt;
    const std::uint8_t* const data[4] = {at(from.x, from.y), nullptr, nullptr, nullptr};
    const int rows = sws_scale(scale.get(), data, frame_->linesize, 0, static_cast<int>(from.height), out->frame_->data, out->frame_->linesize);
    if (rows != static_cast<int>(size.height)) return std::nullopt;
    return out;
}

bool Canvas::has_transparency() const {
    for (std::uint32_t y = 0; y < size().height; ++y) {
        const auto* row = at(0, y);
        for (std::uint32_t x = 0; x < size().width; ++x) {
            if (row[std::size_t{4} * x + 3] != 255) return true;
        }
    }
    return false;
}

void Canvas::flatten() {
    for (std::uint32_t y = 0; y < size().height; ++y) {
        auto* row = at(0, y);
        for (std::uint32_t x = 0; x < size().width; ++x) {
            auto* pixel = row + std::size_t{4} * x;
            for (int i = 0; i < 3; ++i) pixel[i] = static_cast<std::uint8_t>((pixel[i] * pixel[3] + 255 * (255 - pixel[3]) + 127) / 255);
            pixel[3] = 255;
        }
    }
}

Crop covering(const Crop& part, PictureSize size) {
    Crop out = part;
    const std::uint64_t wide = std::uint64_t{part.width} * size.height, high = std::uint64_t{part.height} * size.width;
    if (wide > high) {
        out.width = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, high / size.height));
        out.x += (part.width - out.width) / 2;
    } else {
        out.height = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, wide / size.width));
        out.y += (part.height - out.height) / 2;
    }
    return out;
}

PictureSize fitting(const Crop& part, PictureSize most) {
    const std::uint64_t wide = std::uint64_t{part.width} * most.height, high = std::uint64_t{part.height} * most.width;
    const auto side = [](std::uint64_t value) { return static_cast<std::uint32_t>(std::max<std::uint64_t>(1, value)); };
    if (wide > high) return {most.width, side((high + part.width / 2) / part.width)};
    return {side((wide + part.height / 2) / part.height), most.height};
}

}  // namespace ae::media::workbench
