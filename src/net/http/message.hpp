// Requests and responses as rooms see them: whole values, no sockets.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace ae::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };
std::string_view method_name(Method method);

/// Names in lower case, in the order they came.
class Headers {
  public:
    void add(std::string name, std::string value) { entries_.emplace_back(std::move(name), std::move(value)); }
    /// Replaces all of that name.
    void set(std::string_view name, std::string value);
    /// The first of that name (lower case); empty when there is none.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& entries() const { return entries_; }

  private:
    std::vector<std::pair<std::string, std::string>> entries_;
};

struct Request {
    Method method = Method::get;
    /// The path, percent-decoded once, dot segments refused before; never empty, begins with `/`.
    std::string path;
    /// The raw target as it came, for logs and signatures.
    std::string target;
    /// Decoded query parameters in order.
    std::vector<std::pair<std::string, std::string>> query;
    Headers headers;
    std::string body;
    /// The client's address after `net.trusted_proxies`, without port.
    std::string address;
    /// `http` or `https`, as the client sees it.
    std::string scheme;
    /// The authority the client asked for (Host or a trusted X-Forwarded-Host).
    std::string host;
    std::string request_id;
    /// What the route's `{names}` matched.
    std::vector<std::pair<std::string, std::string>> path_parameters;

    std::optional<std::string_view> query_value(std::string_view name) const;
    std::string_view path_value(std::string_view name) const;
};

/// Bytes that many receive: immutable, sent as they are.
using SharedText = std::shared_ptr<const std::string>;
/// A body made of shared pieces, sent without joining them (a segment is a rope of its parts).
using Rope = std::vector<SharedBytes>;

struct Response {
    unsigned status = 200;
    Headers headers;
    std::variant<std::string, SharedText, SharedBytes, Rope> body = std::string{};
};

}  // namespace ae::http
