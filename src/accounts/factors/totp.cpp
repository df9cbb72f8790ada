#include "accounts/factors/totp.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/crypto.hpp"
#include "net/http/target.hpp"

namespace ae::factors {

namespace {

constexpr std::size_t kSecretBytes = 20;
constexpr std::int64_t kStepSeconds = 30;
constexpr std::uint32_t kDigits = 1'000'000;
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

Secret make_totp_secret(Random& random) {
    Bytes bytes(kSecretBytes);
    random.fill(bytes);
    return Secret{std::string{as_text(bytes)}};
}

std::string totp_secret_text(const Secret& secret) {
    std::string out;
    std::uint32_t group = 0;
    int bits = 0;
    for (const auto byte : as_bytes(secret.reveal())) {  // for its owner's app
        group = group << 8 | byte;
        for (bits += 8; bits >= 5; bits -= 5) out += kBase32[group >> (bits - 5) & 31];
    }
    if (bits > 0) out += kBase32[group << (5 - bits) & 31];
    return out;
}

std::string totp_uri(const Secret& secret, std::string_view issuer, std::string_view account) {
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30", http::percent_encode(issuer),
                       http::percent_encode(account), totp_secret_text(secret));
}

std::int64_t totp_step(WallTime now) { return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() / kStepSeconds; }

std::string totp_code(const Secret& secret, std::int64_t step) {
    Bytes counter;
    ByteWriter{counter}.u64(static_cast<std::uint64_t>(step));
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    const auto& key = secret.reveal();  // the code is made of it
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &size);
    // RFC 4226 section 5.3.
    const auto offset = static_cast<std::size_t>(mac[size - 1] & 15);
    const auto number = ByteReader{BytesView{mac}.subspan(offset, 4)}.u32() & 0x7fffffff;
    return fmt::format("{:06}", number % kDigits);
}

std::optional<std::int64_t> find_totp_step(const Secret& secret, std::string_view code, WallTime now, std::int64_t last_used) {
    const auto present = totp_step(now);
    for (const auto step : {present, present - 1, present + 1}) {
        if (step > last_used && crypto::equal_constant_time(as_bytes(code), as_bytes(totp_code(secret, step)))) return step;
    }
    return std::nullopt;
}

}  // namespace ae::factors
