#include "accounts/factors/recovery_codes.hpp"

#include "base/crypto.hpp"

namespace ae::factors {

namespace {

constexpr std::size_t kHalf = 5;

std::string plain(std::string_view typed) {
    std::string out;
    for (const char c : typed) {
        if (c == '-' || c == ' ') continue;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

}  // namespace

std::vector<std::string> make_recovery_codes(Random& random) {
    std::vector<std::string> codes;
    while (codes.size() < kRecoveryCodes) {
        // Seven bytes are twelve characters, of which ten are taken.
        const auto token = crypto::random_token(random, 7);
        codes.push_back(token.substr(0, kHalf) + "-" + token.substr(kHalf, kHalf));
    }
    return codes;
}

RecoveryCodeRing::RecoveryCodeRing(const Secret& server_secret) : key_(crypto::derive_key(server_secret, "accounts.recovery_codes")) {}

Bytes RecoveryCodeRing::hash(const accounts::UserId& user, std::string_view code) const {
    return crypto::hmac_sha256(key_, as_bytes(user.str() + ":" + plain(code)));
}

}  // namespace ae::factors
