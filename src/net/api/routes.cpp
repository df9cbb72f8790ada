#include "net/api/routes.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "base/log.hpp"
#include "net/api/docs_page.hpp"
#include "net/http/head.hpp"
#include "net/http/origin.hpp"
#include "net/http/target.hpp"

namespace ae::api {

namespace {

http::RouteOptions options_of(const RouteSpec& spec) {
    return {.name = std::string{spec.name},
            .body_limit = spec.body.most(),
            .rate_count = spec.rate.count(),
            .rate_window = spec.rate.window(),
            .cache_control = spec.cache.header(),
            .any_origin = spec.cors.open(),
            .quiet = spec.quiet};
}

/// The names in a path's braces, in order.
std::vector<std::string> names_in(std::string_view path) {
    std::vector<std::string> names;
    for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
        auto name = path.substr(open + 1, path.find('}', open) - open - 1);
        if (name.ends_with("...")) name.remove_suffix(3);
        names.emplace_back(name);
    }
    return names;
}

void check_path_parameters(const Declared& declared) {
    std::vector<std::string> described, in_path = names_in(declared.spec.path);
    for (const auto& parameter : declared.parameters) {
        if (parameter.place == "path") described.push_back(parameter.name);
    }
    std::ranges::sort(described);
    std::ranges::sort(in_path);
    AE_CHECK(described == in_path, "a typed route's path struct has the names of its path");
}

// Awaited in place: the route owns all three.
io::Task<http::Response> knowing(std::shared_ptr<const RouteSpec> spec, std::shared_ptr<const Routes::Shared> shared, KnowingHandler handler,
                                 http::Request request) {
    const auto caller = co_await detail::admit(*spec, *shared, request);
    if (!caller) co_return detail::refusal(*spec, caller.error(), request.path);
    auto work = handler(std::move(request), *caller);
    auto response = co_await std::move(work);
    detail::mark_personal(response, *spec, *caller);
    co_return response;
}

io::Task<http::Response> guarded(std::shared_ptr<const RouteSpec> spec, std::shared_ptr<const Routes::Shared> shared, http::Handler handler,
                                 http::Request request) {
    // Who asks for what anyone may have, and gets the same, is not asked.
    if (spec->who.role() != Role::anyone) {
        const auto caller = co_await detail::admit(*spec, *shared, request);
        if (!caller) co_return detail::refusal(*spec, caller.error(), request.path);
    }
    auto work = handler(std::move(request));
    co_return co_await std::move(work);
}

void declare_raw_parameters(Declared& declared) {
    for (auto& name : names_in(declared.spec.path)) {
        declared.parameters.push_back({"path", std::move(name), true, [](SchemaBook& book) { return book.schema<std::string>(); }});
    }
}

}  // namespace

CacheControl CacheControl::shared(std::chrono::seconds age) { return CacheControl{fmt::format("public, max-age={}", age.count())}; }

Routes::Routes(ApiInfo info) : info_(std::move(info)), shared_(std::make_shared<Shared>()) {}
Routes::~Routes() = default;

void Routes::set_gate(Gate gate) { shared_->gate = std::move(gate); }

void Routes::declare(Declared declared, http::Handler handler) {
    check_path_parameters(declared);
    for (const auto& other : declared_) AE_CHECK(other.spec.name != declared.spec.name, "a route's name is its own");
    router_.add(declared.spec.method, declared.spec.path, options_of(declared.spec), std::move(handler));
    declared_.push_back(std::move(declared));
}

void Routes::add_raw(RouteSpec spec, std::vector<std::string> content_types, http::Handler handler) {
    Declared declared{.spec = spec, .content_types = std::move(content_types)};
    declare_raw_parameters(declared);
    auto shared_spec = std::make_shared<const RouteSpec>(std::move(spec));
    declare(std::move(declared), [shared_spec, shared = std::shared_ptr<const Shared>{shared_}, handler = std::move(handler)](http::Request request) {
        return guarded(shared_spec, shared, handler, std::move(request));
    });
}

void Routes::add_raw(RouteSpec spec, std::vector<std::string> content_types, KnowingHandler handler) {
    Declared declared{.spec = std::move(spec), .content_types = std::move(content_types)};
    declare_raw_parameters(declared);
    declare_knowing(std::move(declared), std::move(handler));
}

void Routes::declare_knowing(Declared declared, KnowingHandler handler) {
    auto spec = std::make_shared<const RouteSpec>(declared.spec);
    declare(std::move(declared), [spec, shared = std::shared_ptr<const Shared>{shared_}, handler = std::move(handler)](http::Request request) {
        return knowing(spec, shared, handler, std::move(request));
    });
}

void Routes::add_direct(RouteSpec spec, std::vector<std::string> content_types, http::DirectHandler handler) {
    AE_CHECK(spec.who.role() == Role::anyone, "a direct handler looks at tokens itself");
    Declared declared{.spec = spec, .content_types = std::move(content_types)};
    declare_raw_parameters(declared);
    for (const auto& other : declared_) AE_CHECK(other.spec.name != spec.name, "a route's name is its own");
    router_.add_direct(spec.method, spec.path, options_of(spec), std::move(handler));
    declared_.push_back(std::move(declared));
}

