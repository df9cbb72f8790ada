// The routes of the server, each declared once: what calls them, what they answer, and who may.
//
//     routes.add({.method = Method::get, .path = "/api/channels/{slug}", .name = "channels.get", ...},
//                [&service](api::Input<ChannelPath> in) { return service.show(std::move(in.path.slug)); });
//
// A handler is a plain function that answers `io::Task<Result<View>>` (a lambda that captures is no coroutine: it calls one).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/task.hpp"
#include "net/api/answers.hpp"
#include "net/api/form.hpp"
#include "net/api/json_document.hpp"
#include "net/api/json_read.hpp"
#include "net/api/json_write.hpp"
#include "net/api/page.hpp"
#include "net/api/route.hpp"
#include "net/api/schema.hpp"
#include "net/http/problem.hpp"
#include "net/http/router.hpp"

namespace ae::api {

/// Who asks, as far as the server knows.
struct Caller {
    Role role = Role::anyone;
    /// The account's id; empty for strangers.
    std::string account = {};
    /// The session's id; empty for strangers and for bearer tokens.
    std::string session = {};
    /// The account logged in, or confirmed that it is there, in the last ten minutes.
    bool recent = false;
    /// A bearer token that may only read.
    bool only_reads = false;
    /// After `net.trusted_proxies`.
    std::string address = {};
    /// `https://example.org`: what the client calls this server.
    std::string origin = {};
    std::string request_id = {};
};

/// What a handler gets: described structs, read and checked.
template <class PathT = None, class QueryT = None, class BodyT = None>
struct Input {
    using Path = PathT;
    using Query = QueryT;
    using Body = BodyT;
    Path path = {};
    Query query = {};
    Body body = {};
    Caller caller = {};
    http::Headers headers = {};
};

/// What the handler of a form gets.
struct FormInput {
    Form form;
    Caller caller;
};

/// Says who a request comes from; a stranger is an answer too. Asked for typed routes, and for raw ones that not anyone may call or that want to
/// know. The request outlives the task.
using Gate = std::function<io::Task<Result<Caller>>(const http::Request&)>;

struct Parameter {
    std::string place;  // "path" or "query"
    std::string name;
    bool required = true;
    std::function<boost::json::value(SchemaBook&)> schema;
};

/// One route as `openapi` sees it.
struct Declared {
    RouteSpec spec;
    std::vector<Parameter> parameters = {};
    /// Null: none.
    std::function<boost::json::value(SchemaBook&)> body = nullptr;
    std::function<boost::json::value(SchemaBook&)> answer = nullptr;
    unsigned success = 200;
    /// The fields of a form; empty: the body is none.
    std::vector<FormField> form = {};
    /// Of a raw route: what it answers with.
    std::vector<std::string> content_types = {};
};

/// The first lines of the API document.
struct ApiInfo {
    std::string title = "AeThex LIVE";
    std::string version = "1";
    std::string description = {};
};

/// A raw route's handler that is told who asks.
using KnowingHandler = std::function<io::Task<http::Response>(http::Request, Caller)>;

class Routes {
  public:
    explicit Routes(ApiInfo info = {});
    Routes(const Routes&) = delete;
    Routes& operator=(const Routes&) = delete;
    ~Routes();

    /// A typed route. `handler` takes an Input and answers a Task of a Result of a described struct, a vector, a Page (which also gives a `Link`),
    /// nothing (204), or what `answers.hpp` has more.
    template <class F>
    void add(RouteSpec spec, F handler) {
        add_typed(std::move(spec), std::function{std::move(handler)});
    }
    /// A route whose body is a form with files; else like a typed one.
    template <class View>
    void add_form(RouteSpec spec, std::vector<FormField> fields, std::function<io::Task<Result<View>>(FormInput)> handler);
    /// A route that makes its own bytes; it is declared with what they are.
    void add_raw(RouteSpec spec, std::vector<std::string> content_types, http::Handler handler);
    /// The same for one that wants to know who asks: pages, uploads.
    void add_raw(RouteSpec spec, std::vector<std::string> content_types, KnowingHandler handler);
    /// The same for the hot paths. Anyone may call these: a direct handler looks at tokens itself.
    void add_direct(RouteSpec spec, std::vector<std::string> content_types, http::DirectHandler handler);
    /// `GET /api/openapi.json` and the page `GET /api/docs`. Declared last or first: they show all.
    void add_docs();

