#include "net/http/dispatch.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "net/http/origin.hpp"
#include "net/http/problem.hpp"
#include "net/http/target.hpp"

namespace ae::http {

namespace {

void add_lower(Headers& headers, const HeadField& field) {
    std::array<char, 64> name;
    const std::size_t size = std::min(field.name.size(), name.size());
    for (std::size_t i = 0; i < size; ++i)
        name[i] = static_cast<char>(field.name[i] >= 'A' && field.name[i] <= 'Z' ? field.name[i] + 32 : field.name[i]);
    // No header that anybody here asks for has a longer name.
    if (field.name.size() <= name.size()) headers.add({name.data(), size}, field.value);
}

std::string method_list(const std::vector<Method>& methods) {
    std::string list;
    for (const Method method : methods) list.append(method_name(method)).append(", ");
    return list + "OPTIONS";
}

/// A preflight (Fetch standard, CORS protocol) or a plain OPTIONS: which methods there are, and for whom.
Response options_response(const Router::Match& match, const Request& request) {
    Response response;
    response.status = 204;
    const std::string methods = method_list(match.allowed);
    response.headers.add("allow", methods);
    if (match.any == nullptr || !match.any->options.any_origin || !request.headers.has("access-control-request-method")) return response;
    response.headers.add("access-control-allow-origin", "*");
    response.headers.add("access-control-allow-methods", methods);
    response.headers.add("access-control-allow-headers", "content-type, range, if-none-match, if-range, x-request-id");
    response.headers.add("access-control-max-age", "86400");
    return response;
}

Response no_route_response(const Router::Match& match, const Request& request) {
    if (match.allowed.empty()) {
        return problem_response({.status = 404, .code = "not_found", .detail = "There is nothing at this address.", .instance = request.path});
    }
    if (request.method == Method::options) return options_response(match, request);
    auto response = problem_response(
        {.status = 405, .code = "method_not_allowed", .detail = "This address does not take that method.", .instance = request.path});
    response.headers.add("allow", method_list(match.allowed));
    return response;
}

/// draft-ietf-httpapi-ratelimit-headers, and what older clients read.
void describe_rate(Headers& headers, const RouteOptions& options, const RateLimiter::Verdict& verdict) {
    headers.add("ratelimit-policy", fmt::format("\"default\";q={};w={}", options.rate_count, options.rate_window.count()));
    headers.add("ratelimit", fmt::format("\"default\";r={};t={}", verdict.remaining, verdict.reset.count()));
    headers.add("x-ratelimit-limit", std::to_string(options.rate_count));
    headers.add("x-ratelimit-remaining", std::to_string(verdict.remaining));
    headers.add("x-ratelimit-reset", std::to_string(verdict.reset.count()));
}

std::optional<Response> limited(ServerCore& core, const Route& route, const Request& request, Headers& extra) {
    if (route.options.rate_count == 0) return std::nullopt;
    const auto address = parse_address(request.address);
    const std::string client = address ? client_key(*address) : request.address;
    const auto verdict = core.limiter.take(route.index, client, route.options.rate_count, route.options.rate_window, core.clock.steady());
    describe_rate(extra, route.options, verdict);
    if (verdict.allowed) return std::nullopt;
    auto response = problem_response({.status = 429,
                                      .code = "rate_limited",
                                      .detail = fmt::format("Too many requests; try again in {} s.", verdict.reset.count()),
                                      .instance = request.path});
    response.headers.add("retry-after", std::to_string(verdict.reset.count()));
    return response;
}

}  // namespace

std::string_view fill_request(const ServerCore& core, const Peer& peer, const Head& head, const FieldList& fields, Request& request) {
    request.clear();
    request.method = head.method;
    request.target.assign(head.target);
    // The one target that is no path: `OPTIONS *` asks about the server.
    const std::string_view target = head.method == Method::options && head.target == "*" ? "/" : head.target;
    if (const auto refusal = parse_target(target, request.path, request.query); !refusal.empty()) return refusal;
    for (const HeadField& field : fields) add_lower(request.headers, field);
    request.address = peer.address;
    request.scheme = peer.secure ? "https" : "http";
    request.host.assign(head.host);
    if (core.proxies.empty()) return {};
    Client client = core.proxies.client_of({request.address, request.scheme, request.host}, request.headers);
    request.address = std::move(client.address);
    request.scheme = std::move(client.scheme);
    request.host = std::move(client.host);
    return {};
}

Decision decide(ServerCore& core, Request& request) {
    const auto match = core.router.find(request.method, request.path, request.path_parameters);
    if (match.route == nullptr) return {nullptr, no_route_response(match, request), {}};
    Decision decision{match.route, std::nullopt, {}};
    const Route& route = *match.route;
    if (route.options.same_origin_writes && is_unsafe(request.method) && comes_from_elsewhere(request)) {
        decision.answer = problem_response(
            {.status = 403, .code = "origin_refused", .detail = "This request comes from another site's page.", .instance = request.path});
        return decision;
    }
    decision.answer = limited(core, route, request, decision.extra);
    return decision;
}

std::string request_id_of(ServerCore& core, const Headers& headers) {
    const auto given = headers.get("x-request-id");
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    };
    if (!given.empty() && given.size() <= 64 && std::ranges::all_of(given, allowed)) return std::string{given};
    return make_id_text(core.clock.wall(), core.random);
}

}  // namespace ae::http
