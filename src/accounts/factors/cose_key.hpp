// A passkey's public key as its authenticator writes it (COSE_Key, RFC 9052).
#pragma once

#include <optional>

#include "accounts/factors/cbor.hpp"
#include "base/public_key.hpp"

namespace ae::factors {

/// The COSE numbers of the algorithms we take, the first the one we like best: ES256, EdDSA, RS256.
inline constexpr std::int64_t kCoseEs256 = -7, kCoseEdDsa = -8, kCoseRs256 = -257;

/// nullopt for any other algorithm, curve or form.
std::optional<crypto::PublicKey> cose_key(const cbor::Map& map);
/// The same from its bytes, all of them.
std::optional<crypto::PublicKey> cose_key(BytesView bytes);

}  // namespace ae::factors
