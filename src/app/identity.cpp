#include "app/identity.hpp"

#include "accounts/factors/factor_routes.hpp"
#include "accounts/gate.hpp"
#include "accounts/outside/outside_gate.hpp"

namespace ae::app {

void add_identity_routes(api::Routes& routes, accounts::Accounts& accounts, const Identity& identity, const SiteConfig& site) {
    routes.set_gate(outside::make_gate(accounts::make_gate(accounts.service.sessions()), identity.outside.clerk));
    factors::add_factor_routes(routes, {accounts, identity.second, identity.passkeys, site.name, site.public_url});
    outside::add_outside_routes(routes, identity.outside, accounts);
}

}  // namespace ae::app
