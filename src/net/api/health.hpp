// Whether the process lives and is ready, and what it counts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "io/task.hpp"
#include "net/api/routes.hpp"

namespace ae::api {

/// The checks behind `/readyz`, by name. Filled at start, then only read.
class Readiness {
  public:
    /// Answers nothing when all is well, else why not. It must end by itself within a second or two.
    using Check = std::function<io::Task<Result<void>>()>;
    void add(std::string name, Check check) { checks_.push_back({std::move(name), std::move(check)}); }
    /// Asked first: while it says yes the server is not ready, whatever the checks say.
    void set_draining(std::function<bool()> draining) { draining_ = std::move(draining); }
    /// Runs all checks. A failed one goes to the log and to `aethex_ready{check}`.
    io::Task<bool> ready() const;

  private:
    struct Named {
        std::string name;
        Check check;
    };
    std::vector<Named> checks_;
    std::function<bool()> draining_;
};

struct MetricsConfig {
    /// Loopback by default: strangers must not see it. Empty: only with the token, on the main listener.
    std::string listen = "127.0.0.1:9480";
    /// With it `/metrics` is also on the main listener, for `Authorization: Bearer`.
    Secret token = {};
};
void describe(config::Section& section, MetricsConfig& config);

/// `/healthz`, `/livez` (the process answers) and `/readyz` (503 while it drains or a check fails). They name nothing to strangers. `readiness` outlives the routes.
void add_health_routes(Routes& routes, const Readiness& readiness);
/// `/metrics` in the Prometheus text form. With an empty token it is open: for a listener of its own.
void add_metrics_route(Routes& routes, Secret token);

}  // namespace ae::api
