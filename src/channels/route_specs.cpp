#include "channels/route_specs.hpp"

namespace ae::channels {

api::RouteSpec deed(http::Method method, std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals,
                    std::uint64_t body_bytes) {
    return {.method = method,
            .path = path,
            .name = name,
            .summary = summary,
            .who = api::Who::at_least(api::Role::signed_in),
            .rate = api::RateLimit::per(std::chrono::minutes{1}, 120),
            .body = body_bytes == 0 ? api::BodyLimit::none() : api::BodyLimit::bytes(body_bytes),
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = std::move(refusals)};
}

api::RouteSpec owners_read(std::string_view path, std::string_view name, std::string_view summary, std::vector<api::Refusal> refusals) {
    auto spec = deed(http::Method::get, path, name, summary, std::move(refusals));
    spec.rate = api::RateLimit::per(std::chrono::minutes{1}, 600);
    return spec;
}

Result<std::string> position_of(const api::Cursors& cursors, std::string_view list, const std::optional<std::string>& cursor) {
    if (!cursor) return std::string{};
    return cursors.open(list, *cursor);
}

}  // namespace ae::channels
