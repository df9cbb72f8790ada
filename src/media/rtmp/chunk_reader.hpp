// Chunks in, messages out (RTMP 1.0, 5.3).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "media/rtmp/message.hpp"

namespace ae::media::rtmp {

/// What one peer may make us keep.
struct ChunkLimits {
    std::size_t command_bytes = 64 * 1024;
    /// Of an audio, video or aggregate message.
    std::size_t media_bytes = 64 * 1024;
    /// All messages in progress together, as declared.
    std::size_t pending_bytes = 256 * 1024;
    std::size_t chunk_streams = 64;
};

/// A message's bytes are copied once, from the view into the body that leaves.
class ChunkReader {
  public:
    explicit ChunkReader(ChunkLimits limits = {}) : limits_(limits) {}

    /// Takes bytes from the front of `in` until a message is whole; nullopt: what is left of `in` (less than a chunk header)
    /// is to be given again with more behind it. After a refusal the stream cannot be read any further. Refuses
    /// `message_too_large`, `message_size_changed` (declared again in the middle), `chunk_header_missing` (a short header on a fresh
    /// chunk stream), `too_many_chunk_streams` and `too_much_pending`.
    Result<std::optional<Message>> next(BytesView& in);

    /// For messages from now on; a publisher that was let in may send more.
    void set_limits(ChunkLimits limits) { limits_ = limits; }
    /// Refuses `chunk_size_invalid`: zero, or the top bit set.
    Result<void> set_chunk_size(std::uint32_t size);
    /// The abort message: forgets what is there of a message.
    void abort(std::uint32_t chunk_stream);
    std::size_t pending_bytes() const { return pending_; }

  private:
    struct Stream {
        std::uint32_t id = 0;
        bool known = false;
        bool in_message = false;
        bool extended = false;
        /// The timestamp field as it was sent: absolute or a difference, extended or not.
        std::uint32_t field = 0;
        std::uint32_t timestamp = 0;
        std::uint32_t length = 0;
        std::uint8_t type = 0;
        std::uint32_t message_stream = 0;
        Bytes body;
    };
    struct Header;

    std::optional<Header> parse(BytesView in) const;
    Result<void> begin_chunk(const Header& header);
    Result<void> check_size(const Stream& stream) const;
    static void advance_time(Stream& stream, const Header& header);
    const Stream* find(std::uint32_t id) const;
    Result<std::size_t> find_or_add(std::uint32_t id);
    Message finish(Stream& stream);

    ChunkLimits limits_;
    std::uint32_t chunk_size_ = 128;
    std::vector<Stream> streams_;
    std::optional<std::size_t> current_;
    std::uint32_t chunk_left_ = 0;
    std::size_t pending_ = 0;
};

}  // namespace ae::media::rtmp
