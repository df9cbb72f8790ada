#include "media/rtmp/chunk_reader.hpp"

#include <algorithm>

namespace ae::media::rtmp {

namespace {

constexpr std::uint32_t kExtended = 0xffffff;
constexpr std::uint32_t kMostChunkSize = 0xffffff;
// A body is given its whole room at once up to here; beyond it grows as bytes come, so that a declared size alone costs nothing.
constexpr std::size_t kReserveAtOnce = 1 << 20;

std::uint32_t little_endian_u32(ByteReader& in) {
    const auto bytes = in.u32();
    return __builtin_bswap32(bytes);
}

bool is_media(std::uint8_t type) {
    const auto message = static_cast<MessageType>(type);
    return message == MessageType::audio || message == MessageType::video || message == MessageType::aggregate;
}

}  // namespace

struct ChunkReader::Header {
    unsigned form = 0;
    std::uint32_t chunk_stream = 0;
    std::uint32_t field = 0;
    bool extended = false;
    std::uint32_t length = 0;
    std::uint8_t type = 0;
    std::uint32_t message_stream = 0;
    std::size_t size = 0;
};

Result<void> ChunkReader::set_chunk_size(std::uint32_t size) {
    if (size == 0 || size > 0x7fffffff) return Error{Errc::invalid, "chunk_size_invalid", "The chunk size is not between 1 and 2147483647."};
    chunk_size_ = std::min(size, kMostChunkSize);
    return {};
}

const ChunkReader::Stream* ChunkReader::find(std::uint32_t id) const {
    const auto found = std::ranges::find(streams_, id, &Stream::id);
    return found == streams_.end() ? nullptr : &*found;
}

Result<std::size_t> ChunkReader::find_or_add(std::uint32_t id) {
    const auto found = std::ranges::find(streams_, id, &Stream::id);
    if (found != streams_.end()) return static_cast<std::size_t>(found - streams_.begin());
    if (streams_.size() >= limits_.chunk_streams) return Error{Errc::too_large, "too_many_chunk_streams", "Too many chunk streams."};
    streams_.emplace_back().id = id;
    return streams_.size() - 1;
}

void ChunkReader::abort(std::uint32_t chunk_stream) {
    const auto found = std::ranges::find(streams_, chunk_stream, &Stream::id);
    if (found == streams_.end() || !found->in_message) return;
    found->in_message = false;
    found->body = Bytes{};
    pending_ -= found->length;
}

// 5.3.1. nullopt: the header is not whole yet.
std::optional<ChunkReader::Header> ChunkReader::parse(BytesView in) const {
    ByteReader reader{in};
    Header header;
    const auto first = reader.u8();
    header.form = first >> 6;
    header.chunk_stream = first & 63;
    if (header.chunk_stream == 0) {
        header.chunk_stream = 64u + reader.u8();
    } else if (header.chunk_stream == 1) {
        header.chunk_stream = 64u + reader.u8();
        header.chunk_stream += 256u * reader.u8();
    }
    if (header.form <= 2) header.field = reader.u24();
    if (header.form <= 1) {
        header.length = reader.u24();
        header.type = reader.u8();
    }
    if (header.form == 0) header.message_stream = little_endian_u32(reader);
    if (reader.failed()) return std::nullopt;

    if (header.form <= 2) {
        header.extended = header.field == kExtended;
        if (header.extended) header.field = reader.u32();
    } else if (const auto* stream = find(header.chunk_stream); stream != nullptr && stream->extended) {
        // The specification repeats the extended timestamp in every chunk of form 3; some publishers do not. In the middle of a message
        // four bytes that say another time are taken for media.
        auto peek = reader;
        const auto value = peek.u32();
        if (peek.failed()) return std::nullopt;
        constexpr std::uint32_t kTimeBits = 0x7fffffff;
        const bool same = (value & kTimeBits) == (stream->field & kTimeBits) || (value & kTimeBits) == (stream->timestamp & kTimeBits);
        if (same || !stream->in_message) reader = peek;
    }
    if (reader.failed()) return std::nullopt;
    header.size = in.size() - reader.remaining();
    return header;
}

Result<void> ChunkReader::check_size(const Stream& stream) const {
    const auto most = is_media(stream.type) ? limits_.media_bytes : limits_.command_bytes;
    if (stream.length > most) return Error{Errc::too_large, "message_too_large", "A message is larger than this server takes."};
    if (pending_ + stream.length > limits_.pending_bytes) return Error{Errc::too_large, "too_much_pending", "Too many messages are unfinished."};
    return {};
}

void ChunkReader::advance_time(Stream& stream, const Header& header) {
    if (header.form <= 2) {
        stream.field = header.field;
        stream.extended = header.extended;
    }
    // A message that begins with form 3 comes as long after the last as that one's field said, also when it was absolute (5.3.1.2.4).
    stream.timestamp = header.form == 0 ? stream.field : stream.timestamp + stream.field;
}

Result<void> ChunkReader::begin_chunk(const Header& header) {
    const auto index = find_or_add(header.chunk_stream);
    if (!index) return index.error();
    auto& stream = streams_[*index];
    if (stream.in_message) {
        const bool changed = (header.form <= 1 && (header.length != stream.length || header.type != stream.type)) ||
                             (header.form == 0 && header.message_stream != stream.message_stream);
        if (changed) return Error{Errc::invalid, "message_size_changed", "A message's header changed in the middle of it."};
    } else {
        // librtmp opens chunk stream 2 with form 1: that misses nothing but a message stream, which is then 0.
        if (!stream.known && header.form >= 2) return Error{Errc::invalid, "chunk_header_missing", "A chunk stream began without a header."};
        stream.known = true;
        if (header.form <= 1) {
            stream.length = header.length;
            stream.type = header.type;
        }
        if (header.form == 0) stream.message_stream = header.message_stream;
        if (auto sized = check_size(stream); !sized) return sized;
        advance_time(stream, header);
        stream.in_message = true;
        pending_ += stream.length;
        stream.body.reserve(std::min<std::size_t>(stream.length, kReserveAtOnce));
    }
    current_ = *index;
    chunk_left_ = std::min(chunk_size_, stream.length - static_cast<std::uint32_t>(stream.body.size()));
    return {};
}

Message ChunkReader::finish(Stream& stream) {
    stream.in_message = false;
    pending_ -= stream.length;
    Message message{.chunk_stream = stream.id,
                    .type = static_cast<MessageType>(stream.type),
                    .timestamp_ms = stream.timestamp,
                    .stream = stream.message_stream,
                    .body = std::move(stream.body)};
    stream.body = Bytes{};
    return message;
}

Result<std::optional<Message>> ChunkReader::next(BytesView& in) {
    while (true) {
        if (!current_) {
            if (in.empty()) return std::optional<Message>{};
            const auto header = parse(in);
            if (!header) return std::optional<Message>{};
            if (auto begun = begin_chunk(*header); !begun) return begun.error();
            in = in.subspan(header->size);
        }
        auto& stream = streams_[*current_];
        const auto take = std::min<std::size_t>(chunk_left_, in.size());
        stream.body.insert(stream.body.end(), in.begin(), in.begin() + static_cast<std::ptrdiff_t>(take));
        in = in.subspan(take);
        chunk_left_ -= static_cast<std::uint32_t>(take);
        if (chunk_left_ != 0) return std::optional<Message>{};
        current_.reset();
        if (stream.body.size() == stream.length) return std::optional{finish(stream)};
    }
}

}  // namespace ae::media::rtmp
