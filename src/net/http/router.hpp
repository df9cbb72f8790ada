// Which handler answers a method and a path.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "net/http/handler.hpp"

namespace ae::http {

/// The rules of one route that the server itself applies.
struct RouteOptions {
    /// A promise: the label of its metrics and its name in the log.
    std::string name;
    /// Bytes of body; 0: none allowed.
    std::uint64_t body_limit = 0;
    /// Requests per window and client address; 0: not counted.
    std::uint32_t rate_count = 0;
    std::chrono::seconds rate_window{0};
    /// Given to answers below 400 that say nothing themselves.
    std::string cache_control = "no-store";
    /// `Access-Control-Allow-Origin: *`.
    bool any_origin = false;
    /// Refuses a state-changing request that a browser sends from another site.
    bool same_origin_writes = true;
    /// Asked so often that it gets no access log line (it is still counted).
    bool quiet = false;
};

struct Route {
    Method method;
    std::string pattern;
    RouteOptions options;
    std::variant<Handler, DirectHandler> handler;
    /// Its place in the order of adding.
    std::size_t index = 0;
};

/// Patterns are paths whose segments may hold one name each: `/api/channels/{slug}`, `/{stream}.m3u8`; a last segment
/// `{path...}` takes the rest, slashes and all, also when it is empty. Where several match: literal text before a name with text around it
/// (the longer text first), before a bare name, before the rest. Filled at start, then only read.
class Router {
  public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    /// Fails a check when the pattern is malformed or the place is taken.
    void add(Method method, std::string_view pattern, RouteOptions options, Handler handler);
    void add_direct(Method method, std::string_view pattern, RouteOptions options, DirectHandler handler);

    using Parameters = std::vector<std::pair<std::string, std::string>>;
    struct Match {
        /// Null: no route of this method.
        const Route* route = nullptr;
        /// The methods that the path has, HEAD with GET; empty: nobody knows the path.
        std::vector<Method> allowed;
        /// Whether some method of the path may be read from pages of any origin.
        const Route* any = nullptr;
    };
    /// HEAD finds the route of GET. Fills `parameters`, whose memory it reuses. `allowed` is filled only when `route` is null.
    Match find(Method method, std::string_view path, Parameters& parameters) const;
    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

  private:
    struct Node;
    void insert(Method method, std::string_view pattern, RouteOptions options, std::variant<Handler, DirectHandler> handler);
    std::unique_ptr<Node> root_;
    std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace ae::http
