// The gate for those whom Clerk knows, behind our own.
#pragma once

#include "accounts/outside/clerk_service.hpp"
#include "net/api/routes.hpp"

namespace ae::outside {

/// Asks `own` first; a stranger with a Clerk session token, as a bearer or in the cookie `__session`, is then whoever Clerk says. `clerk` outlives it. Without Clerk it
/// is `own` itself.
api::Gate make_gate(api::Gate own, ClerkService& clerk);

}  // namespace ae::outside
