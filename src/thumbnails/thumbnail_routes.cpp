#include "net/http/problem.hpp"
#include "thumbnails/thumbnails.hpp"

namespace ae::thumbnails {

namespace {

// The pictures outlive the routes.
io::Task<http::Response> send(const Thumbnails& thumbnails, http::Request request) {
    const auto file = request.path_value("file");
    auto bytes = thumbnails.find(std::string{request.path_value("stream")}, file);
    if (!bytes) {
        co_return http::problem_response(
            {.status = 404, .code = "thumbnail_not_found", .detail = "There is no such picture (any more).", .instance = request.path});
    }
    http::Response response;
    response.headers.add("content-type", file.ends_with(".webp") ? "image/webp" : "image/jpeg");
    response.headers.add("content-security-policy", "default-src 'none'; sandbox");
    response.body = std::move(bytes);
    co_return response;
}

}  // namespace

void add_thumbnail_routes(api::Routes& routes, const Thumbnails& thumbnails) {
    routes.add_raw({.method = http::Method::get,
                    .path = "/thumbnails/{stream}/{file}",
                    .name = "thumbnails.get",
                    .summary = "A picture of what is on air; its address is never used for another.",
                    .who = api::Who::anyone(),
                    .rate = api::RateLimit::none(),
                    .body = api::BodyLimit::none(),
                    .cache = api::CacheControl::immutable(),
                    .cors = api::Cors::any_origin(),
                    .refusals = {{404, "thumbnail_not_found", "there is no such picture (any more)."}},
                    .quiet = true},
                   {"image/webp", "image/jpeg"},
                   http::Handler{[&thumbnails](http::Request request) { return send(thumbnails, std::move(request)); }});
}

}  // namespace ae::thumbnails
