// The routes of accounts.
#pragma once

#include "accounts/accounts.hpp"
#include "accounts/gate.hpp"
#include "accounts/wire.hpp"
#include "net/api/routes.hpp"

namespace ae::accounts {

/// Adds everything under /api/auth, /api/users, /api/profile and /api/admin/users. What is handed in outlives the routes.
void add_account_routes(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors);

/// The one who asks, for the route and for every page's first data; nothing for strangers.
io::Task<std::optional<wire::Me>> show_me(Accounts& accounts, UserId user);

/// Somebody as `viewer` (empty: a stranger) sees them, by id, username, or a username of before; nothing for nobody.
io::Task<std::optional<wire::Profile>> show_person(Accounts& accounts, std::string id_or_name, UserId viewer);

namespace routes {

// One function a file; `add_account_routes` calls them.
void add_login(api::Routes& routes, Accounts& accounts);
void add_recovery(api::Routes& routes, Accounts& accounts);
void add_sessions(api::Routes& routes, Accounts& accounts);
void add_people(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors);
void add_overseer(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors);

/// What most routes of this room have in common: JSON of 16 KB at most, kept by nobody, for our own pages.
api::RouteSpec spec(http::Method method, std::string_view path, std::string_view name, std::string_view summary, api::Who who, api::RateLimit rate,
                    std::vector<api::Refusal> refusals);
/// So often may a person do what persons do.
inline api::RateLimit usual_rate() { return api::RateLimit::per(std::chrono::minutes{1}, 120); }
inline api::Who anybody_signed_in() { return api::Who::at_least(api::Role::signed_in); }

/// A view of whoever got in, and the cookie.
io::Task<api::WithCookies<wire::Entered>> enter(Accounts& accounts, SignedIn who, bool secure);

template <class In>
Visit visit_of(const In& in) {
    return {in.caller.address, std::string{in.headers.get("user-agent")}, session_of(in.caller)};
}
template <class In>
bool is_secure(const In& in) {
    return in.caller.origin.starts_with("https:");
}

struct UserPath {
    std::string id;
    static void rules(api::Rules& rules) { rules.field("id").says("An id, a username, or a username of before."); }
};
BOOST_DESCRIBE_STRUCT(UserPath, (), (id))

struct PageQuery {
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(PageQuery, (), (cursor, limit))
inline constexpr std::int32_t kUsualLimit = 20;

}  // namespace routes
}  // namespace ae::accounts
