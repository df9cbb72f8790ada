// One provider of OpenID Connect (Core 1.0, Discovery 1.0): where to send people, and what the code they come back with is worth.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "accounts/outside/oidc_config.hpp"
#include "accounts/outside/oidc_ticket.hpp"
#include "io/http_client.hpp"
#include "io/shard.hpp"
#include "net/jose/jwks_cache.hpp"
#include "net/jose/jwt.hpp"

namespace ae::outside {

/// What the provider says about itself.
struct OidcEndpoints {
    std::string authorization;
    std::string token;
    std::string jwks;
    /// Empty: it has none.
    std::string userinfo = {};
    /// Whether the client secret goes into the form instead of a header.
    bool secret_in_form = false;
};

/// Who somebody is there.
struct OidcIdentity {
    std::string subject;
    std::string email;
    bool email_verified = false;
    std::string name;
};

/// Reads the discovery document of this issuer. Refuses `oidc_provider_broken`: not JSON, of another issuer, an address missing or less safe than the issuer's.
Result<OidcEndpoints> read_discovery(std::string_view json, std::string_view issuer);

/// Lives on its home shard; any shard may ask.
class OidcClient {
  public:
    /// All references outlive it.
    OidcClient(OidcProvider provider, io::Shard& home, io::HttpClient& http, const Clock& clock);
    OidcClient(const OidcClient&) = delete;
    OidcClient& operator=(const OidcClient&) = delete;

    const OidcProvider& provider() const { return provider_; }

    /// Where the browser goes. Refuses `oidc_provider_unavailable`, `oidc_provider_broken`.
    io::Task<Result<std::string>> authorization_url(OidcTicket ticket, std::string redirect_uri);
    /// What the code says. Refuses as above, `oidc_code_refused`, and `oidc_token_refused` (signature, times, audience, nonce, subject).
    io::Task<Result<OidcIdentity>> exchange(std::string code, OidcTicket ticket, std::string redirect_uri);

  private:
    /// What is known of the provider now; it stays whole for whoever uses it, also when the provider moves.
    struct Known {
        OidcEndpoints endpoints;
        std::shared_ptr<jose::JwksCache> keys;
    };
    struct Tokens {
        std::string id_token;
        std::string access_token;
    };

    io::Task<Result<Known>> discover();
    io::Task<Result<Known>> discover_here();
    void keep(OidcEndpoints endpoints);
    io::Task<Result<Tokens>> redeem(OidcEndpoints endpoints, std::string code, std::string verifier, std::string redirect_uri);
    io::Task<Result<jose::Claims>> believe(std::shared_ptr<jose::JwksCache> keys, std::string id_token, std::string nonce);
    io::Task<Result<void>> ask_userinfo(std::string url, std::string access_token, std::shared_ptr<OidcIdentity> identity);
    io::HttpRequest request_to(std::string url) const;

    OidcProvider provider_;
    io::Shard& home_;
    io::HttpClient& http_;
    const Clock& clock_;
    std::optional<Known> known_;
    SteadyTime discovered_at_ = {};
};

}  // namespace ae::outside
