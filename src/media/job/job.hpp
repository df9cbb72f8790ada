// The jobs of the worker and its answers, as values and as bytes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"

namespace ae::media::job {

struct PictureSize {
    std::uint32_t width = 0, height = 0;
    bool operator==(const PictureSize&) const = default;
};

/// A rectangle of the picture as a person sees it (after the camera's orientation), in its pixels.
struct Crop {
    std::uint32_t x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Crop&) const = default;
};

/// How a picture comes to a size of another shape.
enum class Fit : std::uint8_t {
    cover,   // exactly that size; what does not fit is cut off evenly on both sides
    inside,  // whole, at most that size
};

/// How the result is wanted. Every size is made, also from a smaller picture, so that an address can be built without asking.
struct Shape {
    std::vector<PictureSize> sizes;
    Fit fit = Fit::cover;
    bool operator==(const Shape&) const = default;
};

/// A file that somebody sent: PNG, JPEG, WebP or GIF, told by its first bytes; of a moving one the first picture.
struct PictureJob {
    Bytes file;
    Shape shape;
    std::optional<Crop> crop = {};
    /// A picture with more is refused before it is decoded.
    std::uint64_t most_pixels = 0;
    bool operator==(const PictureJob&) const = default;
};

/// One H.264 IDR access unit (NAL units with 4-byte lengths) and its AVCDecoderConfigurationRecord.
struct KeyframeJob {
    Bytes decoder_config;
    Bytes access_unit;
    Shape shape;
    std::uint64_t most_pixels = 0;
    bool operator==(const KeyframeJob&) const = default;
};

/// The first byte of a `job` message. A test build of the program knows more of them; the product refuses those.
enum class JobKind : std::uint8_t { picture = 1, keyframe = 2 };

/// One size of the result, in both forms: WebP, and JPEG for whoever cannot show it.
struct Rendition {
    PictureSize size;
    Bytes webp, jpeg;
    bool operator==(const Rendition&) const = default;
};

/// In the order of the sizes that were asked for.
struct Renditions {
    /// Of the whole picture, as a person sees it.
    PictureSize source;
    std::vector<Rendition> all;
    bool operator==(const Renditions&) const = default;
};

enum class Fault : std::uint8_t {
    job_invalid = 1,   // the message is none of ours
    type_unknown = 2,  // none of the four types, or not what the bytes say
    too_large = 3,     // more pixels than allowed
    broken = 4,        // cannot be decoded
    crop_outside = 5,  // the rectangle is not inside the picture
};
/// `picture_type_unknown`, `picture_too_large`, ...: a stable word.
std::string_view reason_of(Fault fault);
/// The same for a person.
std::string_view sentence_of(Fault fault);
std::optional<Fault> fault_from(std::uint8_t byte);

inline constexpr std::size_t kMostSizes = 8;
/// WebP ends here, and nobody shows more.
inline constexpr std::uint32_t kMostSide = 4096;

/// The body of a `job` message. The sizes are at most eight, each side 1 to 4096.
Bytes to_bytes(const PictureJob& job);
Bytes to_bytes(const KeyframeJob& job);
Bytes to_bytes(const Renditions& renditions);
/// Without the first byte, the kind. nullopt: not what `to_bytes` writes.
std::optional<PictureJob> picture_job_from(BytesView bytes);
std::optional<KeyframeJob> keyframe_job_from(BytesView bytes);
std::optional<Renditions> renditions_from(BytesView bytes);

}  // namespace ae::media::job
