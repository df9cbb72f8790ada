#include "accounts/outside/outside_gate.hpp"

#include <algorithm>

#include "accounts/gate.hpp"
#include "net/api/answers.hpp"
#include "net/http/head.hpp"

namespace ae::outside {

namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kCookie = "__session";

api::Role api_role_of(accounts::Role role) {
    switch (role) {
        case accounts::Role::viewer: return api::Role::signed_in;
        case accounts::Role::creator: return api::Role::creator;
        case accounts::Role::moderator: return api::Role::moderator;
        case accounts::Role::admin: return api::Role::admin;
    }
    return api::Role::signed_in;
}

struct Shown {
    std::string token;
    bool in_cookie = false;
};

/// The session token of a request: two dots make it one.
Shown token_of(const http::Request& request) {
    const auto authorization = request.headers.get("authorization");
    Shown shown;
    if (http::equals_ignoring_case(authorization.substr(0, kBearer.size()), kBearer)) shown.token = authorization.substr(kBearer.size());
    else shown = {.token = api::cookie_value(request.headers.get("cookie"), kCookie), .in_cookie = true};
    if (std::ranges::count(shown.token, '.') != 2) shown.token.clear();
    return shown;
}

// What it asks outlives it, and so does the request.
io::Task<Result<api::Caller>> ask(const api::Gate& own, ClerkService& clerk, const http::Request& request) {
    auto first = own(request);
    auto caller = co_await std::move(first);
    if (!caller || caller->role != api::Role::anyone) co_return caller;
    auto shown = token_of(request);
    if (shown.token.empty()) co_return caller;
    auto presence = co_await clerk.find(std::move(shown.token));
    if (!presence) co_return caller;
    caller->role = api_role_of(presence->user.role);
    caller->account = presence->user.id.str();
    caller->recent = presence->recent;
    // A cookie comes along with anybody's page: with a session, the gate asks where the request comes from.
    if (shown.in_cookie) caller->session = "clerk " + presence->session;
    co_return caller;
}

}  // namespace

api::Gate make_gate(api::Gate own, ClerkService& clerk) {
    if (!clerk.is_used()) return own;
    return [own = std::move(own), &clerk](const http::Request& request) { return ask(own, clerk, request); };
}

}  // namespace ae::outside
