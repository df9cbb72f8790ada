#include "net/http/origin.hpp"

#include "net/http/head.hpp"

namespace ae::http {

bool comes_from_elsewhere(const Request& request) {
    const auto site = request.headers.get("sec-fetch-site");
    if (!site.empty()) return site != "same-origin" && site != "none";
    const auto origin = request.headers.get("origin");
    if (origin.empty()) return false;
    return !equals_ignoring_case(origin, request.scheme + "://" + request.host);
}

bool comes_from_here(const Request& request) {
    return !comes_from_elsewhere(request) && (request.headers.has("sec-fetch-site") || request.headers.has("origin"));
}

}  // namespace ae::http
