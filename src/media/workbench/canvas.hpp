// Pixels in memory: BGRA, four bytes each, the right way up.
#pragma once

#include <optional>

#include "media/job/job.hpp"
#include "media/workbench/libav.hpp"

namespace ae::media::workbench {

class Canvas {
  public:
    /// nullopt: more memory than there is.
    static std::optional<Canvas> blank(job::PictureSize size);
    /// What a decoder made, in whatever colours. nullopt: it cannot be converted.
    static std::optional<Canvas> from_frame(const AVFrame& frame);

    job::PictureSize size() const { return {static_cast<std::uint32_t>(frame_->width), static_cast<std::uint32_t>(frame_->height)}; }
    const AVFrame& frame() const { return *frame_; }
    std::uint8_t* at(std::uint32_t x, std::uint32_t y) const {
        return frame_->data[0] + std::size_t{y} * static_cast<std::size_t>(frame_->linesize[0]) + std::size_t{4} * x;
    }

    /// Turned and mirrored as an Exif orientation (1 to 8) says.
    std::optional<Canvas> oriented(int orientation) const;
    /// The part `from`, which lies inside, scaled to `size`.
    std::optional<Canvas> scaled(const job::Crop& from, job::PictureSize size) const;
    bool has_transparency() const;
    /// On white, for forms without transparency.
    void flatten();

  private:
    explicit Canvas(FramePtr frame) : frame_(std::move(frame)) {}
    FramePtr frame_;
};

/// The part of a picture that fills a size of this shape: all its width or all its height, in the middle.
job::Crop covering(const job::Crop& part, job::PictureSize size);
/// The largest size of the part's shape within `most`; each side at least 1.
job::PictureSize fitting(const job::Crop& part, job::PictureSize most);

}  // namespace ae::media::workbench
