#include "media/rtmp/chunk_reader.hpp"

#include <gtest/gtest.h>

#include "media/rtmp/chunk_writer.hpp"

namespace ae::media::rtmp {
namespace {

/// Chunks written by hand, header by header.
class Chunks {
  public:
    Bytes bytes;
    Chunks& basic(unsigned form, std::uint32_t id) {
        if (id < 64) ByteWriter{bytes}.u8(form << 6 | id);
        else if (id < 320) ByteWriter{bytes}.u8(form << 6).u8(id - 64);
        else ByteWriter{bytes}.u8(form << 6 | 1).u8((id - 64) & 255).u8((id - 64) >> 8);
        return *this;
    }
    Chunks& full(std::uint32_t id, std::uint32_t time, std::uint32_t length, std::uint8_t type = 9, std::uint32_t stream = 1) {
        basic(0, id);
        ByteWriter{bytes}.u24(std::min(time, 0xffffffu)).u24(length).u8(type).u32(__builtin_bswap32(stream));
        return extended(time);
    }
    Chunks& same_stream(std::uint32_t id, std::uint32_t delta, std::uint32_t length, std::uint8_t type = 9) {
        basic(1, id);
        ByteWriter{bytes}.u24(std::min(delta, 0xffffffu)).u24(length).u8(type);
        return extended(delta);
    }
    Chunks& same_length(std::uint32_t id, std::uint32_t delta) {
        basic(2, id);
        ByteWriter{bytes}.u24(std::min(delta, 0xffffffu));
        return extended(delta);
    }
    Chunks& same_all(std::uint32_t id) { return basic(3, id); }
    Chunks& u32(std::uint32_t value) {
        ByteWriter{bytes}.u32(value);
        return *this;
    }
    Chunks& body(std::size_t size, std::uint8_t fill = 7) {
        bytes.resize(bytes.size() + size, fill);
        return *this;
    }

