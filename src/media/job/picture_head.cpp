#include "media/job/picture_head.hpp"

#include <algorithm>

namespace ae::media::job {

namespace {

bool begins_with(BytesView bytes, std::string_view magic) { return as_text(bytes).starts_with(magic); }

std::uint32_t little16(BytesView bytes, std::size_t at) { return bytes[at] | static_cast<std::uint32_t>(bytes[at + 1]) << 8; }
std::uint32_t little24(BytesView bytes, std::size_t at) { return little16(bytes, at) | static_cast<std::uint32_t>(bytes[at + 2]) << 16; }

std::optional<PictureHead> head(PictureType type, std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0) return std::nullopt;
    return PictureHead{type, {width, height}};
}

std::optional<PictureHead> png(BytesView file) {
    ByteReader in{file.subspan(8)};
    const auto length = in.u32();
    if (as_text(in.bytes(4)) != "IHDR" || length != 13) return std::nullopt;
    const auto width = in.u32();
    const auto height = in.u32();
    if (in.failed()) return std::nullopt;
    return head(PictureType::png, width, height);
}

/// SOF0 to SOF15, but for the three of that range that are something else (DHT, JPG, DAC).
bool starts_frame(std::uint8_t marker) { return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc; }

/// From segment to segment up to the scan. A second frame header (there may be none) counts too: a decoder would obey the last.
std::optional<PictureHead> jpeg(BytesView file) {
    ByteReader in{file.subspan(2)};
    PictureSize size;
    while (!in.failed()) {
        if (in.u8() != 0xff) return std::nullopt;
        std::uint8_t marker = in.u8();
        while (marker == 0xff) marker = in.u8();
        if (marker == 0xda) break;  // the scan begins
        if (marker == 0 || marker == 0xd9 || (marker >= 0xd0 && marker <= 0xd8)) return std::nullopt;
        const std::size_t length = in.u16();
        if (length < 2) return std::nullopt;
        ByteReader segment{in.bytes(length - 2)};
        if (!starts_frame(marker)) continue;
        segment.u8();  // sample precision
        const std::uint32_t height = segment.u16(), width = segment.u16();
        if (segment.failed()) return std::nullopt;
        size = {std::max(size.width, width), std::max(size.height, height)};
    }
    if (in.failed()) return std::nullopt;
    return head(PictureType::jpeg, size.width, size.height);
}

/// The size that one bitstream chunk says: VP8 (RFC 6386 section 9.1) or VP8L (RFC 9649 section 3.4).
std::optional<PictureSize> webp_bitstream(std::string_view kind, BytesView chunk) {
    if (kind == "VP8 ") {
        if (chunk.size() < 10 || chunk[3] != 0x9d || chunk[4] != 0x01 || chunk[5] != 0x2a) return std::nullopt;
        return PictureSize{little16(chunk, 6) & 0x3fff, little16(chunk, 8) & 0x3fff};
    }
    if (chunk.size() < 5 || chunk[0] != 0x2f) return std::nullopt;
    const std::uint32_t bits = little16(chunk, 1) | little16(chunk, 3) << 16;
    return PictureSize{(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
}

std::optional<PictureHead> webp(BytesView file) {
    // Behind what RIFF says is somebody else's.
    const std::size_t whole = std::size_t{8} + (little16(file, 4) | std::size_t{little16(file, 6)} << 16);
    if (whole < 12) return std::nullopt;
    file = file.first(std::min(whole, file.size()));
    PictureSize size;
    std::size_t at = 12;
    while (file.size() - at >= 8) {
        const auto kind = as_text(file.subspan(at, 4));
        const std::size_t length = little16(file, at + 4) | std::size_t{little16(file, at + 6)} << 16;
        at += 8;
        if (length > file.size() - at) return std::nullopt;
        const auto chunk = file.subspan(at, length);
        std::optional<PictureSize> said;
        if (kind == "VP8X") {
            if (chunk.size() < 10) return std::nullopt;
            said = PictureSize{little24(chunk, 4) + 1, little24(chunk, 7) + 1};
        } else if (kind == "VP8 " || kind == "VP8L") {
            said = webp_bitstream(kind, chunk);
            if (!said) return std::nullopt;
        } else if (kind == "ANMF") {
            if (chunk.size() < 16) return std::nullopt;
            said = PictureSize{little24(chunk, 6) + 1, little24(chunk, 9) + 1};
        }
        if (said) size = {std::max(size.width, said->width), std::max(size.height, said->height)};
        at += std::min(length + length % 2, file.size() - at);
    }
    return head(PictureType::webp, size.width, size.height);
}

std::optional<PictureHead> gif(BytesView file) {
    if (file.size() < 13) return std::nullopt;
    return head(PictureType::gif, little16(file, 6), little16(file, 8));
}

}  // namespace

std::string_view content_type_of(PictureType type) {
    switch (type) {
        case PictureType::png: return "image/png";
        case PictureType::jpeg: return "image/jpeg";
        case PictureType::webp: return "image/webp";
        case PictureType::gif: return "image/gif";
    }
    return "application/octet-stream";
}

std::optional<PictureHead> read_picture_head(BytesView file) {
    if (begins_with(file, "\x89PNG\r\n\x1a\n")) return png(file);
    if (begins_with(file, "\xff\xd8\xff")) return jpeg(file);
    if (begins_with(file, "RIFF") && file.size() >= 12 && as_text(file.subspan(8, 4)) == "WEBP") return webp(file);
    if (begins_with(file, "GIF87a") || begins_with(file, "GIF89a")) return gif(file);
    return std::nullopt;
}

std::optional<Fault> refusal_of(BytesView file, std::uint64_t most_pixels) {
    const auto head = read_picture_head(file);
    if (!head) return Fault::type_unknown;
    if (head->pixels() > most_pixels || head->size.width > kMostSourceSide || head->size.height > kMostSourceSide) return Fault::too_large;
    return std::nullopt;
}

}  // namespace ae::media::job
