// Messages in, chunks out (RTMP 1.0, 5.3). Every message begins with a full header: ours are few, or large.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"
#include "media/rtmp/message.hpp"

namespace ae::media::rtmp {

class ChunkWriter {
  public:
    /// The size of chunks from now on; the peer must have been told (`set_chunk_size`) by a message before.
    void set_chunk_size(std::uint32_t size) { chunk_size_ = size; }
    /// Appends a message whose body is `front` and then `body`: a frame's header and its shared payload.
    void write(Bytes& out, std::uint32_t chunk_stream, MessageType type, std::uint32_t timestamp_ms, std::uint32_t stream, BytesView front,
               BytesView body = {}) const;

  private:
    std::uint32_t chunk_size_ = 128;
};

}  // namespace ae::media::rtmp
