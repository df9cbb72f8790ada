// Peers and bytes for this room's tests and fuzz targets: a publisher and a session wired together without a socket.
#pragma once

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "media/flv/tag_writer.hpp"
#include "media/rtmp/publisher.hpp"
#include "media/rtmp/session.hpp"

namespace ae::media::rtmp::testing {

class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}
    void fill(std::span<std::uint8_t> out) override {
        for (std::size_t at = 0; at < out.size(); at += 8) {
            const auto eight = engine_();
            std::memcpy(out.data() + at, &eight, std::min<std::size_t>(8, out.size() - at));
        }
    }

  private:
    std::mt19937_64 engine_;
};

/// A decoder record that x264 made: 1280x720, High, level 3.1.
inline Bytes avcc_record() { return *from_hex("0164001fffe1001a6764001facd9405005bb0110000003001000000303c0f183196001000668ebe3cb22c0fdf8f800"); }

inline Bytes avc_header_tag() {
    Bytes out{0x17, 0, 0, 0, 0};
    ByteWriter{out}.bytes(avcc_record());
    return out;
}

/// One NAL unit of `size` bytes.
inline Bytes avc_frame_tag(bool idr, std::size_t size = 40, std::int32_t composition_ms = 0) {
    Bytes out;
    ByteWriter{out}.u8(idr ? 0x17 : 0x27).u8(1).u24(static_cast<std::uint32_t>(composition_ms)).u32(size).u8(idr ? 0x65 : 0x41);
    out.resize(out.size() + size - 1, 0x5a);
    return out;
}

inline Bytes aac_header_tag() { return {0xaf, 0, 0x11, 0x90}; }
inline Bytes aac_frame_tag(std::size_t size = 20) {
    Bytes out{0xaf, 1};
    out.resize(2 + size, 0x21);
    return out;
}

/// The messages in a stream of chunks.
inline std::vector<Message> read_messages(BytesView chunks, std::uint32_t chunk_size = 60'000) {
    ChunkReader reader{{.media_bytes = std::size_t{8} << 20, .pending_bytes = std::size_t{16} << 20}};
    (void)reader.set_chunk_size(chunk_size);
    std::vector<Message> messages;
    while (true) {
        auto message = reader.next(chunks);
        if (!message || !*message) return messages;
        if ((*message)->type == MessageType::set_chunk_size) (void)reader.set_chunk_size(ByteReader{(*message)->body}.u32());
        messages.push_back(std::move(**message));
    }
}

/// A publisher and a server session that hear each other.
class Pair {
  public:
    SeededRandom random;
    Publisher publisher;
    ServerSession session;
    std::vector<PublishAsked> asked;
    std::vector<FramePtr> frames;
    std::vector<std::string> dropped;
    std::optional<flv::Metadata> metadata;
    std::string played, closed;
    bool goodbye = false;
    std::size_t fed = 0;

    explicit Pair(const PublisherConfig& client, const SessionConfig& server = {}) : publisher(client, random), session(server, random) {
        by_hand_.set_chunk_size(client.chunk_size);
    }

    /// Lets both speak until neither has more to say, or the session waits for an answer.
    void talk() {
        while (!publisher.output().empty() || !session.output().empty()) {
            move(publisher.output(), to_server_);
            consume(to_server_);
            const auto before = to_client_.size();
            move(session.output(), to_client_);
            if (to_client_.size() == before && publisher.output().empty()) return;
            const auto taken = publisher.feed(to_client_);
            if (!taken) return;
            to_client_.erase(to_client_.begin(), to_client_.begin() + static_cast<std::ptrdiff_t>(*taken));
        }
    }
    /// Gives the session bytes that are no answer to anything.
    void feed(BytesView bytes) {
        to_server_.insert(to_server_.end(), bytes.begin(), bytes.end());
        consume(to_server_);
    }
    /// One message of the client's, made by hand.
    void send(MessageType type, const Bytes& body, std::uint32_t timestamp_ms = 0, std::uint32_t stream = 1) {
        Bytes out;
        by_hand_.write(out, 7, type, timestamp_ms, stream, body);
        feed(out);
    }
    void accept() {
        session.accept_publish();
        consume(to_server_);
        talk();
    }
    /// 0: nothing yet; 1: shaken hands; 2: connected; 3: has a stream; 4: publishing.
    void advance(int steps) {
        if (steps == 0) return;
        if (steps == 4) {
            talk();
            accept();
            return;
        }
        Bytes hello;
        ClientHandshake handshake{HandshakeForm::simple, random, hello};
        feed(hello);
        feed(Bytes(kHandshakeBytes, 0));
        by_hand_.set_chunk_size(128);
        auto object = amf::object();
        object.add("app", amf::text("live"));
        if (steps >= 2) send(MessageType::command_amf0, write_command("connect", 1, {object}), 0, 0);
        if (steps >= 3) send(MessageType::command_amf0, write_command("createStream", 2, {amf::null()}), 0, 0);
    }

