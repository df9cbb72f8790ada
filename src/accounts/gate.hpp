// The gate of the API: the cookie or the bearer token of a request, and who that is.
#pragma once

#include <string_view>

#include "accounts/sessions.hpp"
#include "net/api/routes.hpp"

namespace ae::accounts {

/// `__Host-aethex_session` over https: a neighbour under the same domain cannot plant one. Plain http has no such thing.
std::string_view session_cookie_name(bool secure);
/// The cookie of a new session, and the one that takes it away.
api::Cookie session_cookie(const Secret& token, Duration lifetime, bool secure);
api::Cookie no_session_cookie(bool secure);

/// `sessions` outlives it. What is no valid session or token is a stranger's.
api::Gate make_gate(Sessions& sessions);

/// The ids of who asks.
inline UserId user_of(const api::Caller& caller) { return UserId{caller.account}; }
inline SessionId session_of(const api::Caller& caller) { return SessionId{caller.session}; }

}  // namespace ae::accounts
