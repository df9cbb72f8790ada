#include "media/rtmp/publisher.hpp"

namespace ae::media::rtmp {

namespace {

constexpr std::uint32_t kControlChunks = 2, kCommandChunks = 3, kMediaChunks = 4, kDataChunks = 5;
constexpr double kConnect = 1, kReleaseStream = 2, kPublishNotice = 3, kCreateStream = 4, kPublish = 5;
// A client that has one stream is given number 1 by this server; the numbers of other servers are not needed.
constexpr std::uint32_t kStream = 1;

}  // namespace

Publisher::Publisher(PublisherConfig config, Random& random)
    : config_(std::move(config)),
      handshake_(config_.handshake, random, output_),
      reader_({.media_bytes = std::size_t{8} << 20, .pending_bytes = std::size_t{16} << 20}) {}

Result<std::size_t> Publisher::feed(BytesView in) {
    const auto given = in.size();
    if (state_ == State::handshake) {
        const auto taken = handshake_.feed(in, output_);
        if (!taken || *taken == 0) return taken;
        in = in.subspan(*taken);
        send_connect();
    }
    while (true) {
        auto message = reader_.next(in);
        if (!message) return message.error();
        if (!*message) return given - in.size();
        if (auto handled = handle(**message); !handled) return handled.error();
    }
}

Result<void> Publisher::handle(const Message& message) {
    if (message.type == MessageType::set_chunk_size) {
        ByteReader in{message.body};
        return reader_.set_chunk_size(in.u32());
    }
    if (message.type != MessageType::command_amf0) return {};
    auto command = parse_command(message.type, message.body);
    if (!command) return command.error();
    if (command->name == "onStatus" || command->name == "_error") {
        handle_status(*command);
    } else if (command->name == "_result" && command->transaction == kConnect && state_ == State::connecting) {
        if (const auto* info = command->argument(0); info != nullptr) server_ = *info;
        send_command(0, write_command("releaseStream", kReleaseStream, {amf::null(), amf::text(config_.key)}));
        send_command(0, write_command("FCPublish", kPublishNotice, {amf::null(), amf::text(config_.key)}));
        send_command(0, write_command("createStream", kCreateStream, {amf::null()}));
        state_ = State::creating;
    } else if (command->name == "_result" && command->transaction == kCreateStream && state_ == State::creating) {
        send_command(kStream, write_command("publish", kPublish, {amf::null(), amf::text(config_.key), amf::text("live")}));
        state_ = State::asking;
    }
    return {};
}

void Publisher::handle_status(const Command& command) {
    const auto* info = command.argument(0);
    if (info == nullptr) return;
    code_ = amf::to_text(info->find("code"));
    description_ = amf::to_text(info->find("description"));
    if (amf::to_text(info->find("level")) == "error") state_ = State::refused;
    else if (code_ == "NetStream.Publish.Start") state_ = State::publishing;
    else if (code_ == "NetConnection.Connect.ReconnectRequest") state_ = State::reconnect_asked;
}

void Publisher::send_connect() {
    Bytes size;
    ByteWriter{size}.u32(config_.chunk_size);
    writer_.write(output_, kControlChunks, MessageType::set_chunk_size, 0, 0, size);
    writer_.set_chunk_size(config_.chunk_size);
    auto object = amf::object();
    object.add("app", amf::text(config_.app)).add("type", amf::text("nonprivate")).add("flashVer", amf::text("FMLE/3.0 (compatible; AeThex)"));
    object.add("swfUrl", amf::text(config_.tc_url)).add("tcUrl", amf::text(config_.tc_url));
    if (config_.caps_ex != 0) {
        object.add("capsEx", amf::number(config_.caps_ex));
        object.add("fourCcList", amf::array({amf::text("avc1"), amf::text("hvc1"), amf::text("av01")}));
    }
    send_command(0, write_command("connect", kConnect, {object}));
    state_ = State::connecting;
}

void Publisher::send_command(std::uint32_t stream, const Bytes& body) {
    writer_.write(output_, kCommandChunks, MessageType::command_amf0, 0, stream, body);
}

void Publisher::write_tag(Bytes& out, std::uint32_t chunk_size, flv::TagType type, std::uint32_t timestamp_ms, BytesView body) {
    ChunkWriter writer;
    writer.set_chunk_size(chunk_size);
    writer.write(out, type == flv::TagType::script ? kDataChunks : kMediaChunks, static_cast<MessageType>(type), timestamp_ms, kStream, body);
}

void Publisher::send_tag(flv::TagType type, std::uint32_t timestamp_ms, BytesView body) {
    write_tag(output_, config_.chunk_size, type, timestamp_ms, body);
}

void Publisher::send_goodbye() {
    send_command(0, write_command("FCUnpublish", 6, {amf::null(), amf::text(config_.key)}));
    send_command(0, write_command("deleteStream", 7, {amf::null(), amf::number(kStream)}));
}

}  // namespace ae::media::rtmp
