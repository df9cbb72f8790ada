// One-time passwords by the clock (RFC 6238): SHA-1, six digits, thirty seconds, what every authenticator app speaks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::factors {

/// 160 random bits, as bytes.
Secret make_totp_secret(Random& random);
/// The secret as a person types it: base 32 in capitals.
std::string totp_secret_text(const Secret& secret);
/// `otpauth://totp/...`: what the QR code says. It holds the secret.
std::string totp_uri(const Secret& secret, std::string_view issuer, std::string_view account);

/// The number of thirty seconds since 1970.
std::int64_t totp_step(WallTime now);
std::string totp_code(const Secret& secret, std::int64_t step);
/// The step whose code this is: now, the one before or the one after, for clocks that differ; only one later than `last_used`, so that a code that somebody looked
/// at works no second time.
std::optional<std::int64_t> find_totp_step(const Secret& secret, std::string_view code, WallTime now, std::int64_t last_used);

}  // namespace ae::factors