    /// Who asks: until one is set, everybody is a stranger.
    void set_gate(Gate gate);

    const std::vector<Declared>& declared() const { return declared_; }
    const ApiInfo& info() const { return info_; }
    /// Hands the router to the server; call it once, when all routes are in.
    http::Router take_router();

    /// What the routes share while they run.
    struct Shared {
        Gate gate;
        std::string openapi;
    };

  private:
    template <class View, class In>
    void add_typed(RouteSpec spec, std::function<io::Task<Result<View>>(In)> handler);
    void declare(Declared declared, http::Handler handler);
    void declare_knowing(Declared declared, KnowingHandler handler);

    ApiInfo info_;
    std::shared_ptr<Shared> shared_;
    std::vector<Declared> declared_;
    http::Router router_;
};

/// The OpenAPI 3.1 document: the same text for the same routes, indented, in the order of paths.
std::string openapi(const Routes& routes);

namespace detail {

/// What a typed route keeps for its calls.
template <class View, class In>
struct Typed {
    RouteSpec spec;
    std::shared_ptr<const Routes::Shared> shared;
    std::function<io::Task<Result<View>>(In)> handler;
};

/// Who asks, and may. Awaited in place by the route, which owns all three.
io::Task<Result<Caller>> admit(const RouteSpec& spec, const Routes::Shared& shared, const http::Request& request);
http::Response refusal(const RouteSpec& spec, const Error& error, std::string_view instance);
http::Response faults(unsigned status, std::string_view code, Problems problems, std::string_view instance);
http::Response json_answer(unsigned status, std::string body);
/// 308: the thing has another address now.
http::Response moved_answer(const std::string& to);
http::Response suggestions_answer(const Suggestions& refusal, std::string_view instance);
/// An answer to somebody signed in is kept by no cache between; an answer to a stranger says that it may be another for others.
void mark_personal(http::Response& response, const RouteSpec& spec, const Caller& caller);
/// Nothing, or why the body is not looked at: not JSON by its type.
std::optional<Error> check_body_type(const http::Request& request);
void link_next(http::Response& response, const http::Request& request, const std::string& cursor);

template <class In>
std::optional<http::Response> read_input(const http::Request& request, In& in) {
    Problems problems;
    read_parameters(request.path_parameters, "path", in.path, problems);
    read_parameters(request.query, "query", in.query, problems);
    if (!problems.empty()) return faults(400, "parameter_invalid", std::move(problems), request.path);
    if constexpr (!std::is_same_v<typename In::Body, None>) {
        if (const auto wrong = check_body_type(request)) {
            return http::problem_response({.status = 415, .code = std::string{wrong->reason}, .detail = wrong->detail, .instance = request.path});
        }
        const auto json = parse_json(request.body);
        if (!json) {
            return http::problem_response(
                {.status = 400, .code = std::string{json.error().reason}, .detail = json.error().detail, .instance = request.path});
        }
        read_json(*json, "", in.body, problems);
        if (!problems.empty()) return faults(422, "body_invalid", std::move(problems), request.path);
    }
    return std::nullopt;
}

template <class View>
http::Response show(const Result<View>& result, const http::Request& request) {
    if constexpr (std::is_void_v<View>) {
        http::Response response;
        response.status = 204;
        return response;
    } else if constexpr (std::is_same_v<View, None>) {
        http::Response response;
        response.status = 204;
        return response;
    } else if constexpr (IsWithCookies<View>::value) {
        auto response = show(Result<typename View::Inner>{result->view}, request);
        for (const Cookie& cookie : result->cookies) response.headers.add("set-cookie", cookie_header(cookie));
        return response;
    } else if constexpr (IsOrMoved<View>::value) {
        return result->moved_to.empty() ? show(Result<typename View::Inner>{*result->view}, request) : moved_answer(result->moved_to);
    } else if constexpr (IsOrSuggestions<View>::value) {
        return result->view ? show(Result<typename View::Inner>{*result->view}, request) : suggestions_answer(*result->refusal, request.path);
    } else if constexpr (IsCreated<View>::value) {
        auto response = json_answer(201, to_json(result->view));
        response.headers.add("location", result->location);
        return response;
    } else if constexpr (IsPage<View>::value) {
        auto response = json_answer(200, "{\"items\":" + to_json(result->items) + ",\"next\":" + to_json(result->next) + "}");
        if (result->next) link_next(response, request, *result->next);
        return response;
    } else {
        return json_answer(200, to_json(*result));
    }
}

template <class View, class In>
io::Task<http::Response> call(std::shared_ptr<const Typed<View, In>> route, http::Request request) {
    const auto caller = co_await admit(route->spec, *route->shared, request);
    if (!caller) co_return refusal(route->spec, caller.error(), request.path);
    In in;
    if (auto refused = read_input(request, in)) co_return std::move(*refused);
    in.caller = *caller;
    in.headers = request.headers;
    auto work = route->handler(std::move(in));
    const Result<View> result = co_await std::move(work);
    if (!result) co_return refusal(route->spec, result.error(), request.path);
    auto response = show<View>(result, request);
    mark_personal(response, route->spec, *caller);
    co_return response;
}

template <class View>
io::Task<http::Response> call_form(std::shared_ptr<const std::vector<FormField>> fields, std::function<io::Task<Result<View>>(FormInput)> handler,
                                   RouteSpec spec, http::Request request, Caller caller) {
    auto form = read_form(request, *fields);
    if (!form) co_return form_refusal(form.error(), request.path);
    request.body.clear();
    FormInput in{std::move(*form), std::move(caller)};
    auto work = handler(std::move(in));
    const Result<View> result = co_await std::move(work);
    if (!result) co_return refusal(spec, result.error(), request.path);
    co_return show<View>(result, request);
}

template <class T>
void declare_parameters(std::string_view place, std::vector<Parameter>& out) {
    each_member<T>([&](std::string_view name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*pointer)>;
        using Plain = typename std::conditional_t<IsOptional<Member>::value, Member, std::optional<Member>>::value_type;
        const std::string key{name};
        out.push_back({std::string{place}, key, !IsOptional<Member>::value, [key](SchemaBook& book) { return book.member_schema<T, Plain>(key); }});
    });
}

template <class View>
struct Shown {
    using Type = View;
    static constexpr unsigned kStatus = std::is_void_v<View> || std::is_same_v<View, None> ? 204 : 200;
};
template <class View>
struct Shown<Created<View>> {
    using Type = View;
    static constexpr unsigned kStatus = 201;
};
template <class View>
struct Shown<WithCookies<View>> : Shown<View> {};
template <class View>
struct Shown<OrMoved<View>> : Shown<View> {};
template <class View>
struct Shown<OrSuggestions<View>> : Shown<View> {};

}  // namespace detail

