// Signed tokens (RFC 7515, RFC 7519, RFC 8725): reading one, and believing it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/public_key.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "net/jose/jwk.hpp"

namespace ae::jose {

/// A token as it came, believed by nobody yet.
struct Token {
    crypto::SignatureAlgorithm algorithm;
    std::string key_id;
    /// Header and payload as they were signed.
    std::string signed_part;
    Bytes signature;
    boost::json::object claims;
};

/// Whose tokens are taken, and for whom.
struct TokenRules {
    /// `iss`, exactly.
    std::string issuer;
    /// One of these is in `aud`; empty: nobody asks.
    std::vector<std::string> audiences = {};
    /// How far clocks may be apart.
    Duration leeway = std::chrono::seconds{5};
    /// How old a token may be by its `iat`, whatever its `exp` says; zero: nobody asks.
    Duration oldest = Duration{0};
};

/// What a token says, after it was believed.
class Claims {
  public:
    explicit Claims(boost::json::object all) : all_(std::move(all)) {}
    /// `sub`; never empty.
    std::string subject() const { return text("sub").value_or(""); }
    std::optional<std::string> text(std::string_view name) const;
    std::optional<bool> boolean(std::string_view name) const;
    const boost::json::object& all() const { return all_; }

  private:
    boost::json::object all_;
};

/// Compact form, 16 KB at most. Refuses (all unauthorized) `token_malformed` (also: a header with `crit`, which we would have to understand) and
/// `token_algorithm_refused`: none, anything symmetric, anything but RS256, ES256 and EdDSA. Keys that the header itself carries are never looked at.
Result<Token> read_token(std::string_view compact);

/// Refuses (all unauthorized) `token_signature_invalid` (also when the key is not of the token's algorithm), `token_claims_invalid` (`exp` or `sub` is missing,
/// or a claim is of the wrong type), `token_expired`, `token_not_yet_valid` (`nbf`, `iat`), `token_issuer_refused`, `token_audience_refused`.
Result<Claims> verify_token(const Token& token, const Jwk& key, const TokenRules& rules, WallTime now);

}  // namespace ae::jose
