#include "media/rtmp/session.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "media/flv/tag_writer.hpp"
#include "media/rtmp/capabilities.hpp"
#include "media/rtmp/stream_name.hpp"

namespace ae::media::rtmp {

namespace {

constexpr std::uint32_t kControlChunks = 2, kCommandChunks = 3, kStatusChunks = 5, kAudioChunks = 4, kVideoChunks = 6;
constexpr std::uint16_t kStreamBegin = 0, kStreamEnd = 1, kPingRequest = 6, kPingResponse = 7;
constexpr std::uint8_t kDynamicLimit = 2;
constexpr std::uint32_t kMostStreams = 8;
constexpr std::uint32_t kLeastWindow = 1'024;
constexpr std::size_t kMaxEncoderBytes = 128;
constexpr std::size_t kAggregateHeader = 11, kBackPointer = 4;

std::string printable(std::string text) {
    std::erase_if(text, [](unsigned char c) { return c < ' ' || c >= 127; });
    return text.substr(0, kMaxEncoderBytes);
}

// OBS's librtmp closes and shows the description on Denied; BadName is what servers say for a stream that is published already.
std::string_view publish_code(const Error& why) {
    return why.kind == Errc::conflict || why.reason == "stream_key_malformed" ? "NetStream.Publish.BadName" : "NetStream.Publish.Denied";
}

// The whole text: a NUL inside a name is no end, it is a wrong name.
Result<std::string> name_argument(const Command& command) {
    const auto* name = command.argument(0);
    return plain_name(name != nullptr && name->is_text() ? std::string_view{name->text} : std::string_view{});
}

}  // namespace

ServerSession::ServerSession(SessionConfig config, Random& random) : config_(std::move(config)), handshake_(random), window_(config_.window_bytes) {}

std::size_t ServerSession::feed(BytesView in, SteadyTime arrived, Events& events) {
    const auto given = in.size();
    while (state_ == State::handshake && !in.empty()) {
        const auto taken = feed_handshake(in, events);
        if (taken == 0) break;
        in = in.subspan(taken);
    }
    while (state_ > State::handshake && state_ != State::closed && !waits_for_answer()) {
        auto message = reader_.next(in);
        if (!message) close(message.error().reason, false, events);
        else if (*message) handle(std::move(**message), arrived, events);
        else break;
    }
    // What comes after the end is of no interest, but it must not fill the caller's buffer.
    if (state_ == State::closed) in = {};
    received_ += given - in.size();
    acknowledge();
    return given - in.size();
}

std::size_t ServerSession::feed_handshake(BytesView in, Events& events) {
    const auto taken = handshake_.feed(in, output_);
    if (!taken) {
        close(taken.error().reason, false, events);
        return in.size();
    }
    if (handshake_.done()) state_ = State::greeted;
    return *taken;
}

void ServerSession::handle(Message message, SteadyTime arrived, Events& events) {
    switch (message.type) {
        case MessageType::set_chunk_size:
        case MessageType::abort:
        case MessageType::acknowledgement:
        case MessageType::window_size:
        case MessageType::peer_bandwidth: return handle_control(message, events);
        case MessageType::user_control: return handle_user_control(message);
        case MessageType::audio: return handle_media(flv::TagType::audio, message.timestamp_ms, std::move(message.body), arrived, events);
        case MessageType::video: return handle_media(flv::TagType::video, message.timestamp_ms, std::move(message.body), arrived, events);
        case MessageType::data_amf3:
            // A zero byte says that AMF0 follows, as in commands.
            if (!message.body.empty() && message.body.front() == 0) message.body.erase(message.body.begin());
            [[fallthrough]];
        case MessageType::data_amf0: return handle_media(flv::TagType::script, message.timestamp_ms, std::move(message.body), arrived, events);
        case MessageType::command_amf0:
        case MessageType::command_amf3: return handle_command(message, events);
        case MessageType::aggregate: return handle_aggregate(message, arrived, events);
    }
    strike("unknown_message", events);
}

void ServerSession::handle_control(const Message& message, Events& events) {
    ByteReader in{message.body};
    const auto value = in.u32();
    if (in.failed()) return strike("control_malformed", events);
    if (message.type == MessageType::set_chunk_size) {
        if (auto set = reader_.set_chunk_size(value); !set) close(set.error().reason, false, events);
    } else if (message.type == MessageType::abort) {
        reader_.abort(value);
    } else if (message.type == MessageType::window_size) {
        window_ = std::max(value, kLeastWindow);
    }
}

void ServerSession::handle_user_control(const Message& message) {
    ByteReader in{message.body};
    const auto event = in.u16();
    const auto value = in.u32();
    if (!in.failed() && event == kPingRequest) send_user_control(kPingResponse, value);
}

// Several tags in one message (7.1.6). Their timestamps count from the first one's, which stands for the message's.
void ServerSession::handle_aggregate(const Message& message, SteadyTime arrived, Events& events) {
    ByteReader in{message.body};
    std::optional<std::uint32_t> first;
    while (in.remaining() >= kAggregateHeader && state_ == State::publishing) {
        const auto type = in.u8();
        const auto size = in.u24();
        std::uint32_t timestamp = in.u24();
        timestamp |= static_cast<std::uint32_t>(in.u8()) << 24;
        in.u24();
        const auto body = in.bytes(size);
        if (in.failed()) return strike("aggregate_malformed", events);
        in.bytes(std::min(in.remaining(), kBackPointer));
        if (!first) first = timestamp;
        if (type != 8 && type != 9 && type != 18) {
            strike("aggregate_malformed", events);
            continue;
        }
        handle_media(static_cast<flv::TagType>(type), message.timestamp_ms + (timestamp - *first), Bytes(body.begin(), body.end()), arrived, events);
    }
}

void ServerSession::handle_media(flv::TagType type, std::uint32_t timestamp_ms, Bytes body, SteadyTime arrived, Events& events) {
    if (state_ != State::publishing) return strike("media_before_publish", events);
    demuxed_.clear();
    const auto fed = demuxer_.feed(type, timestamp_ms, std::move(body), arrived, demuxed_);
    if (!fed && fed.error().kind == Errc::unprocessable) {
        refuse(fed.error());
        return close(fed.error().reason, true, events);
    }
    if (!fed) strike(fed.error().reason, events);
    check_formats(events);
    if (state_ != State::publishing) return;
    if (demuxed_.metadata) events.emplace_back(MetadataCame{std::move(*demuxed_.metadata)});
    for (auto& frame : demuxed_.frames) {
        if (!playable(*frame->format)) continue;
        strikes_ = std::max(0, strikes_ - 1);
        events.emplace_back(std::move(frame));
    }
}

// The default tracks must be what viewers can play; of the others, those that are.
void ServerSession::check_formats(Events& events) {
    if (demuxed_.unknown) return refuse_codec(demuxed_.unknown->media, demuxed_.unknown->name, events);
    for (const auto& [track, format] : demuxed_.formats) {
        if (playable(*format)) continue;
        if (track == 0) return refuse_codec(format->kind, codec_name(format->codec), events);
        events.emplace_back(Dropped{"track_not_playable"});
    }
}

void ServerSession::refuse_codec(MediaKind media, std::string_view name, Events& events) {
    const auto why = codec_refusal(media, name);
    refuse(why);
    close(why.reason, true, events);
}

ServerSession::Handler ServerSession::handler_of(std::string_view name) {
    struct Named {
        std::string_view name;
        Handler handler;
    };
    static constexpr std::array kHandlers{Named{"connect", &ServerSession::on_connect},
                                          Named{"createStream", &ServerSession::on_create_stream},
                                          Named{"publish", &ServerSession::on_publish},
                                          Named{"play", &ServerSession::on_play},
                                          Named{"play2", &ServerSession::on_play},
                                          Named{"FCUnpublish", &ServerSession::on_unpublish},
                                          Named{"unpublish", &ServerSession::on_unpublish},
                                          Named{"closeStream", &ServerSession::on_unpublish},
                                          Named{"deleteStream", &ServerSession::on_unpublish},
                                          Named{"releaseStream", &ServerSession::on_plain},
                                          Named{"FCPublish", &ServerSession::on_plain},
                                          Named{"FCSubscribe", &ServerSession::on_plain},
                                          Named{"_checkbw", &ServerSession::on_plain},
                                          Named{"pause", &ServerSession::on_plain},
                                          Named{"receiveAudio", &ServerSession::on_plain},
                                          Named{"receiveVideo", &ServerSession::on_plain},
                                          Named{"getStreamLength", &ServerSession::on_stream_length},
                                          Named{"_result", &ServerSession::on_answer},
                                          Named{"_error", &ServerSession::on_answer},
                                          Named{"onStatus", &ServerSession::on_answer}};
    for (const auto& known : kHandlers) {
        if (known.name == name) return known.handler;
    }
    return nullptr;
}

void ServerSession::handle_command(const Message& message, Events& events) {
    const auto command = parse_command(message.type, message.body);
    if (!command) return strike(command.error().reason, events);
    if (state_ == State::greeted && command->name != "connect") return strike("command_before_connect", events);
    if (const auto handler = handler_of(command->name); handler != nullptr) return (this->*handler)(*command, message.stream, events);
    if (command->transaction != 0) {
        send_command(message.stream, write_command("_error", command->transaction,
                                                   {amf::null(), status("error", "NetConnection.Call.Failed", "This server has no such command.")}));
    }
    strike("unknown_command", events);
}

void ServerSession::on_connect(const Command& command, std::uint32_t, Events& events) {
    if (state_ != State::greeted) return strike("connected_twice", events);
    const auto app = amf::to_text(command.object.find("app"));
    app_ = plain_app(app);
    encoder_ = printable(amf::to_text(command.object.find("flashVer")));
    caps_ex_ = client_capabilities(command.object);
    if (app_ != config_.app) {
        const auto why = fmt::format("There is no application of this name; the address ends in /{}.", config_.app);
        send_command(0, write_command("_error", command.transaction, {amf::null(), status("error", "NetConnection.Connect.InvalidApp", why)}));
        return close("unknown_app", true, events);
    }
    state_ = State::connected;
    answer_connect(command);
}

void ServerSession::answer_connect(const Command& command) {
    send_control(MessageType::window_size, config_.window_bytes);
    Bytes bandwidth;
    ByteWriter{bandwidth}.u32(config_.window_bytes).u8(kDynamicLimit);
    writer_.write(output_, kControlChunks, MessageType::peer_bandwidth, 0, 0, bandwidth);
    send_user_control(kStreamBegin, 0);
    // ffmpeg takes over what we announce: large chunks cost both sides less.
    send_control(MessageType::set_chunk_size, config_.out_chunk_size);
    writer_.set_chunk_size(config_.out_chunk_size);

    auto server = amf::object();
    server.add("fmsVer", amf::text("FMS/3,5,7,7009")).add("capabilities", amf::number(31)).add("mode", amf::number(1));
    auto info = status("status", "NetConnection.Connect.Success", "Connection succeeded.");
    info.add("objectEncoding", amf::number(amf::to_number(command.object.find("objectEncoding")) == 3 ? 3 : 0));
    if (speaks_enhanced(command.object)) {
        add_capabilities(server);
        add_capabilities(info);
    }
    send_command(0, write_command("_result", command.transaction, {server, info}));
}

void ServerSession::on_create_stream(const Command& command, std::uint32_t, Events& events) {
    if (streams_ >= kMostStreams) {
        send_command(0,
                     write_command("_error", command.transaction, {amf::null(), status("error", "NetConnection.Call.Failed", "Too many streams.")}));
        return strike("too_many_streams", events);
    }
    send_command(0, write_command("_result", command.transaction, {amf::null(), amf::number(++streams_)}));
}

void ServerSession::on_publish(const Command& command, std::uint32_t stream, Events& events) {
    if (state_ != State::connected) return strike("publish_out_of_place", events);
    stream_ = stream;
    if (stream == 0 || stream > streams_) {
        refuse_with("NetStream.Publish.BadName", "Publishing needs a stream: createStream comes first.");
        return close("publish_without_stream", true, events);
    }
    auto name = name_argument(command);
    if (!name) {
        refuse(name.error());
        return close(name.error().reason, true, events);
    }
    state_ = State::asked_to_publish;
    events.emplace_back(PublishAsked{app_, Secret{std::move(*name)}, encoder_});
}

void ServerSession::on_play(const Command& command, std::uint32_t stream, Events& events) {
    if (state_ != State::connected) return strike("play_out_of_place", events);
    stream_ = stream;
    auto name = name_argument(command);
    if (!config_.play || !name || stream == 0 || stream > streams_) {
        refuse_with("NetStream.Play.Failed", config_.play ? "There is no stream of this name." : "This server is watched over HTTP, not RTMP.");
        return close("play_refused", true, events);
    }
    state_ = State::asked_to_play;
    events.emplace_back(PlayAsked{std::move(*name)});
}

void ServerSession::on_unpublish(const Command& command, std::uint32_t stream, Events& events) {
    if (command.name == "FCUnpublish") on_plain(command, stream, events);
    const bool ours = command.name == "deleteStream" ? amf::to_number(command.argument(0)) == stream_ : true;
    if (state_ == State::publishing && ours) {
        send_command(stream_, write_command("onStatus", 0, {amf::null(), status("status", "NetStream.Unpublish.Success", "The publish has ended.")}));
        state_ = State::connected;
        reader_.set_limits({});
        events.emplace_back(Goodbye{});
    } else if (state_ == State::playing && ours) {
        close("play_ended", false, events);
    }
}

void ServerSession::on_plain(const Command& command, std::uint32_t stream, Events&) {
    if (command.transaction != 0) send_command(stream, write_command("_result", command.transaction, {amf::null(), {}}));
}

void ServerSession::on_stream_length(const Command& command, std::uint32_t stream, Events&) {
    // A live stream has no length.
    if (command.transaction != 0) send_command(stream, write_command("_result", command.transaction, {amf::null(), amf::number(0)}));
}

void ServerSession::on_answer(const Command&, std::uint32_t, Events&) {}

void ServerSession::accept_publish() {
    state_ = State::publishing;
    reader_.set_limits({.media_bytes = config_.media_bytes, .pending_bytes = config_.media_bytes + (std::size_t{4} << 20)});
    demuxer_ = {};
    send_user_control(kStreamBegin, stream_);
    send_command(stream_, write_command("onStatus", 0, {amf::null(), status("status", "NetStream.Publish.Start", "The stream is on air.")}));
}

void ServerSession::refuse(const Error& why) {
    if (state_ == State::closed) return;
    if (state_ == State::asked_to_play || state_ == State::playing) refuse_with("NetStream.Play.StreamNotFound", why.detail);
    else refuse_with(publish_code(why), why.detail);
    state_ = State::closed;
}

void ServerSession::refuse_with(std::string_view code, std::string_view description) {
    send_command(stream_, write_command("onStatus", 0, {amf::null(), status("error", code, description)}));
}

bool ServerSession::ask_to_reconnect(std::string_view description) {
    if ((caps_ex_ & kCanReconnect) == 0 || (state_ != State::publishing && state_ != State::playing)) return false;
    const auto info = status("status", "NetConnection.Connect.ReconnectRequest", description);
    send_command(0, write_command("onStatus", 0, {amf::null(), info}));
    return true;
}

void ServerSession::accept_play() {
    state_ = State::playing;
    send_user_control(kStreamBegin, stream_);
    send_command(stream_, write_command("onStatus", 0, {amf::null(), status("status", "NetStream.Play.Reset", "Playing.")}));
    send_command(stream_, write_command("onStatus", 0, {amf::null(), status("status", "NetStream.Play.Start", "Playing.")}));
}

void ServerSession::send_format(const TrackFormat& format, std::uint8_t track, std::uint32_t timestamp_ms) {
    const bool video = format.kind == MediaKind::video;
    writer_.write(output_, video ? kVideoChunks : kAudioChunks, video ? MessageType::video : MessageType::audio, timestamp_ms, stream_,
                  flv::write_sequence_header(format, track));
}

void ServerSession::send_frame(const Frame& frame) {
    const bool video = frame.format->kind == MediaKind::video;
    writer_.write(output_, video ? kVideoChunks : kAudioChunks, video ? MessageType::video : MessageType::audio, flv::timestamp_of(frame), stream_,
                  flv::write_frame_header(frame), frame.payload);
}

void ServerSession::send_metadata(const flv::Metadata& metadata) {
    writer_.write(output_, kStatusChunks, MessageType::data_amf0, 0, stream_, flv::write_metadata(metadata));
}

void ServerSession::end_play() {
    if (state_ != State::playing) return;
    send_user_control(kStreamEnd, stream_);
    send_command(stream_, write_command("onStatus", 0, {amf::null(), status("status", "NetStream.Play.Stop", "The stream has ended.")}));
    state_ = State::closed;
}

void ServerSession::close(std::string_view reason, bool refused, Events& events) {
    state_ = State::closed;
    events.emplace_back(Closed{reason, refused});
}

void ServerSession::strike(std::string_view reason, Events& events) {
    events.emplace_back(Dropped{reason});
    if (++strikes_ > config_.strikes) close("too_many_strikes", false, events);
}

void ServerSession::send_control(MessageType type, std::uint32_t value) {
    Bytes body;
    ByteWriter{body}.u32(value);
    writer_.write(output_, kControlChunks, type, 0, 0, body);
}

void ServerSession::send_user_control(std::uint16_t event, std::uint32_t value) {
    Bytes body;
    ByteWriter{body}.u16(event).u32(value);
    writer_.write(output_, kControlChunks, MessageType::user_control, 0, 0, body);
}

void ServerSession::send_command(std::uint32_t stream, const Bytes& command) {
    writer_.write(output_, stream == 0 ? kCommandChunks : kStatusChunks, MessageType::command_amf0, 0, stream, command);
}

// Sent on what was received, in a counter that wraps at 4 GB (5.4.3).
void ServerSession::acknowledge() {
    if (state_ <= State::greeted || state_ == State::closed || received_ - acknowledged_ < window_) return;
    acknowledged_ = received_;
    send_control(MessageType::acknowledgement, static_cast<std::uint32_t>(received_));
}

}  // namespace ae::media::rtmp
