// The OpenAPI document out of the declared routes.
#include <algorithm>
#include <map>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "net/api/json_pretty.hpp"
#include "net/api/routes.hpp"

namespace ae::api {

namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

std::string_view role_name(Role role) {
    switch (role) {
        case Role::anyone: return "anyone";
        case Role::signed_in: return "signed_in";
        case Role::creator: return "creator";
        case Role::moderator: return "moderator";
        case Role::admin: return "admin";
    }
    return "admin";
}

/// `/{stream}.m3u8` and `{path...}` in OpenAPI's spelling.
std::string openapi_path(std::string_view path) {
    std::string text{path};
    if (const std::size_t rest = text.find("...}"); rest != std::string::npos) text.erase(rest, 3);
    return text;
}

/// The group on the API page: the first step of the name, `channels` of `channels.get`.
std::string tag_of(std::string_view name) { return std::string{name.substr(0, name.find('.'))}; }

json::object problem_answer(const std::string& description) {
    json::object content;
    content["application/problem+json"] = {{"schema", {{"$ref", "#/components/schemas/Problem"}}}};
    return {{"description", description}, {"content", std::move(content)}};
}

/// Refusals of one status share an answer: `slug_taken`: when; ...
void add_refusals(json::object& responses, const Declared& route) {
    const RouteSpec& spec = route.spec;
    const bool has_input = !route.parameters.empty() && route.content_types.empty();
    const bool has_body = route.body != nullptr;
    std::map<unsigned, std::string> by_status;
    const auto add = [&](unsigned status, std::string_view reason, std::string_view when) {
        auto& text = by_status[status];
        if (!text.empty()) text += " ";
        text += "`" + std::string{reason} + "`: " + std::string{when};
    };
    if (has_input) add(400, "parameter_invalid", "a parameter is missing or not what it must be.");
    if (has_body) {
        add(400, "json_invalid", "the body is no JSON text.");
        add(413, "body_too_large", "the body is larger than the route takes.");
        add(415, "content_type_not_json", "the body is not sent as application/json.");
        add(422, "body_invalid", "members of the body are missing, unknown or wrong; see `errors`.");
    }
    if (!route.form.empty()) {
        add(413, "body_too_large", "the body is larger than the route takes.");
        add(413, "form_too_large", "the form has too many fields, or too long heads.");
        add(415, "content_type_not_form", "the body is not sent as multipart/form-data.");
        add(422, "form_invalid", "the form is malformed, or a field is missing, unknown or there twice.");
    }
    if (spec.who.role() != Role::anyone) {
        add(401, "not_signed_in", "nobody is signed in.");
        if (spec.who.role() != Role::signed_in) add(403, "not_allowed", "whoever is signed in may not.");
        if (spec.who.recent()) add(403, "login_not_recent", "the login is older than ten minutes; see `POST /api/auth/confirm`.");
        if (http::is_unsafe(spec.method)) {
            add(403, "origin_refused", "the request does not say that it comes from a page of this site.");
            add(403, "scope_missing", "the token may only read.");
        }
    }
    if (spec.rate.count() > 0) add(429, "rate_limited", "too many requests; see Retry-After.");
    for (const Refusal& refusal : spec.refusals) add(refusal.status, refusal.reason, refusal.when);
    for (const auto& [status, text] : by_status) responses[std::to_string(status)] = problem_answer(text);
}

json::object success_answer(const Declared& route, SchemaBook& book) {
    json::object answer{{"description", view(http::status_text(route.success))}};
    json::object content;
    if (route.answer) content["application/json"] = {{"schema", route.answer(book)}};
    for (const auto& type : route.content_types) content[type] = json::object{};
    if (!content.empty()) answer["content"] = std::move(content);
    return answer;
}

json::array parameters_of(const Declared& route, SchemaBook& book) {
    json::array parameters;
    for (const auto& parameter : route.parameters) {
        json::object one{{"name", parameter.name}, {"in", parameter.place}, {"required", parameter.required}};
        one["schema"] = parameter.schema(book);
        parameters.push_back(std::move(one));
    }
    return parameters;
}

json::object form_schema(const std::vector<FormField>& fields) {
    json::object properties;
    json::array required;
    for (const auto& field : fields) {
        json::object one{{"type", "string"}, {"description", view(field.says)}};
        if (field.file) one["format"] = "binary";
        properties[view(field.name)] = std::move(one);
        if (field.required) required.emplace_back(view(field.name));
    }
    return {{"type", "object"}, {"required", std::move(required)}, {"properties", std::move(properties)}};
}

json::object operation_of(const Declared& route, SchemaBook& book) {
    const RouteSpec& spec = route.spec;
    json::object operation{{"operationId", view(spec.name)}, {"summary", view(spec.summary)}, {"tags", json::array{json::value(tag_of(spec.name))}}};
    book.travels(Travels::in);
    if (auto parameters = parameters_of(route, book); !parameters.empty()) operation["parameters"] = std::move(parameters);
    if (route.body) {
        json::object content;
        content["application/json"] = {{"schema", route.body(book)}};
        operation["requestBody"] = json::object{{"required", true}, {"content", std::move(content)}};
    }
    if (!route.form.empty())
        operation["requestBody"] = json::object{{"required", true}, {"content", {{"multipart/form-data", {{"schema", form_schema(route.form)}}}}}};
    book.travels(Travels::out);
    json::object responses;
    responses[std::to_string(route.success)] = success_answer(route, book);
    add_refusals(responses, route);
    operation["responses"] = std::move(responses);
    operation["x-who"] = view(role_name(spec.who.role()));
    if (spec.who.recent()) operation["x-recent-login"] = true;
    if (spec.rate.count() > 0) operation["x-rate-limit"] = json::object{{"requests", spec.rate.count()}, {"seconds", spec.rate.window().count()}};
    if (spec.body.most() > 0) operation["x-body-limit"] = spec.body.most();
    operation["x-cache-control"] = view(spec.cache.header());
    operation["x-cors"] = spec.cors.open() ? "any origin" : "same origin";
    return operation;
}

json::value problem_schema() {
    return json::parse(R"({"type":"object","description":"A refusal (RFC 9457). `code` is stable; `detail` is for a person.",
        "required":["type","title","status","code"],
        "properties":{"type":{"type":"string","format":"uri-reference"},"title":{"type":"string"},"status":{"type":"integer","format":"int32"},
        "detail":{"type":"string"},"instance":{"type":"string","format":"uri-reference"},"code":{"type":"string"},
        "errors":{"type":"array","items":{"type":"object","required":["pointer","detail"],
        "properties":{"pointer":{"type":"string"},"detail":{"type":"string"}}}},
        "suggestions":{"type":"array","items":{"type":"string"},"description":"What would do instead, where something was taken."}}})");
}

