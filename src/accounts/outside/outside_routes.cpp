#include "accounts/outside/outside_routes.hpp"

#include <fmt/format.h>

#include "accounts/gate.hpp"
#include "net/api/answers.hpp"
#include "net/http/problem.hpp"
#include "net/http/target.hpp"

namespace ae::outside {

namespace {

using http::Method;
using http::Request;
using http::Response;

struct ProviderView {
    std::string name;
    std::string title;
    /// Where a click goes.
    std::string startUrl;
};
BOOST_DESCRIBE_STRUCT(ProviderView, (), (name, title, startUrl))

struct ProvidersView {
    std::vector<ProviderView> oidc;
    bool clerk = false;
};
BOOST_DESCRIBE_STRUCT(ProvidersView, (), (oidc, clerk))

io::Task<Result<ProvidersView>> show_providers(Outside& outside) {  // outlives the routes
    ProvidersView view{.oidc = {}, .clerk = outside.clerk.is_used()};
    for (const auto& provider : outside.logins.providers()) {
        view.oidc.push_back({.name = provider.name, .title = provider.title, .startUrl = "/api/auth/oidc/" + provider.name + "/start"});
    }
    co_return view;
}

/// Another name over https, as that of the session: a neighbour under the same domain cannot plant one.
std::string_view ticket_cookie_name(bool secure) { return secure ? "__Host-aethex_oidc" : "aethex_oidc"; }
api::Cookie ticket_cookie(std::string value, std::chrono::seconds age, bool secure) {
    return {.name = std::string{ticket_cookie_name(secure)}, .value = std::move(value), .max_age = age, .secure = secure};
}

Response go_to(std::string_view where, std::initializer_list<api::Cookie> cookies) {
    Response response;
    response.status = 302;
    response.headers.add("location", where);
    for (const auto& cookie : cookies) response.headers.add("set-cookie", api::cookie_header(cookie));
    return response;
}

/// A person sees the login page with the reason, not a problem document.
Response back_to_login(std::string_view reason, bool secure) {
    return go_to(fmt::format("/auth/login?error={}", http::percent_encode(reason)), {ticket_cookie("", std::chrono::seconds{0}, secure)});
}

// What a route is given outlives it, here and below.
io::Task<Response> depart(Outside& outside, Request request) {
    const bool secure = request.scheme == "https";
    std::string provider{request.path_value("provider")};
    std::string next{request.query_value("next").value_or("/")};
    auto departure = co_await outside.logins.depart(std::move(provider), std::move(next));
    if (!departure) co_return back_to_login(departure.error().reason, secure);
    co_return go_to(departure->url, {ticket_cookie(std::move(departure->ticket), kTicketLife, secure)});
}

io::Task<Response> arrive(Outside& outside, accounts::Accounts& accounts, Request request, api::Caller caller) {
    const bool secure = request.scheme == "https";
    const auto value = [&](std::string_view name) { return std::string{request.query_value(name).value_or("")}; };
    if (!value("error").empty()) co_return back_to_login("oidc_code_refused", secure);
    accounts::Visit visit{
        .address = request.address, .device = std::string{request.headers.get("user-agent")}, .present = accounts::session_of(caller)};
    auto ticket = api::cookie_value(request.headers.get("cookie"), ticket_cookie_name(secure));
    std::string provider{request.path_value("provider")};
    auto arrival =
        co_await outside.logins.arrive(std::move(provider), std::move(ticket), value("state"), value("iss"), value("code"), std::move(visit));
    if (!arrival) co_return back_to_login(arrival.error().reason, secure);
    const auto session = accounts::session_cookie(arrival->who.token, accounts.service.needs().config.session_lifetime, secure);
    const auto where = arrival->who.user.onboarded_at ? arrival->return_to : "/auth/onboard?next=" + http::percent_encode(arrival->return_to);
    co_return go_to(where, {session, ticket_cookie("", std::chrono::seconds{0}, secure)});
}

unsigned status_of(const Error& error) {
    switch (error.kind) {
        case Errc::unauthorized: return 401;
        case Errc::unavailable: return 503;
        default: return 400;
    }
}

io::Task<Response> take_webhook(ClerkService& clerk, Request request) {
    const auto header = [&](std::string_view name) { return std::string{request.headers.get(name)}; };
    auto taken = co_await clerk.take(header("svix-id"), header("svix-timestamp"), header("svix-signature"), std::move(request.body));
    if (!taken) {
        const auto& error = taken.error();
        co_return http::problem_response(
            {.status = status_of(error), .code = std::string{error.reason}, .detail = error.detail, .instance = request.path});
    }
    Response response;
    response.status = 204;
    co_return response;
}

api::RouteSpec spec(Method method, std::string_view path, std::string_view name, std::string_view summary, api::RateLimit rate, api::BodyLimit body,
                    std::vector<api::Refusal> refusals) {
    return {.method = method,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::anyone(),
            .rate = rate,
            .body = body,
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = std::move(refusals)};
}

}  // namespace

void add_outside_routes(api::Routes& routes, Outside& outside, accounts::Accounts& accounts) {
    const auto minute = std::chrono::minutes{1};
    routes.add(spec(Method::get, "/api/auth/providers", "auth.providers", "Who else may say who somebody is.", api::RateLimit::per(minute, 600),
                    api::BodyLimit::none(), {}),
               [&outside](api::Input<>) { return show_providers(outside); });
    // Each costs the provider a question or two.
    const auto logins = api::RateLimit::per(minute, 20);
    routes.add_raw(spec(Method::get, "/api/auth/oidc/{provider}/start", "auth.oidc_start",
                        "Sends the browser to a provider; `next` says where it goes afterwards. What goes wrong ends at /auth/login?error=...",
                        logins, api::BodyLimit::none(), {}),
                   {"text/html"}, [&outside](Request request) { return depart(outside, std::move(request)); });
    routes.add_raw(spec(Method::get, "/api/auth/oidc/{provider}/callback", "auth.oidc_callback", "Where the provider sends the browser back to.",
                        logins, api::BodyLimit::none(), {}),
                   {"text/html"}, api::KnowingHandler{[&outside, &accounts](Request request, api::Caller caller) {
                       return arrive(outside, accounts, std::move(request), std::move(caller));
                   }});
    routes.add_raw(spec(Method::post, "/api/webhooks/clerk", "webhooks.clerk", "What Clerk tells about its users, signed (Svix).",
                        api::RateLimit::per(minute, 1200), api::BodyLimit::bytes(256 * 1024),
                        {{401, "webhook_headers_invalid", "svix-id, svix-timestamp or svix-signature is missing or broken."},
                         {401, "webhook_too_old", "it was signed more than five minutes ago or ahead."},
                         {401, "webhook_signature_invalid", "none of our secrets signed it."},
                         {400, "webhook_body_invalid", "it is no event."},
                         {503, "webhook_not_configured", "this server has no secret for it."}}),
                   {"application/problem+json"},
                   api::KnowingHandler{[&outside](Request request, const api::Caller&) { return take_webhook(outside.clerk, std::move(request)); }});
}

}  // namespace ae::outside
