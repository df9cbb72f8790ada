// A publisher's side of an RTMP connection, for tests and for the bench: bytes in, bytes out, no socket.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "media/flv/demuxer.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/command.hpp"
#include "media/rtmp/handshake.hpp"

namespace ae::media::rtmp {

struct PublisherConfig {
    std::string app = "live";
    std::string key;
    std::string tc_url = "rtmp://127.0.0.1/live";
    std::uint32_t chunk_size = 60'000;
    HandshakeForm handshake = HandshakeForm::simple;
    /// Announced as capsEx, with the codecs of enhanced RTMP; 0: a client from before it.
    unsigned caps_ex = 0;
};

class Publisher {
  public:
    enum class State : std::uint8_t { handshake, connecting, creating, asking, publishing, refused, reconnect_asked };

    Publisher(PublisherConfig config, Random& random);

    /// Takes bytes from the front and says how many. Refuses what cannot be read; a refusal by the server is a state.
    Result<std::size_t> feed(BytesView in);
    Bytes& output() { return output_; }
    State state() const { return state_; }
    /// The status that was last given: its code, and its sentence.
    const std::string& code() const { return code_; }
    const std::string& description() const { return description_; }
    /// The connect answer's information object.
    const amf::Value& server() const { return server_; }

    /// While publishing.
    void send_tag(flv::TagType type, std::uint32_t timestamp_ms, BytesView body);
    /// A tag as it goes out, for one buffer that many publishers send: all publishers of one chunk size use the same bytes.
    static void write_tag(Bytes& out, std::uint32_t chunk_size, flv::TagType type, std::uint32_t timestamp_ms, BytesView body);
    void send_goodbye();

  private:
    Result<void> handle(const Message& message);
    void handle_status(const Command& command);
    void send_connect();
    void send_command(std::uint32_t stream, const Bytes& body);

    PublisherConfig config_;
    State state_ = State::handshake;
    Bytes output_;
    ClientHandshake handshake_;
    ChunkReader reader_;
    ChunkWriter writer_;
    std::string code_, description_;
    amf::Value server_;
};

}  // namespace ae::media::rtmp
