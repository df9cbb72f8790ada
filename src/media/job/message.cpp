#include "media/job/message.hpp"

#include "base/check.hpp"

namespace ae::media::job {

namespace {
constexpr std::size_t kLengthBytes = 4;
}  // namespace

Bytes message_bytes(MessageKind kind, BytesView body) {
    AE_CHECK(fits_message(body.size()), "whoever makes a message bounds it first");
    Bytes out;
    out.reserve(kLengthBytes + 1 + body.size());
    ByteWriter writer{out};
    writer.u32(body.size() + 1).u8(static_cast<std::uint8_t>(kind)).bytes(body);
    return out;
}

void MessageReader::feed(BytesView bytes) {
    if (broken_) return;
    // What was read is dropped when there is as much of it as there is left: each byte is moved once at most.
    if (used_ > waiting_.size() / 2) {
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(used_));
        used_ = 0;
    }
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
}

std::optional<Message> MessageReader::next() {
    if (broken_) return std::nullopt;
    ByteReader reader{BytesView{waiting_}.subspan(used_)};
    if (reader.remaining() < kLengthBytes) return std::nullopt;
    const std::size_t length = reader.u32();
    if (length == 0 || length > kMostMessageBytes) {
        broken_ = true;
        return std::nullopt;
    }
    if (reader.remaining() < length) return std::nullopt;
    const auto kind = reader.u8();
    if (kind < static_cast<std::uint8_t>(MessageKind::ready) || kind > static_cast<std::uint8_t>(MessageKind::parting)) {
        broken_ = true;
        return std::nullopt;
    }
    const auto body = reader.bytes(length - 1);
    used_ += kLengthBytes + length;
    return Message{static_cast<MessageKind>(kind), Bytes(body.begin(), body.end())};
}

}  // namespace ae::media::job
