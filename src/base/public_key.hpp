// Public keys of others and what they signed: the three algorithms that tokens (RFC 7518, RFC 8037) and passkeys (RFC 9053) use here.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/bytes.hpp"

struct evp_pkey_st;

namespace ae::crypto {

/// RSASSA-PKCS1-v1_5 with SHA-256, ECDSA on P-256 with SHA-256, Ed25519.
enum class SignatureAlgorithm { rs256, es256, eddsa };

/// `RS256`, `ES256`, `EdDSA`.
std::string_view algorithm_name(SignatureAlgorithm algorithm);
std::optional<SignatureAlgorithm> algorithm_named(std::string_view name);

/// How an ECDSA signature is written: its two numbers side by side, 64 bytes (tokens), or as an ASN.1 sequence (passkeys).
enum class EcdsaForm { raw, der };

/// A key can be used with one algorithm only: a token cannot talk it into another. Cheap to copy; several threads may verify with it at once.
class PublicKey {
  public:
    /// 2048 to 8192 bits; numbers big-endian.
    static std::optional<PublicKey> rsa(BytesView modulus, BytesView exponent);
    /// 32 bytes each; nullopt for a point that is not on the curve.
    static std::optional<PublicKey> p256(BytesView x, BytesView y);
    static std::optional<PublicKey> ed25519(BytesView point);

    SignatureAlgorithm algorithm() const { return algorithm_; }
    /// `form` matters to ES256 alone.
    bool verify(BytesView message, BytesView signature, EcdsaForm form = EcdsaForm::raw) const;

  private:
    PublicKey(SignatureAlgorithm algorithm, evp_pkey_st* key);
    SignatureAlgorithm algorithm_;
    std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace ae::crypto
