// The routes of outside identities.
#pragma once

#include "accounts/outside/clerk_service.hpp"
#include "accounts/outside/oidc_logins.hpp"
#include "net/api/routes.hpp"

namespace ae::outside {

/// The room in one piece. The references outlive it, and the configurations were checked.
struct Outside {
    Outside(const ClerkConfig& clerk_config, const OidcConfig& oidc_config, const Secret& server_secret, accounts::Accounts& accounts,
            io::Shard& home, io::HttpClient& http)
        : clerk(clerk_config, accounts, home, http), logins(oidc_config, server_secret, accounts.service, home, http) {}

    ClerkService clerk;
    OidcLogins logins;
};

/// Adds `GET /api/auth/providers`, `GET /api/auth/oidc/{provider}/start` and `/callback`, and `POST /api/webhooks/clerk`. `outside` and `accounts` outlive the routes.
void add_outside_routes(api::Routes& routes, Outside& outside, accounts::Accounts& accounts);

}  // namespace ae::outside
