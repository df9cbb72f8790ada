#include "net/api/health.hpp"

#include "base/bytes.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "base/metrics.hpp"

namespace ae::api {

namespace {

http::Response plain(unsigned status, std::string text) { return http::text_response(status, "text/plain; charset=utf-8", std::move(text)); }

RouteSpec health_spec(std::string_view path, std::string_view name, std::string_view summary) {
    return {.method = http::Method::get,
            .path = path,
            .name = name,
            .summary = summary,
            .who = Who::anyone(),
            .rate = RateLimit::none(),
            .body = BodyLimit::none(),
            .cache = CacheControl::no_store(),
            .cors = Cors::same_origin(),
            .quiet = true};
}

io::Task<http::Response> alive(http::Request) { co_return plain(200, "ok\n"); }

// What these routes are given outlives them.
io::Task<http::Response> answer_ready(const Readiness& readiness) {
    auto asked = readiness.ready();
    const bool ready = co_await std::move(asked);
    co_return ready ? plain(200, "ready\n") : plain(503, "not ready\n");
}

// The token outlives the route, as above.
io::Task<http::Response> answer_metrics(const Secret& token, http::Request request) {
    const std::string expected = "Bearer " + token.reveal();  // compared, never written
    const auto given = request.headers.get("authorization");
    if (!token.empty() && !crypto::equal_constant_time(as_bytes(given), as_bytes(expected))) {
        co_return http::problem_response(
            {.status = 401, .code = "metrics_token_required", .detail = "Metrics need their token.", .instance = request.path});
    }
    co_return http::text_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics::exposition());
}

// Awaited in place, one check after the other.
io::Task<bool> passes(const std::string& name, const Readiness::Check& check) {
    std::string why;
    try {
        auto asked = check();
        const auto result = co_await std::move(asked);
        if (!result) why = std::string{result.error().reason} + " " + result.error().detail;
    } catch (const std::exception& broken) {
        why = broken.what();
    }
    const bool passed = why.empty();
    metrics::gauge("aethex_ready", "Whether a readiness check passed when it was last asked.", {{"check", name}}).set(passed ? 1 : 0);
    if (!passed) log::warn("health.check_failed", {{"check", name}, {"why", why}});
    co_return passed;
}

}  // namespace

io::Task<bool> Readiness::ready() const {
    if (draining_ && draining_()) co_return false;
    bool all = true;
    for (const Named& one : checks_) {
        auto asked = passes(one.name, one.check);
        all = co_await std::move(asked) && all;
    }
    co_return all;
}

void describe(config::Section& section, MetricsConfig& config) {
    section.field("listen", &config.listen, "Address and port of a listener for /metrics alone; empty: none.");
    section.field("token", &config.token, "With this token (Authorization: Bearer) /metrics is also served by the main listener.");
}

void add_health_routes(Routes& routes, const Readiness& readiness) {
    routes.add_raw(health_spec("/healthz", "health.alive", "Whether the process answers."), {"text/plain"}, alive);
    routes.add_raw(health_spec("/livez", "health.live", "The same as /healthz."), {"text/plain"}, alive);
    auto spec = health_spec("/readyz", "health.ready", "Whether the server takes work; 503 while it starts, drains or misses something.");
    spec.refusals = {{503, "not_ready", "the server starts, drains, or misses something it needs."}};
    routes.add_raw(std::move(spec), {"text/plain"}, [&readiness](http::Request) { return answer_ready(readiness); });
}

void add_metrics_route(Routes& routes, Secret token) {
    auto spec = health_spec("/metrics", "metrics.show", "What the server counts, in the Prometheus text form.");
    spec.refusals = {{401, "metrics_token_required", "the token is missing or wrong."}};
    const auto kept = std::make_shared<const Secret>(std::move(token));
    routes.add_raw(std::move(spec), {"text/plain"}, [kept](http::Request request) { return answer_metrics(*kept, std::move(request)); });
}

}  // namespace ae::api