template <class View, class In>
void Routes::add_typed(RouteSpec spec, std::function<io::Task<Result<View>>(In)> handler) {
    Declared declared{.spec = spec};
    detail::declare_parameters<typename In::Path>("path", declared.parameters);
    detail::declare_parameters<typename In::Query>("query", declared.parameters);
    if constexpr (!std::is_same_v<typename In::Body, None>) {
        declared.body = [](SchemaBook& book) { return book.schema<typename In::Body>(); };
    }
    declared.success = detail::Shown<View>::kStatus;
    if constexpr (detail::Shown<View>::kStatus != 204) {
        declared.answer = [](SchemaBook& book) { return book.schema<typename detail::Shown<View>::Type>(); };
    }
    auto typed = std::make_shared<detail::Typed<View, In>>(detail::Typed<View, In>{std::move(spec), shared_, std::move(handler)});
    declare(std::move(declared), [typed = std::shared_ptr<const detail::Typed<View, In>>(std::move(typed))](http::Request request) {
        return detail::call(typed, std::move(request));
    });
}

template <class View>
void Routes::add_form(RouteSpec spec, std::vector<FormField> fields, std::function<io::Task<Result<View>>(FormInput)> handler) {
    Declared declared{.spec = spec, .success = detail::Shown<View>::kStatus, .form = fields};
    declared.answer = [](SchemaBook& book) { return book.schema<typename detail::Shown<View>::Type>(); };
    auto shared_fields = std::make_shared<const std::vector<FormField>>(std::move(fields));
    declare_knowing(std::move(declared), [shared_fields, handler = std::move(handler), spec = std::move(spec)](http::Request request, Caller caller) {
        return detail::call_form<View>(shared_fields, handler, spec, std::move(request), std::move(caller));
    });
}

}  // namespace ae::api
