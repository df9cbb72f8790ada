// The API document and the page that shows it, as routes.
#include "base/id.hpp"
#include "net/api/docs_page.hpp"
#include "net/api/routes.hpp"
#include "net/http/security_headers.hpp"

namespace ae::api {

namespace {

RouteSpec docs_spec(std::string_view path, std::string_view name, std::string_view summary, Cors cors) {
    return {.method = http::Method::get,
            .path = path,
            .name = name,
            .summary = summary,
            .who = Who::anyone(),
            .rate = RateLimit::none(),
            .body = BodyLimit::none(),
            .cache = CacheControl::revalidate(),
            .cors = cors};
}

// The text is an asset inside the program: it outlives every request.
io::Task<http::Response> answer(std::string type, std::string_view text) { co_return http::text_response(200, type, std::string{text}); }

io::Task<http::Response> answer_openapi(std::shared_ptr<const Routes::Shared> shared) {
    co_return http::text_response(200, "application/json", shared->openapi);
}

io::Task<http::Response> answer_page() {
    static constexpr std::string_view kMark = "{{nonce}}";
    SystemRandom random;
    const std::string nonce = http::make_nonce(random);
    std::string html{docs_html()};
    html.replace(html.find(kMark), kMark.size(), nonce);
    auto response = http::text_response(200, "text/html; charset=utf-8", std::move(html));
    http::add_html_security_headers(response.headers, nonce, {.trusted_types = true});
    // A nonce is for one answer.
    response.headers.set("cache-control", "no-store");
    co_return response;
}

}  // namespace

void Routes::add_docs() {
    const std::shared_ptr<const Shared> shared = shared_;
    add_raw(docs_spec("/api/openapi.json", "docs.openapi", "This document.", Cors::any_origin()), {"application/json"},
            [shared](http::Request) { return answer_openapi(shared); });
    add_raw(docs_spec("/api/docs", "docs.page", "The page that shows this document.", Cors::same_origin()), {"text/html"},
            [](http::Request) { return answer_page(); });
    add_raw(docs_spec("/api/docs/docs.js", "docs.script", "The page's script.", Cors::same_origin()), {"text/javascript"},
            [](http::Request) { return answer("text/javascript; charset=utf-8", docs_script()); });
    add_raw(docs_spec("/api/docs/docs.css", "docs.style", "The page's style.", Cors::same_origin()), {"text/css"},
            [](http::Request) { return answer("text/css; charset=utf-8", docs_style()); });
}

}  // namespace ae::api