http::Router Routes::take_router() {
    shared_->openapi = openapi(*this);
    return std::move(router_);
}

namespace detail {

namespace {

/// A browser sends cookies along for anybody's page; only our own pages can prove where they come from. A bearer token is its own proof.
bool carried_by_a_stranger(const Caller& caller, const http::Request& request) {
    return !caller.session.empty() && http::is_unsafe(request.method) && !http::comes_from_here(request);
}

Result<void> check_caller(const RouteSpec& spec, const Caller& caller, const http::Request& request) {
    if (caller.role == Role::anyone && spec.who.role() != Role::anyone) return Error{Errc::unauthorized, "not_signed_in", "Sign in first."};
    if (carried_by_a_stranger(caller, request))
        return Error{Errc::forbidden, "origin_refused", "This request does not say that it comes from our own page."};
    if (caller.role < spec.who.role()) return Error{Errc::forbidden, "not_allowed", "You may not do this."};
    if (caller.only_reads && http::is_unsafe(request.method)) return Error{Errc::forbidden, "scope_missing", "This token may only read."};
    if (spec.who.recent() && !caller.recent) return Error{Errc::forbidden, "login_not_recent", "Confirm first that it is you."};
    return {};
}

}  // namespace

// Awaited in place by the route.
io::Task<Result<Caller>> admit(const RouteSpec& spec, const Routes::Shared& shared, const http::Request& request) {
    Caller caller;
    if (shared.gate) {
        auto asked = shared.gate(request);
        auto known = co_await std::move(asked);
        if (!known && spec.who.role() != Role::anyone) co_return known.error();
        if (known) caller = std::move(*known);
    }
    caller.address = request.address;
    caller.origin = request.scheme + "://" + request.host;
    caller.request_id = request.request_id;
    if (auto may = check_caller(spec, caller, request); !may) co_return may.error();
    co_return caller;
}

http::Response refusal(const RouteSpec& spec, const Error& error, std::string_view instance) {
    static constexpr auto kOfTheHouse =
        std::to_array<std::string_view>({"not_signed_in", "origin_refused", "not_allowed", "scope_missing", "login_not_recent", "cursor_invalid"});
    const bool of_the_house = std::ranges::find(kOfTheHouse, error.reason) != kOfTheHouse.end();
    const bool declared = std::ranges::any_of(spec.refusals, [&](const Refusal& one) { return one.reason == error.reason; });
    // The document would be wrong; a client meets a code that it was never told of.
    if (!declared && !of_the_house) log::warn("api.undeclared_refusal", {{"route", spec.name}, {"reason", error.reason}});
    auto problem = http::problem_of(error);
    problem.instance = instance;
    return http::problem_response(problem);
}

http::Response faults(unsigned status, std::string_view code, Problems problems, std::string_view instance) {
    return http::problem_response({.status = status,
                                   .code = std::string{code},
                                   .detail = "See `errors` for what is wrong.",
                                   .instance = std::string{instance},
                                   .errors = std::move(problems)});
}

http::Response json_answer(unsigned status, std::string body) { return http::text_response(status, "application/json", std::move(body)); }

http::Response moved_answer(const std::string& to) {
    std::string body = R"({"movedTo":)";
    append_json_text(body, to);
    auto response = json_answer(308, body + "}");
    response.headers.add("location", to);
    return response;
}

http::Response suggestions_answer(const Suggestions& refusal, std::string_view instance) {
    auto problem = http::problem_of(refusal.error);
    problem.instance = instance;
    problem.suggestions = refusal.words;
    return http::problem_response(problem);
}

void mark_personal(http::Response& response, const RouteSpec& spec, const Caller& caller) {
    if (spec.cache.header() == "no-store") return;
    if (caller.role != Role::anyone) response.headers.set("cache-control", "private, no-cache");
    response.headers.add("vary", "cookie, authorization");
}

std::optional<Error> check_body_type(const http::Request& request) {
    const auto type = request.headers.get("content-type");
    if (http::equals_ignoring_case(type.substr(0, type.find(';')), "application/json")) return std::nullopt;
    // A form or plain text is what a page of another site can send without asking (CSRF).
    return Error{Errc::invalid, "content_type_not_json", "Send the body as application/json."};
}

void link_next(http::Response& response, const http::Request& request, const std::string& cursor) {
    std::string target = request.path + "?";
    for (const auto& [name, value] : request.query) {
        if (name != "cursor") target += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
    }
    response.headers.add("link", "<" + target + "cursor=" + http::percent_encode(cursor) + ">; rel=\"next\"");
}

}  // namespace detail

RouteSpec public_read(std::string_view path, std::string_view name, std::string_view summary, std::vector<Refusal> refusals) {
    return {.method = http::Method::get,
            .path = path,
            .name = name,
            .summary = summary,
            .who = Who::anyone(),
            .rate = RateLimit::per(std::chrono::minutes{1}, 600),
            .body = BodyLimit::none(),
            .cache = CacheControl::revalidate(),
            .cors = Cors::any_origin(),
            .refusals = std::move(refusals)};
}

}  // namespace ae::api
