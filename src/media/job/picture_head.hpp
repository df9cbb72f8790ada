// What a picture's file says about itself: its type by the first bytes, never by a name, and its pixels before anything is decoded.
#pragma once

#include <optional>
#include <string_view>

#include "media/job/job.hpp"

namespace ae::media::job {

enum class PictureType : std::uint8_t { png, jpeg, webp, gif };
std::string_view content_type_of(PictureType type);

struct PictureHead {
    PictureType type = PictureType::png;
    /// The larger of what the file says in several places: what a decoder may come to allocate.
    PictureSize size;
    std::uint64_t pixels() const { return std::uint64_t{size.width} * size.height; }
};

/// No side is longer, whatever the product of both is.
inline constexpr std::uint32_t kMostSourceSide = 32'767;

/// nullopt: none of the four types, or its head is broken. PNG (ISO 15948), JPEG (ITU T.81), WebP (RFC 9649), GIF89a.
std::optional<PictureHead> read_picture_head(BytesView file);
/// Nothing, or why the file is not decoded: `type_unknown`, `too_large`.
std::optional<Fault> refusal_of(BytesView file, std::uint64_t most_pixels);

}  // namespace ae::media::job
