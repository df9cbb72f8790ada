// The routes of authenticator apps and passkeys.
#pragma once

#include <string>

#include "accounts/accounts.hpp"
#include "accounts/factors/passkey_service.hpp"
#include "accounts/factors/second_factors.hpp"
#include "net/api/routes.hpp"

namespace ae::factors {

/// What the routes stand on; all references outlive them.
struct FactorEdges {
    accounts::Accounts& accounts;
    SecondFactors& second;
    PasskeyService& passkeys;
    /// What the installation is called: an app shows it beside the code, a browser beside the passkey.
    std::string site_name;
    /// `https://live.example.org`; empty: what the client calls this server. Passkeys belong to its host.
    std::string public_url;
};

/// Adds `/api/auth/factors`, `/api/auth/totp`, `/api/auth/recovery-codes`, `/api/auth/passkeys` and `/api/auth/passkey`.
void add_factor_routes(api::Routes& routes, FactorEdges edges);

}  // namespace ae::factors
