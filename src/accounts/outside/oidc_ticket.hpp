// What a browser carries while it is away at the provider: sealed in a cookie, so that the server keeps nothing for strangers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::outside {

struct OidcTicket {
    std::string provider;
    /// Comes back in the address; of this browser alone.
    std::string state;
    /// Comes back in the ID token.
    std::string nonce;
    /// The secret half of PKCE (RFC 7636).
    std::string verifier;
    /// Where the person was going.
    std::string return_to;
    WallTime expires_at = {};
};

inline constexpr std::chrono::minutes kTicketLife{10};

/// Fresh random values for a login.
OidcTicket make_ticket(std::string provider, std::string_view return_to, WallTime now, Random& random);
/// `base64url(SHA-256(verifier))`.
std::string pkce_challenge(std::string_view verifier);
/// A path of our own pages; `/` for anything else (another site, `//evil`, a line end).
std::string own_path(std::string_view wanted);

class OidcTickets {
  public:
    explicit OidcTickets(const Secret& server_secret);
    std::string seal(const OidcTicket& ticket, Random& random) const;
    /// nullopt for what was not sealed here, or is over.
    std::optional<OidcTicket> open(std::string_view sealed, WallTime now) const;

  private:
    Secret key_;
};

}  // namespace ae::outside
