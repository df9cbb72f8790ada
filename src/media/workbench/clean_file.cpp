#include "media/workbench/clean_file.hpp"

#include <algorithm>

namespace ae::media::workbench {

namespace {

using job::PictureType;

// PNG: signature, then chunks of length, name, content, checksum (ISO 15948 section 5.3).
std::optional<Bytes> clean_png(BytesView file) {
    Bytes out(file.begin(), file.begin() + 8);
    ByteWriter writer{out};
    ByteReader in{file.subspan(8)};
    while (!in.empty()) {
        const auto begin = in.rest();
        const std::size_t length = in.u32();
        const auto name = as_text(in.bytes(4));
        in.bytes(length);
        in.u32();
        // What is cut off is the decoder's to judge: many a picture on the web lacks its end.
        if (in.failed()) {
            if (name == "IDAT") writer.bytes(begin);
            break;
        }
        if (name == "IHDR" || name == "PLTE" || name == "tRNS" || name == "IDAT" || name == "IEND") writer.bytes(begin.first(12 + length));
        if (name == "IEND") break;
    }
    return out;
}

struct Segment {
    std::uint8_t marker;
    BytesView content;
};

/// The segments of a JPEG up to its first scan; `in` stands before that scan then. nullopt: broken.
std::optional<std::vector<Segment>> segments_of(ByteReader& in) {
    std::vector<Segment> all;
    in.bytes(2);
    while (!in.failed()) {
        const auto here = in;
        if (in.u8() != 0xff) return std::nullopt;
        std::uint8_t marker = in.u8();
        while (marker == 0xff) marker = in.u8();
        if (marker == 0xda) {
            in = here;
            return all;
        }
        const std::size_t length = in.u16();
        if (length < 2) return std::nullopt;
        all.push_back({marker, in.bytes(length - 2)});
    }
    return std::nullopt;
}

/// Tables and frame headers; APP14 says whether the colours are RGB or YCCK.
bool needed(std::uint8_t marker) { return marker < 0xe0 || marker == 0xee; }

std::optional<Bytes> clean_jpeg(BytesView file) {
    ByteReader in{file};
    const auto segments = segments_of(in);
    if (!segments) return std::nullopt;
    Bytes out{0xff, 0xd8};
    ByteWriter writer{out};
    for (const auto& [marker, content] : *segments) {
        if (needed(marker)) writer.u8(0xff).u8(marker).u16(content.size() + 2).bytes(content);
    }
    writer.bytes(in.rest());
    return out;
}

struct Chunk {
    std::string_view name;
    BytesView content;
};

/// RIFF: chunks of name, length (little end first), content, padded to even.
std::vector<Chunk> chunks_of(BytesView bytes) {
    std::vector<Chunk> all;
    while (bytes.size() >= 8) {
        const std::size_t length = bytes[4] | std::size_t{bytes[5]} << 8 | std::size_t{bytes[6]} << 16 | std::size_t{bytes[7]} << 24;
        const auto content = bytes.subspan(8, std::min(length, bytes.size() - 8));
        all.push_back({as_text(bytes.first(4)), content});
        bytes = bytes.subspan(std::min(bytes.size(), 8 + length + length % 2));
    }
    return all;
}

void put_little(Bytes& out, std::size_t value, int count) {
    for (int i = 0; i < count; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put_chunk(Bytes& out, std::string_view name, BytesView content) {
    ByteWriter{out}.text(name);
    put_little(out, content.size(), 4);
    ByteWriter{out}.bytes(content);
    if (content.size() % 2 != 0) out.push_back(0);
}

/// The extended header (RFC 9649 section 2.7) that says nothing but "there is transparency".
Bytes alpha_header(job::PictureSize size) {
    Bytes out{0x10, 0, 0, 0};
    put_little(out, size.width - 1, 3);
    put_little(out, size.height - 1, 3);
    return out;
}

std::optional<Bytes> clean_webp(BytesView file) {
    const std::size_t riff = file[4] | std::size_t{file[5]} << 8 | std::size_t{file[6]} << 16 | std::size_t{file[7]} << 24;
    auto chunks = chunks_of(file.first(std::min(riff + 8, file.size())).subspan(12));
    job::PictureSize size;
    for (const auto& [name, content] : chunks) {
        if (name != "ANMF" || content.size() < 16) continue;
        size = {(content[6] | content[7] << 8 | content[8] << 16) + 1u, (content[9] | content[10] << 8 | content[11] << 16) + 1u};
        chunks = chunks_of(content.subspan(16));
        break;
    }
    Bytes body;
    const Chunk *alpha = nullptr, *picture = nullptr;
    for (const auto& chunk : chunks) {
        if (chunk.name == "VP8X" && chunk.content.size() >= 10) {
            const auto& c = chunk.content;
            size = {(c[4] | c[5] << 8 | c[6] << 16) + 1u, (c[7] | c[8] << 8 | c[9] << 16) + 1u};
        }
        if (chunk.name == "ALPH" && alpha == nullptr) alpha = &chunk;
        if ((chunk.name == "VP8 " || chunk.name == "VP8L") && picture == nullptr) picture = &chunk;
    }
    if (picture == nullptr) return std::nullopt;
    if (alpha != nullptr && picture->name == "VP8 " && size.width > 0) {
        put_chunk(body, "VP8X", alpha_header(size));
        put_chunk(body, "ALPH", alpha->content);
    }
    put_chunk(body, picture->name, picture->content);
    Bytes out;
    ByteWriter{out}.text("RIFF");
    put_little(out, body.size() + 4, 4);
    ByteWriter{out}.text("WEBP").bytes(body);
    return out;
}

/// Tag 274 of the first directory of a TIFF header (Exif 2.32 section 4.6).
int orientation_in(BytesView tiff) {
    if (tiff.size() < 8) return 1;
    const bool little = tiff[0] == 'I';
    const auto number = [&](std::size_t at, std::size_t count) -> std::size_t {
        std::size_t value = 0;
        for (std::size_t i = 0; i < count && at + count <= tiff.size(); ++i) {
            value |= std::size_t{tiff[at + i]} << (8 * (little ? i : count - 1 - i));
        }
        return value;
    };
    const std::size_t directory = number(4, 4);
    const std::size_t entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        if (entry + 12 > tiff.size()) return 1;
        if (number(entry, 2) != 274) continue;
        const auto value = number(entry + 8, 2);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

}  // namespace

std::optional<Bytes> clean_file(PictureType type, BytesView file) {
    switch (type) {
        case PictureType::png: return clean_png(file);
        case PictureType::jpeg: return clean_jpeg(file);
        case PictureType::webp: return clean_webp(file);
        case PictureType::gif: return Bytes(file.begin(), file.end());
    }
    return std::nullopt;
}

int orientation_of(PictureType type, BytesView file) {
    if (type != PictureType::jpeg) return 1;
    ByteReader in{file};
    const auto segments = segments_of(in);
    if (!segments) return 1;
    for (const auto& [marker, content] : *segments) {
        if (marker == 0xe1 && as_text(content).starts_with(std::string_view{"Exif\0\0", 6})) return orientation_in(content.subspan(6));
    }
    return 1;
}

}  // namespace ae::media::workbench
