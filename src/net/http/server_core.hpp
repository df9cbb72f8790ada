// What all shards of one web server share.
#pragma once

#include <atomic>
#include <vector>

#include "base/id.hpp"
#include "net/http/client_counts.hpp"
#include "net/http/forwarded.hpp"
#include "net/http/http_config.hpp"
#include "net/http/http_metrics.hpp"
#include "net/http/rate_limiter.hpp"
#include "net/http/router.hpp"

namespace ae::http {

/// Made before the shards run and then only read, but for the parts that say themselves how they are shared.
struct ServerCore {
    HttpConfig config;
    Router router;
    TrustedProxies proxies;
    Clock& clock;
    Random& random;
    RateLimiter limiter{};
    ClientCounts clients{};
    std::vector<RouteMetrics> route_metrics = {};
    RouteMetrics no_route_metrics{"none"};
    /// Set once, when the server begins to stop.
    std::atomic<bool> draining = false;
    /// Connections that were busy when it began to stop.
    std::atomic<std::size_t> waited_for = 0;

    RouteMetrics& metrics_of(const Route* route) { return route == nullptr ? no_route_metrics : route_metrics[route->index]; }
};

}  // namespace ae::http
