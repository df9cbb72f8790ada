// The server's side of one RTMP connection: bytes in, bytes and events out. It owns no socket and reads no clock.
//
//     handshake -> connect -> createStream -> publish -> (the owner answers: accept or refuse) -> frames ... -> goodbye
//
// Every command is answered in every state; what makes no sense is refused in words or counted as a strike, and too many
// strikes close the connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "media/codec/frame.hpp"
#include "media/flv/demuxer.hpp"
#include "media/rtmp/chunk_reader.hpp"
#include "media/rtmp/chunk_writer.hpp"
#include "media/rtmp/command.hpp"
#include "media/rtmp/handshake.hpp"

namespace ae::media::rtmp {

struct SessionConfig {
    std::string app = "live";
    bool play = false;
    std::uint32_t out_chunk_size = 60'000;
    std::uint32_t window_bytes = 2'500'000;
    /// Of one media message once the publisher is let in.
    std::size_t media_bytes = std::size_t{8} << 20;
    /// Malformed messages that are forgiven; each good frame forgives one.
    int strikes = 64;
};

/// Somebody wants to publish. The session reads no further until `accept_publish` or `refuse`.
struct PublishAsked {
    std::string app;
    Secret key;
    std::string encoder;
};
/// Somebody wants to watch; answered with `accept_play` or `refuse`.
struct PlayAsked {
    std::string name;
};
struct MetadataCame {
    flv::Metadata metadata;
};
/// A message was dropped; `reason` is a word from a closed set.
struct Dropped {
    std::string_view reason;
};
/// The publisher said that it ends.
struct Goodbye {};
/// Send what is in the output, then close the connection. `refused`: the peer was told why.
struct Closed {
    std::string_view reason;
    bool refused = false;
};
using Event = std::variant<FramePtr, PublishAsked, PlayAsked, MetadataCame, Dropped, Goodbye, Closed>;

class ServerSession {
  public:
    ServerSession(SessionConfig config, Random& random);

    /// Takes bytes from the front and says how many; the rest is to be given again with more behind it. Appends events.
    std::size_t feed(BytesView in, SteadyTime arrived, std::vector<Event>& events);
    /// Bytes to send, in order; the caller empties it.
    Bytes& output() { return output_; }

    void accept_publish();
    /// Says why in words that the encoder shows its user, and ends. While publishing too: the publish ends.
    void refuse(const Error& why);
    /// Asks a client that can to come again elsewhere or later (E-RTMP v2, ReconnectRequest). False: it cannot.
    bool ask_to_reconnect(std::string_view description);

    void accept_play();
    /// While playing: the format of a track, before its frames, and the frames.
    void send_format(const TrackFormat& format, std::uint8_t track, std::uint32_t timestamp_ms);
    void send_frame(const Frame& frame);
    void send_metadata(const flv::Metadata& metadata);
    void end_play();

    bool waits_for_answer() const { return state_ == State::asked_to_publish || state_ == State::asked_to_play; }
    bool publishing() const { return state_ == State::publishing; }
    bool playing() const { return state_ == State::playing; }
    bool closed() const { return state_ == State::closed; }
    const std::string& encoder() const { return encoder_; }

  private:
    enum class State : std::uint8_t { handshake, greeted, connected, asked_to_publish, publishing, asked_to_play, playing, closed };
    using Events = std::vector<Event>;
    using Handler = void (ServerSession::*)(const Command&, std::uint32_t, Events&);

    std::size_t feed_handshake(BytesView in, Events& events);
    void handle(Message message, SteadyTime arrived, Events& events);
    void handle_control(const Message& message, Events& events);
    void handle_user_control(const Message& message);
    void handle_aggregate(const Message& message, SteadyTime arrived, Events& events);
    void handle_media(flv::TagType type, std::uint32_t timestamp_ms, Bytes body, SteadyTime arrived, Events& events);
    void handle_command(const Message& message, Events& events);
    static Handler handler_of(std::string_view name);

    void on_connect(const Command& command, std::uint32_t stream, Events& events);
    void on_create_stream(const Command& command, std::uint32_t stream, Events& events);
    void on_publish(const Command& command, std::uint32_t stream, Events& events);
    void on_play(const Command& command, std::uint32_t stream, Events& events);
    void on_unpublish(const Command& command, std::uint32_t stream, Events& events);
    void on_plain(const Command& command, std::uint32_t stream, Events& events);
    void on_stream_length(const Command& command, std::uint32_t stream, Events& events);
    void on_answer(const Command& command, std::uint32_t stream, Events& events);

    void answer_connect(const Command& command);
    void check_formats(Events& events);
    void refuse_codec(MediaKind media, std::string_view name, Events& events);
    void refuse_with(std::string_view code, std::string_view description);
    void close(std::string_view reason, bool refused, Events& events);
    void strike(std::string_view reason, Events& events);
    void send_control(MessageType type, std::uint32_t value);
    void send_user_control(std::uint16_t event, std::uint32_t value);
    void send_command(std::uint32_t stream, const Bytes& command);
    void acknowledge();

    SessionConfig config_;
    State state_ = State::handshake;
    ServerHandshake handshake_;
    ChunkReader reader_;
    ChunkWriter writer_;
    flv::Demuxer demuxer_;
    flv::Demuxed demuxed_;
    Bytes output_;
    std::string app_, encoder_;
    unsigned caps_ex_ = 0;
    std::uint32_t streams_ = 0;
    /// The message stream that publishes or plays.
    std::uint32_t stream_ = 0;
    std::uint32_t window_;
    std::uint64_t received_ = 0, acknowledged_ = 0;
    int strikes_ = 0;
};

}  // namespace ae::media::rtmp
