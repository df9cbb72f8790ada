#include "media/flv/file.hpp"

namespace ae::media::flv {

namespace {
constexpr std::size_t kHeaderBytes = 9, kTagHeaderBytes = 11, kBackPointerBytes = 4;
}

Result<FileReader> FileReader::open(BytesView file) {
    const Error refusal{Errc::invalid, "not_flv", "This is not an FLV file."};
    if (file.size() < kHeaderBytes + kBackPointerBytes || as_text(file.first(3)) != "FLV") return refusal;
    ByteReader in{file.subspan(5)};
    const std::size_t offset = in.u32();
    if (offset < kHeaderBytes || offset > file.size() - kBackPointerBytes) return refusal;
    return FileReader{file.subspan(offset + kBackPointerBytes)};
}

std::optional<FileTag> FileReader::next() {
    while (in_.remaining() >= kTagHeaderBytes) {
        const auto type = in_.u8() & 31;
        const auto size = in_.u24();
        FileTag tag;
        tag.timestamp_ms = in_.u24();
        tag.timestamp_ms |= static_cast<std::uint32_t>(in_.u8()) << 24;
        in_.u24();
        tag.body = in_.bytes(size);
        if (in_.failed()) return std::nullopt;
        in_.bytes(std::min(in_.remaining(), kBackPointerBytes));
        if (type != 8 && type != 9 && type != 18) continue;
        tag.type = static_cast<TagType>(type);
        return tag;
    }
    return std::nullopt;
}

void write_file_header(Bytes& out) { ByteWriter{out}.text("FLV").u8(1).u8(5).u32(kHeaderBytes).u32(0); }

void write_file_tag(Bytes& out, const FileTag& tag) {
    ByteWriter{out}
        .u8(static_cast<std::uint8_t>(tag.type))
        .u24(tag.body.size())
        .u24(tag.timestamp_ms & 0xffffff)
        .u8(tag.timestamp_ms >> 24)
        .u24(0)
        .bytes(tag.body)
        .u32(kTagHeaderBytes + tag.body.size());
}

}  // namespace ae::media::flv
