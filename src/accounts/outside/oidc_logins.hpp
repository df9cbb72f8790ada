// Signing in by a provider's word: away to it, and back with a code.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "accounts/account_service.hpp"
#include "accounts/outside/oidc_client.hpp"

namespace ae::outside {

/// Where the browser goes, and what it carries.
struct OidcDeparture {
    std::string url;
    std::string ticket;
};

/// Somebody who came back and is in.
struct OidcArrival {
    accounts::SignedIn who;
    std::string return_to;
};

/// Any shard may ask.
class OidcLogins {
  public:
    /// All references outlive it; the configuration was checked.
    OidcLogins(const OidcConfig& config, const Secret& server_secret, accounts::AccountService& accounts, io::Shard& home, io::HttpClient& http);

    std::vector<OidcProvider> providers() const;

    /// Refuses `oidc_provider_unknown`, and what `OidcClient` refuses.
    io::Task<Result<OidcDeparture>> depart(std::string provider, std::string return_to);
    /// `ticket` is what the browser carried, `state` and `code` what stood in the address, `issuer` too where the provider says it (RFC 9207). Refuses
    /// `oidc_provider_unknown`, `oidc_ticket_invalid` (another browser, too late, or a login that was forged), what `OidcClient` refuses, `oidc_email_missing`, and
    /// what `find_or_create_external` and `sign_in` refuse.
    io::Task<Result<OidcArrival>> arrive(std::string provider, std::string ticket, std::string state, std::string issuer, std::string code,
                                         accounts::Visit visit);

  private:
    OidcClient* find(std::string_view provider) const;
    std::string redirect_uri(const std::string& provider) const;

    accounts::AccountService& accounts_;
    const accounts::AccountNeeds& needs_;
    OidcTickets tickets_;
    std::vector<std::unique_ptr<OidcClient>> clients_;
};

}  // namespace ae::outside
