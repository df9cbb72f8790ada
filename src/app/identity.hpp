// What proves who somebody is, beside the password: second factors, passkeys, and the word of others.
#pragma once

#include "accounts/factors/passkey_service.hpp"
#include "accounts/factors/second_factors.hpp"
#include "accounts/outside/outside_routes.hpp"
#include "app/config.hpp"
#include "net/api/routes.hpp"

namespace ae::app {

/// All outlive the routes.
struct Identity {
    factors::SecondFactors& second;
    factors::PasskeyService& passkeys;
    outside::Outside& outside;
};

/// Sets the gate, and adds the routes.
void add_identity_routes(api::Routes& routes, accounts::Accounts& accounts, const Identity& identity, const SiteConfig& site);

}  // namespace ae::app
