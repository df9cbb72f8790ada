#include "accounts/factors/challenges.hpp"

#include "base/crypto.hpp"

namespace ae::factors {

namespace {

constexpr std::size_t kRandomBytes = 16;
constexpr std::size_t kFront = kRandomBytes + 8;
constexpr std::size_t kMacBytes = 32;

}  // namespace

Challenges::Challenges(const Secret& server_secret) : key_(crypto::derive_key(server_secret, "accounts.passkey_challenges")) {}

Bytes Challenges::make(std::string_view purpose, std::string_view subject, WallTime now, Random& random) const {
    Bytes challenge(kRandomBytes);
    random.fill(challenge);
    ByteWriter{challenge}.u64(static_cast<std::uint64_t>(to_micros(now + kChallengeLife)));
    const auto mac = mac_of(challenge, purpose, subject);
    challenge.insert(challenge.end(), mac.begin(), mac.end());
    return challenge;
}

bool Challenges::holds(BytesView challenge, std::string_view purpose, std::string_view subject, WallTime now) const {
    if (challenge.size() != kFront + kMacBytes) return false;
    const auto front = challenge.first(kFront);
    if (!crypto::equal_constant_time(challenge.last(kMacBytes), mac_of(front, purpose, subject))) return false;
    return now < from_micros(static_cast<std::int64_t>(ByteReader{front.last(8)}.u64()));
}

Bytes Challenges::mac_of(BytesView front, std::string_view purpose, std::string_view subject) const {
    Bytes message{front.begin(), front.end()};
    ByteWriter writer{message};
    writer.text(purpose).u8(0).text(subject);
    return crypto::hmac_sha256(key_, message);
}

}  // namespace ae::factors
