// The few cryptographic operations that rooms share; libsodium does the work.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"

namespace ae::crypto {

/// Starts libsodium; called once by main and by tests that need it. Safe to call again.
void start();

/// HMAC-SHA-256 (RFC 2104).
Bytes hmac_sha256(const Secret& key, BytesView message);
/// SHA-256 (FIPS 180-4).
Bytes sha256(BytesView message);
/// A key for one purpose out of the server's secret (HKDF-SHA-256, RFC 5869; `purpose` is the info), 32 bytes.
Secret derive_key(const Secret& server_secret, std::string_view purpose);
/// XChaCha20-Poly1305 with a random nonce in front; `context` is bound to the box and not stored in it.
Bytes seal(const Secret& key, BytesView plain, std::string_view context, Random& random);
/// nullopt when the key, the context or the box is not what it was.
std::optional<Bytes> open(const Secret& key, BytesView sealed, std::string_view context);
/// Takes the same time for all texts of one length.
bool equal_constant_time(BytesView a, BytesView b);
/// `bytes` random bytes in lower-case base 32 without padding (RFC 4648 section 6): easy to copy, safe in an address.
std::string random_token(Random& random, std::size_t bytes);

}  // namespace ae::crypto
