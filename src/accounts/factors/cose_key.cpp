#include "accounts/factors/cose_key.hpp"

namespace ae::factors {

namespace {

// RFC 9053: labels and values of COSE_Key.
constexpr std::int64_t kType = 1, kAlgorithm = 3;
constexpr std::int64_t kOkp = 1, kEc2 = 2, kRsa = 3;
constexpr std::int64_t kCurve = -1, kX = -2, kY = -3;
constexpr std::int64_t kP256 = 1, kEd25519 = 6;
constexpr std::int64_t kModulus = -1, kExponent = -2;

std::int64_t integer_of(const cbor::Map& map, std::int64_t label) {
    const auto* value = cbor::find(map, label);
    return value == nullptr || value->integer() == nullptr ? 0 : *value->integer();
}

BytesView bytes_of(const cbor::Map& map, std::int64_t label) {
    const auto* value = cbor::find(map, label);
    return value == nullptr || value->bytes() == nullptr ? BytesView{} : BytesView{*value->bytes()};
}

}  // namespace

std::optional<crypto::PublicKey> cose_key(const cbor::Map& map) {
    const auto type = integer_of(map, kType);
    switch (integer_of(map, kAlgorithm)) {
        case kCoseEs256:
            if (type != kEc2 || integer_of(map, kCurve) != kP256) return std::nullopt;
            return crypto::PublicKey::p256(bytes_of(map, kX), bytes_of(map, kY));
        case kCoseEdDsa:
            if (type != kOkp || integer_of(map, kCurve) != kEd25519) return std::nullopt;
            return crypto::PublicKey::ed25519(bytes_of(map, kX));
        case kCoseRs256:
            if (type != kRsa) return std::nullopt;
            return crypto::PublicKey::rsa(bytes_of(map, kModulus), bytes_of(map, kExponent));
        default: return std::nullopt;
    }
}

std::optional<crypto::PublicKey> cose_key(BytesView bytes) {
    ByteReader reader{bytes};
    const auto value = cbor::read(reader);
    if (!value || value->map() == nullptr || !reader.empty()) return std::nullopt;
    return cose_key(*value->map());
}

}  // namespace ae::factors
