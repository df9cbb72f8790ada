#include "media/rtmp/chunk_writer.hpp"

#include <algorithm>

namespace ae::media::rtmp {

namespace {

constexpr std::uint32_t kExtended = 0xffffff;

void write_basic_header(ByteWriter& out, unsigned form, std::uint32_t chunk_stream) {
    if (chunk_stream < 64) {
        out.u8(form << 6 | chunk_stream);
    } else if (chunk_stream < 64 + 256) {
        out.u8(form << 6).u8(chunk_stream - 64);
    } else {
        out.u8(form << 6 | 1).u8((chunk_stream - 64) & 0xff).u8((chunk_stream - 64) >> 8);
    }
}

}  // namespace

void ChunkWriter::write(Bytes& out, std::uint32_t chunk_stream, MessageType type, std::uint32_t timestamp_ms, std::uint32_t stream, BytesView front,
                        BytesView body) const {
    const auto length = front.size() + body.size();
    const bool extended = timestamp_ms >= kExtended;
    ByteWriter writer{out};
    write_basic_header(writer, 0, chunk_stream);
    writer.u24(extended ? kExtended : timestamp_ms).u24(length).u8(static_cast<std::uint8_t>(type)).u32(__builtin_bswap32(stream));
    if (extended) writer.u32(timestamp_ms);
    for (std::size_t left = length, room = chunk_size_; left > 0; room = chunk_size_) {
        while (room > 0 && left > 0) {
            auto& part = front.empty() ? body : front;
            const auto take = std::min(room, part.size());
            writer.bytes(part.first(take));
            part = part.subspan(take);
            room -= take;
            left -= take;
        }
        if (left == 0) return;
        write_basic_header(writer, 3, chunk_stream);
        if (extended) writer.u32(timestamp_ms);
    }
}

}  // namespace ae::media::rtmp
