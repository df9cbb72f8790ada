#include "accounts/account_routes.hpp"

namespace ae::accounts {

void add_account_routes(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors) {
    routes::add_login(routes, accounts);
    routes::add_recovery(routes, accounts);
    routes::add_sessions(routes, accounts);
    routes::add_people(routes, accounts, cursors);
    routes::add_overseer(routes, accounts, cursors);
}

io::Task<std::optional<wire::Me>> show_me(Accounts& accounts, UserId user) {
    const auto found = co_await accounts.service.find(user);
    if (!found) co_return std::nullopt;
    const auto& needs = accounts.service.needs();
    const bool two_factor = co_await needs.second_factor.wanted(user);
    const auto channels = co_await needs.dependents.channels_of(user);
    co_return wire::me_of(*found, two_factor, channels);
}

io::Task<std::optional<wire::Profile>> show_person(Accounts& accounts, std::string id_or_name, UserId viewer) {
    const auto seen = co_await accounts.profiles.show(std::move(id_or_name), viewer);
    if (!seen) co_return std::nullopt;
    const auto channels = co_await accounts.service.needs().dependents.channels_of(seen->user.id);
    co_return wire::profile_of(seen->user, seen->followed, seen->user.id == viewer, channels);
}

namespace routes {

namespace {
constexpr std::uint64_t kBodyMost = std::uint64_t{16} * 1024;
}

api::RouteSpec spec(http::Method method, std::string_view path, std::string_view name, std::string_view summary, api::Who who, api::RateLimit rate,
                    std::vector<api::Refusal> refusals) {
    const bool has_body = method == http::Method::post || method == http::Method::put;
    return {.method = method,
            .path = path,
            .name = name,
            .summary = summary,
            .who = who,
            .rate = rate,
            .body = has_body ? api::BodyLimit::bytes(kBodyMost) : api::BodyLimit::none(),
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = std::move(refusals)};
}

io::Task<api::WithCookies<wire::Entered>> enter(Accounts& accounts, SignedIn who, bool secure) {
    api::WithCookies<wire::Entered> answer;
    answer.view.user = co_await show_me(accounts, who.user.id);
    answer.cookies.push_back(session_cookie(who.token, accounts.service.needs().config.session_lifetime, secure));
    co_return answer;
}

}  // namespace routes
}  // namespace ae::accounts