  private:
    Chunks& extended(std::uint32_t time) { return time >= 0xffffff ? u32(time) : *this; }
};

struct Read {
    std::vector<Message> messages;
    std::string refused;
};
Read read(ChunkReader& reader, BytesView in) {
    Read result;
    while (true) {
        auto message = reader.next(in);
        if (!message) {
            result.refused = message.error().reason;
            return result;
        }
        if (!*message) return result;
        result.messages.push_back(std::move(**message));
    }
}
Read read(const Chunks& chunks, ChunkLimits limits = {}) {
    ChunkReader reader{limits};
    return read(reader, chunks.bytes);
}

TEST(ChunkReader, FollowsEveryHeaderForm) {
    Chunks chunks;
    chunks.full(4, 1'000, 10, 9, 5).body(10);
    chunks.same_stream(4, 20, 3, 8).body(3);
    chunks.same_length(4, 30).body(3);
    chunks.same_all(4).body(3);
    const auto messages = read(chunks).messages;
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[0].timestamp_ms, 1'000u);
    EXPECT_EQ(messages[1].timestamp_ms, 1'020u);
    EXPECT_EQ(messages[2].timestamp_ms, 1'050u);
    EXPECT_EQ(messages[3].timestamp_ms, 1'080u);
    EXPECT_EQ(messages[3].type, MessageType::audio);
    for (const auto& message : messages) EXPECT_EQ(message.stream, 5u);
}

TEST(ChunkReader, TakesTheTimeOfAFullHeaderForTheStepOfForm3) {
    Chunks chunks;
    chunks.full(4, 100, 1).body(1).same_all(4).body(1);
    EXPECT_EQ(read(chunks).messages.at(1).timestamp_ms, 200u);
}

TEST(ChunkReader, KnowsChunkStreamsOfEveryWidth) {
    for (const std::uint32_t id : {2u, 63u, 64u, 319u, 320u, 65'599u}) {
        Chunks chunks;
        chunks.full(id, 1, 200).body(128).same_all(id).body(72);
        const auto messages = read(chunks).messages;
        ASSERT_EQ(messages.size(), 1u) << id;
        EXPECT_EQ(messages[0].chunk_stream, id);
        EXPECT_EQ(messages[0].body.size(), 200u);
    }
}

TEST(ChunkReader, PutsInterleavedMessagesTogether) {
    Chunks chunks;
    chunks.full(4, 1, 200).body(128, 1).full(6, 2, 150).body(128, 2).same_all(4).body(72, 1).same_all(6).body(22, 2);
    const auto messages = read(chunks).messages;
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].body, Bytes(200, 1));
    EXPECT_EQ(messages[1].body, Bytes(150, 2));
}

TEST(ChunkReader, ReadsExtendedTimestampsRepeatedOrNot) {
    for (const bool repeated : {true, false}) {
        Chunks chunks;
        chunks.full(4, 0x01234567, 300).body(128);
        for (int i = 0; i < 2; ++i) {
            chunks.same_all(4);
            if (repeated) chunks.u32(0x01234567);
            chunks.body(i == 0 ? 128 : 44);
        }
        chunks.full(4, 5, 4).body(4);
        const auto messages = read(chunks).messages;
        ASSERT_EQ(messages.size(), 2u) << repeated;
        EXPECT_EQ(messages[0].timestamp_ms, 0x01234567u);
        EXPECT_EQ(messages[0].body, Bytes(300, 7));
    }
}

TEST(ChunkReader, AddsExtendedStepsAndWraps) {
    Chunks chunks;
    chunks.full(4, 0xfffffff0, 1).body(1).same_length(4, 0x20).body(1).same_length(4, 0x01000000).body(1);
    const auto messages = read(chunks).messages;
    ASSERT_EQ(messages.size(), 3u);
    EXPECT_EQ(messages[0].timestamp_ms, 0xfffffff0u);
    EXPECT_EQ(messages[1].timestamp_ms, 0x10u);
    EXPECT_EQ(messages[2].timestamp_ms, 0x01000010u);
}

TEST(ChunkReader, RefusesAMessageWhoseLengthChangesInTheMiddle) {
    for (const std::uint32_t length : {100u, 199u, 201u, 60'000u}) {
        for (const bool full : {true, false}) {
            Chunks chunks;
            chunks.full(4, 0, 200).body(128);
            full ? chunks.full(4, 0, length) : chunks.same_stream(4, 0, length);
            chunks.body(72);
            EXPECT_EQ(read(chunks).refused, "message_size_changed") << length;
        }
    }
}

TEST(ChunkReader, TakesAHeaderRepeatedUnchangedInTheMiddle) {
    Chunks chunks;
    chunks.full(4, 0, 200).body(128).full(4, 0, 200).body(72);
    EXPECT_EQ(read(chunks).messages.size(), 1u);
}

TEST(ChunkReader, RefusesAMessageLargerThanTheLimit) {
    EXPECT_EQ(read(Chunks{}.full(4, 0, 64 * 1024 + 1, 20)).refused, "message_too_large");
    EXPECT_EQ(read(Chunks{}.full(4, 0, 0xffffff, 9), {.media_bytes = 8 << 20, .pending_bytes = 16 << 20}).refused, "message_too_large");
    EXPECT_EQ(read(Chunks{}.full(4, 0, 1 << 20, 20), {.media_bytes = 8 << 20, .pending_bytes = 16 << 20}).refused, "message_too_large");
    EXPECT_EQ(read(Chunks{}.full(4, 0, 1 << 20, 9), {.media_bytes = 8 << 20, .pending_bytes = 16 << 20}).refused, "");
}

TEST(ChunkReader, BoundsWhatIsUnfinished) {
    Chunks many;
    for (std::uint32_t id = 2; id < 10; ++id) many.full(id, 0, 60'000).body(128);
    EXPECT_EQ(read(many).refused, "too_much_pending");
    Chunks streams;
    for (std::uint32_t id = 2; id < 100; ++id) streams.full(id, 0, 1).body(1);
    EXPECT_EQ(read(streams).refused, "too_many_chunk_streams");
}

TEST(ChunkReader, RefusesAShortHeaderOnAFreshChunkStream) {
    EXPECT_EQ(read(Chunks{}.same_length(4, 1)).refused, "chunk_header_missing");
    EXPECT_EQ(read(Chunks{}.same_all(4)).refused, "chunk_header_missing");
    // librtmp's ping begins so.
    EXPECT_EQ(read(Chunks{}.same_stream(2, 0, 6, 4).body(6)).messages.size(), 1u);
}

TEST(ChunkReader, ForgetsAnAbortedMessage) {
    ChunkReader reader;
    read(reader, Chunks{}.full(4, 0, 200).body(128).bytes);
    EXPECT_EQ(reader.pending_bytes(), 200u);
    reader.abort(4);
    reader.abort(77);
    EXPECT_EQ(reader.pending_bytes(), 0u);
    const auto after = read(reader, Chunks{}.full(4, 0, 3).body(3, 9).bytes);
    ASSERT_EQ(after.messages.size(), 1u);
    EXPECT_EQ(after.messages[0].body, Bytes(3, 9));
}

TEST(ChunkReader, BoundsTheChunkSize) {
    ChunkReader reader;
    EXPECT_FALSE(reader.set_chunk_size(0));
    EXPECT_FALSE(reader.set_chunk_size(0x80000000));
    EXPECT_TRUE(reader.set_chunk_size(0x7fffffff));
    ASSERT_TRUE(reader.set_chunk_size(1));
    Chunks chunks;
    chunks.full(4, 0, 3).body(1).same_all(4).body(1).same_all(4).body(1);
    EXPECT_EQ(read(reader, chunks.bytes).messages.size(), 1u);
}

TEST(ChunkReader, GivesMessagesWithoutABody) {
    const auto messages = read(Chunks{}.full(4, 9, 0).full(4, 10, 0)).messages;
    EXPECT_EQ(messages.size(), 2u);
}

TEST(ChunkReader, ReadsWhatTheWriterWroteAtEveryCut) {
    Bytes bytes;
    ChunkWriter writer;
    std::vector<Message> expected;
    std::uint8_t fill = 0;
    for (const std::uint32_t id : {3u, 70u, 400u}) {
        for (const std::uint32_t time : {0u, 0xfffffeu, 0xffffffu, 0x1234567u}) {
            for (const std::size_t size : {0u, 1u, 127u, 128u, 129u, 500u}) {
                expected.push_back({id, MessageType::video, time, 1, Bytes(size, ++fill)});
                const auto& body = expected.back().body;
                const auto half = size / 2;
                writer.write(bytes, id, MessageType::video, time, 1, BytesView{body}.first(half), BytesView{body}.subspan(half));
            }
        }
    }
    for (const std::size_t piece : {1u, 2u, 3u, 5u, 130u, 1u << 20}) {
        ChunkReader reader;
        Bytes pending;
        std::vector<Message> messages;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            pending.insert(pending.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                           bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), at + piece)));
            BytesView in{pending};
            while (true) {
                auto message = reader.next(in);
                ASSERT_TRUE(message);
                if (!*message) break;
                messages.push_back(std::move(**message));
            }
            EXPECT_LT(in.size(), 18u) << "no more than a header is left";
            pending = Bytes(in.begin(), in.end());
        }
        EXPECT_EQ(messages, expected) << piece;
        EXPECT_EQ(reader.pending_bytes(), 0u);
    }
}

}  // namespace
}  // namespace ae::media::rtmp
