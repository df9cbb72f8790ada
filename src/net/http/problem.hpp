// Refusals over HTTP: RFC 9457 problem+json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http/message.hpp"

namespace ae::http {

/// One thing wrong with a body or a parameter. `pointer` is a JSON pointer into the body (`/title`), or `query/limit`, `path/slug`.
struct ProblemItem {
    std::string pointer;
    std::string detail;
};

/// What is the matter, for a program (`code`) and for a person (`detail`).
struct Problem {
    unsigned status = 500;
    std::string code;
    std::string detail = {};
    /// What it happened to: the request's path. Never its query.
    std::string instance = {};
    std::vector<ProblemItem> errors = {};
    /// What would do instead, where something was taken.
    std::vector<std::string> suggestions = {};
};

unsigned status_of(Errc kind);
Problem problem_of(const Error& error);
/// `type` is `/problems/<code>` on this server, `title` the status in words.
Response problem_response(const Problem& problem);

/// Text as a JSON string, quotes and all.
std::string json_quoted(std::string_view text);

}  // namespace ae::http
