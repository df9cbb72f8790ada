#include "net/http/router.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"

namespace ae::http {

namespace {

/// One segment of a pattern: text, or a name with text before and behind it.
struct Segment {
    std::string prefix;
    std::string name;
    std::string suffix;
    bool rest = false;

    bool literal() const { return name.empty(); }
    bool operator==(const Segment&) const = default;
};

Segment parse_segment(std::string_view text, bool last) {
    const std::size_t open = text.find('{');
    if (open == std::string_view::npos) return {std::string{text}, {}, {}, false};
    const std::size_t close = text.find('}', open);
    AE_CHECK(close != std::string_view::npos && close > open + 1, "a route's pattern closes its brace");
    std::string_view name = text.substr(open + 1, close - open - 1);
    const bool rest = name.ends_with("...");
    if (rest) name.remove_suffix(3);
    AE_CHECK(!rest || (last && open == 0 && close + 1 == text.size()), "the rest of a path is its whole last segment");
    AE_CHECK(text.find('{', close) == std::string_view::npos, "a segment has one name at most");
    return {std::string{text.substr(0, open)}, std::string{name}, std::string{text.substr(close + 1)}, rest};
}

/// Whether a path's segment fits; a name is never empty.
bool fits(const Segment& segment, std::string_view text) {
    if (segment.literal()) return text == segment.prefix;
    return text.size() > segment.prefix.size() + segment.suffix.size() && text.starts_with(segment.prefix) && text.ends_with(segment.suffix);
}

/// The order in which siblings are tried.
bool before(const Segment& a, const Segment& b) {
    if (a.literal() != b.literal()) return a.literal();
    if (a.rest != b.rest) return b.rest;
    return a.prefix.size() + a.suffix.size() > b.prefix.size() + b.suffix.size();
}

}  // namespace

struct Router::Node {
    Segment segment;
    std::vector<std::unique_ptr<Node>> children;
    std::array<const Route*, kMethodCount> routes{};

    bool has_route() const {
        return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
    }

    Node& child(const Segment& wanted) {
        for (const auto& node : children) {
            if (node->segment == wanted) return *node;
        }
        auto made = std::make_unique<Node>();
        made->segment = wanted;
        Node& node = *made;
        children.insert(std::ranges::upper_bound(children, wanted, before, [](const auto& other) -> const Segment& { return other->segment; }),
                        std::move(made));
        return node;
    }

    /// `rest` is the path without the slash that leads to this node's children.
    const Node* find(std::optional<std::string_view> rest, Parameters& parameters) const {
        if (!rest) {
            if (has_route()) return this;
            return nullptr;
        }
        const std::size_t slash = rest->find('/');
        const std::string_view text = rest->substr(0, slash);
        const auto deeper = slash == std::string_view::npos ? std::nullopt : std::optional{rest->substr(slash + 1)};
        for (const auto& node : children) {
            const Segment& wanted = node->segment;
            if (wanted.rest) {
                parameters.emplace_back(wanted.name, *rest);
                return node.get();
            }
            if (!fits(wanted, text)) continue;
            const std::size_t kept = parameters.size();
            if (!wanted.literal()) {
                const auto value = text.substr(wanted.prefix.size(), text.size() - wanted.prefix.size() - wanted.suffix.size());
                parameters.emplace_back(wanted.name, value);
            }
            if (const Node* found = node->find(deeper, parameters)) return found;
            parameters.resize(kept);
        }
        return nullptr;
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::insert(Method method, std::string_view pattern, RouteOptions options, std::variant<Handler, DirectHandler> handler) {
    AE_CHECK(pattern.starts_with('/'), "a route's pattern begins with a slash");
    AE_CHECK(method != Method::head && method != Method::options, "HEAD and OPTIONS follow from the other methods");
    Node* node = root_.get();
    std::string_view rest = pattern.substr(1);
    for (bool last = false; !last;) {
        const std::size_t slash = rest.find('/');
        last = slash == std::string_view::npos;
        node = &node->child(parse_segment(rest.substr(0, slash), last));
        if (!last) rest.remove_prefix(slash + 1);
    }
    auto route = std::make_unique<Route>(Route{method, std::string{pattern}, std::move(options), std::move(handler), routes_.size()});
    const Route*& place = node->routes[static_cast<std::size_t>(method)];
    AE_CHECK(place == nullptr, "a method and a path have one route");
    place = route.get();
    routes_.push_back(std::move(route));
}

void Router::add(Method method, std::string_view pattern, RouteOptions options, Handler handler) {
    insert(method, pattern, std::move(options), std::move(handler));
}
void Router::add_direct(Method method, std::string_view pattern, RouteOptions options, DirectHandler handler) {
    insert(method, pattern, std::move(options), std::move(handler));
}

Router::Match Router::find(Method method, std::string_view path, Parameters& parameters) const {
    parameters.clear();
    Match match;
    const Node* node = root_->find(path.substr(1), parameters);
    if (node == nullptr) return match;
    const Method wanted = method == Method::head ? Method::get : method;
    match.route = node->routes[static_cast<std::size_t>(wanted)];
    if (match.route != nullptr) return match;
    for (std::size_t i = 0; i < kMethodCount; ++i) {
        if (node->routes[i] == nullptr) continue;
        match.any = match.any != nullptr && match.any->options.any_origin ? match.any : node->routes[i];
        match.allowed.push_back(static_cast<Method>(i));
        if (static_cast<Method>(i) == Method::get) match.allowed.push_back(Method::head);
    }
    return match;
}

}  // namespace ae::http
