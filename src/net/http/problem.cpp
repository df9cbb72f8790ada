#include "net/http/problem.hpp"

#include <fmt/format.h>

#include "base/json_text.hpp"

namespace ae::http {

unsigned status_of(Errc kind) {
    switch (kind) {
        case Errc::invalid: return 400;
        case Errc::unauthorized: return 401;
        case Errc::forbidden: return 403;
        case Errc::not_found: return 404;
        case Errc::conflict: return 409;
        case Errc::gone: return 410;
        case Errc::too_large: return 413;
        case Errc::unprocessable: return 422;
        case Errc::too_many: return 429;
        case Errc::unavailable: return 503;
    }
    return 500;
}

Problem problem_of(const Error& error) { return {.status = status_of(error.kind), .code = std::string{error.reason}, .detail = error.detail}; }

std::string json_quoted(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

namespace {

std::string json_list(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ",") + json_quoted(word);
    return out;
}

}  // namespace

Response problem_response(const Problem& problem) {
    std::string body = fmt::format(R"({{"type":{},"title":{},"status":{})", json_quoted("/problems/" + problem.code),
                                   json_quoted(status_text(problem.status)), problem.status);
    if (!problem.detail.empty()) body += ",\"detail\":" + json_quoted(problem.detail);
    if (!problem.instance.empty()) body += ",\"instance\":" + json_quoted(problem.instance);
    body += ",\"code\":" + json_quoted(problem.code);
    if (!problem.errors.empty()) {
        body += ",\"errors\":[";
        for (const auto& item : problem.errors) {
            if (&item != &problem.errors.front()) body.push_back(',');
            body += fmt::format(R"({{"pointer":{},"detail":{}}})", json_quoted(item.pointer), json_quoted(item.detail));
        }
        body.push_back(']');
    }
    if (!problem.suggestions.empty()) body += fmt::format(R"(,"suggestions":[{}])", json_list(problem.suggestions));
    body.push_back('}');

    Response response = text_response(problem.status, "application/problem+json", std::move(body));
    response.headers.add("cache-control", "no-store");
    return response;
}

}  // namespace ae::http