std::string method_key(http::Method method) {
    std::string key{http::method_name(method)};
    std::ranges::transform(key, key.begin(), [](char c) { return static_cast<char>(c + 32); });
    return key;
}

}  // namespace

std::string openapi(const Routes& routes) {
    SchemaBook book;
    std::map<std::string, std::map<std::string, json::object>> by_path;
    for (const Declared& route : routes.declared()) by_path[openapi_path(route.spec.path)][method_key(route.spec.method)] = operation_of(route, book);

    json::object paths;
    for (auto& [path, methods] : by_path) {
        json::object operations;
        for (auto& [method, operation] : methods) operations[method] = std::move(operation);
        paths[path] = std::move(operations);
    }
    json::object schemas{{"Problem", problem_schema()}};
    for (const auto& [name, schema] : book.schemas()) schemas[name] = schema;

    json::object info{{"title", routes.info().title}, {"version", routes.info().version}};
    if (!routes.info().description.empty()) info["description"] = routes.info().description;
    const json::object document{{"openapi", "3.1.0"},
                                {"info", std::move(info)},
                                {"servers", json::array{json::object{{"url", "/"}}}},
                                {"paths", std::move(paths)},
                                {"components", json::object{{"schemas", std::move(schemas)}}}};
    return json_pretty(document);
}

}  // namespace ae::api
