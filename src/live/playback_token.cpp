#include "live/playback_token.hpp"

#include <algorithm>

namespace ae::live {

namespace {

constexpr std::size_t kSignature = 16;
/// Kind, minutes since 1970, viewer.
constexpr std::size_t kPayload = 1 + 4 + 16;

ViewerKey key_of(const Bytes& hash) {
    ViewerKey key;
    std::copy_n(hash.begin(), key.bytes.size(), key.bytes.begin());
    return key;
}

}  // namespace

PlaybackTokens::PlaybackTokens(const Secret& server_secret)
    : sign_(crypto::derive_key(server_secret, "live/playback-token/sign")),
      viewers_(crypto::derive_key(server_secret, "live/playback-token/viewer")) {}

ViewerKey PlaybackTokens::of_account(const channels::UserId& account) const {
    return key_of(crypto::hmac_sha256(viewers_, as_bytes("account\n" + account.str())));
}

ViewerKey PlaybackTokens::of_device(std::string_view device) const {
    return key_of(crypto::hmac_sha256(viewers_, as_bytes("device\n" + std::string{device})));
}

Bytes PlaybackTokens::signature(std::string_view stream, BytesView payload) const {
    std::string message{stream};
    message.push_back('\0');
    message.append(as_text(payload));
    auto whole = crypto::hmac_sha256(sign_, as_bytes(message));
    whole.resize(kSignature);
    return whole;
}

std::string PlaybackTokens::make(std::string_view stream, const Ticket& ticket) const {
    Bytes token;
    ByteWriter writer{token};
    writer.u8(static_cast<std::uint8_t>(ticket.kind));
    writer.u32(static_cast<std::uint32_t>(std::chrono::floor<std::chrono::minutes>(ticket.expires.time_since_epoch()).count()));
    writer.bytes(ticket.viewer.bytes);
    const auto signed_by = signature(stream, token);
    writer.bytes(signed_by);
    return to_base64url(token);
}

std::optional<Ticket> PlaybackTokens::open(std::string_view stream, std::string_view token) const {
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() != kPayload + kSignature) return std::nullopt;
    const auto payload = BytesView{*bytes}.first(kPayload);
    if (!crypto::equal_constant_time(BytesView{*bytes}.subspan(kPayload), signature(stream, payload))) return std::nullopt;

    ByteReader reader{payload};
    Ticket ticket;
    ticket.kind = reader.u8() == static_cast<std::uint8_t>(Ticket::Kind::preview) ? Ticket::Kind::preview : Ticket::Kind::viewer;
    ticket.expires = WallTime{std::chrono::minutes{reader.u32()}};
    std::ranges::copy(reader.bytes(ticket.viewer.bytes.size()), ticket.viewer.bytes.begin());
    return ticket;
}

}  // namespace ae::live
