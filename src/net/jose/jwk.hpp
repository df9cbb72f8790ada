// The keys that an issuer of tokens publishes (JWK Set, RFC 7517).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/public_key.hpp"
#include "base/result.hpp"

namespace ae::jose {

struct Jwk {
    std::string id;
    crypto::PublicKey key;
};

/// The keys of a set that can verify our three algorithms; others (symmetric, for encryption, of other curves, too short) are passed over. At most 100 are
/// looked at. Refuses `jwks_invalid` for what is no set.
Result<std::vector<Jwk>> read_jwks(std::string_view json);

/// The key a token names. Without a name it is the only one of its algorithm, or none.
const Jwk* find_key(const std::vector<Jwk>& keys, std::string_view id, crypto::SignatureAlgorithm algorithm);

}  // namespace ae::jose
