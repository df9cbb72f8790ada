#include "base/crypto.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace ae::crypto {

namespace {

const std::uint8_t* key_bytes(const Secret& key) { return reinterpret_cast<const std::uint8_t*>(key.reveal().data()); }

}  // namespace

void start() { AE_CHECK(sodium_init() >= 0, "libsodium starts wherever getrandom works"); }

Bytes hmac_sha256(const Secret& key, BytesView message) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key_bytes(key), key.reveal().size());
    crypto_auth_hmacsha256_update(&state, message.data(), message.size());
    Bytes out(crypto_auth_hmacsha256_BYTES);
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
}

Bytes sha256(BytesView message) {
    Bytes out(crypto_hash_sha256_BYTES);
    crypto_hash_sha256(out.data(), message.data(), message.size());
    return out;
}

Secret derive_key(const Secret& server_secret, std::string_view purpose) {
    // RFC 5869 with an empty salt; one block of output is enough for 32 bytes.
    const Secret salt{std::string(32, '\0')};
    const Secret extracted{std::string{as_text(hmac_sha256(salt, as_bytes(server_secret.reveal())))}};
    Bytes info{purpose.begin(), purpose.end()};
    info.push_back(1);
    return Secret{std::string{as_text(hmac_sha256(extracted, info))}};
}

Bytes seal(const Secret& key, BytesView plain, std::string_view context, Random& random) {
    AE_CHECK(key.reveal().size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "keys come from derive_key");
    constexpr auto kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    Bytes out(kNonce + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
    random.fill(std::span{out}.first(kNonce));
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonce, nullptr, plain.data(), plain.size(), as_bytes(context).data(), context.size(),
                                               nullptr, out.data(), key_bytes(key));
    return out;
}

std::optional<Bytes> open(const Secret& key, BytesView sealed, std::string_view context) {
    AE_CHECK(key.reveal().size() == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "keys come from derive_key");
    constexpr auto kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr auto kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < kNonce + kTag) return std::nullopt;
    Bytes out(sealed.size() - kNonce - kTag);
    const int answer = crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data() + kNonce, sealed.size() - kNonce,
                                                                  as_bytes(context).data(), context.size(), sealed.data(), key_bytes(key));
    if (answer != 0) return std::nullopt;
    return out;
}

bool equal_constant_time(BytesView a, BytesView b) { return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

std::string random_token(Random& random, std::size_t count) {
    constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    Bytes noise(count);
    random.fill(noise);
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (const auto byte : noise) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 5; held -= 5) out.push_back(kAlphabet[bits >> (held - 5) & 31]);
    }
    if (held > 0) out.push_back(kAlphabet[bits << (5 - held) & 31]);
    return out;
}

}  // namespace ae::crypto