  private:
    static void move(Bytes& from, Bytes& to) {
        to.insert(to.end(), from.begin(), from.end());
        from.clear();
    }
    void consume(Bytes& in) {
        std::vector<Event> events;
        const auto taken = session.feed(in, {}, events);
        fed += taken;
        in.erase(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(taken));
        for (auto& event : events) note(event);
    }
    void note(Event& event) {
        if (auto* ask = std::get_if<PublishAsked>(&event)) asked.push_back(std::move(*ask));
        else if (auto* frame = std::get_if<FramePtr>(&event)) frames.push_back(*frame);
        else if (auto* play = std::get_if<PlayAsked>(&event)) played = play->name;
        else if (auto* end = std::get_if<Closed>(&event)) closed = end->reason;
        else if (auto* drop = std::get_if<Dropped>(&event)) dropped.emplace_back(drop->reason);
        else if (auto* data = std::get_if<MetadataCame>(&event)) metadata = data->metadata;
        else if (std::holds_alternative<Goodbye>(event)) goodbye = true;
    }

    Bytes to_server_, to_client_;
    ChunkWriter by_hand_;
};

/// Everything a publisher sends in a short publish, up to its goodbye.
inline Bytes publish_bytes() {
    Bytes sent;
    SeededRandom random;
    Publisher publisher{{.key = "abcdef", .chunk_size = 128}, random};
    ServerSession server{{}, random};
    std::vector<Event> events;
    Bytes answer;
    const auto speak = [&] {
        sent.insert(sent.end(), publisher.output().begin(), publisher.output().end());
        Bytes out;
        std::swap(out, publisher.output());
        if (out.empty()) return false;
        // What the server leaves is the part of a header: there is none, as a publisher's messages are whole.
        server.feed(out, {}, events);
        if (server.waits_for_answer()) server.accept_publish();
        answer.insert(answer.end(), server.output().begin(), server.output().end());
        server.output().clear();
        const auto taken = publisher.feed(answer);
        answer.erase(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(taken.value_or(0)));
        return true;
    };
    while (speak()) {}
    publisher.send_tag(flv::TagType::script, 0, flv::write_metadata({.encoder = "test", .width = 1280, .height = 720}));
    publisher.send_tag(flv::TagType::video, 0, avc_header_tag());
    publisher.send_tag(flv::TagType::audio, 0, aac_header_tag());
    for (std::uint32_t i = 0; i < 4; ++i) {
        publisher.send_tag(flv::TagType::video, i * 40, avc_frame_tag(i == 0, 300));
        publisher.send_tag(flv::TagType::audio, i * 21, aac_frame_tag());
    }
    publisher.send_goodbye();
    speak();
    return sent;
}

/// What a session answers to those bytes and makes of them when they come in pieces, as text.
inline std::string record_publish(std::size_t piece) {
    const auto bytes = publish_bytes();
    SeededRandom random;
    ServerSession session{{}, random};
    std::string story;
    Bytes pending, output;
    std::vector<Event> events;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const auto end = std::min(bytes.size(), at + piece);
        pending.insert(pending.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.begin() + static_cast<std::ptrdiff_t>(end));
        for (bool again = true; again;) {
            const auto taken = session.feed(pending, {}, events);
            pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(taken));
            again = session.waits_for_answer();
            if (again) session.accept_publish();
        }
    }
    for (const auto& event : events) {
        story += fmt::format("{} ", event.index());
        if (const auto* frame = std::get_if<FramePtr>(&event)) {
            story += fmt::format("[{} {} {} {}] ", codec_name((*frame)->format->codec), (*frame)->dts, (*frame)->keyframe, to_hex((*frame)->payload));
        }
    }
    for (const auto& message : read_messages(BytesView{session.output()}.subspan(1 + 2 * kHandshakeBytes), 128)) {
        story += fmt::format("{}:{} ", static_cast<int>(message.type), to_hex(message.body));
    }
    return story;
}

}  // namespace ae::media::rtmp::testing
