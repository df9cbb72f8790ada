// Requests and responses as rooms see them: whole values, no sockets.
#pragma once

#include <cstdint>
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
inline constexpr std::size_t kMethodCount = 7;
std::string_view method_name(Method method);
/// Whether the method may change something (RFC 9110 section 9.2.1).
bool is_unsafe(Method method);

/// Names in lower case, in the order they came. All text lies in one buffer, so that a request costs two allocations and a
/// reused one none.
class Headers {
  public:
    using Entry = std::pair<std::string_view, std::string_view>;

    void add(std::string_view name, std::string_view value);
    /// Replaces all of that name.
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name);
    /// The first of that name (lower case); empty when there is none.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    /// How often the name is there.
    std::size_t count(std::string_view name) const;
    std::size_t size() const { return spans_.size(); }
    bool empty() const { return spans_.empty(); }
    /// The entry at a place; valid until the headers change.
    Entry operator[](std::size_t index) const;
    std::vector<Entry> entries() const;
    /// Forgets everything and keeps the memory.
    void clear();

  private:
    struct Span {
        std::uint32_t name_at, name_size, value_size;
    };
    std::string text_;
    std::vector<Span> spans_;
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
    /// Forgets everything and keeps the memory.
    void clear();
};

/// Bytes that many receive: immutable, sent as they are.
using SharedText = std::shared_ptr<const std::string>;
/// A body made of shared pieces, sent without joining them (a segment is a rope of its parts).
using Rope = std::vector<SharedBytes>;
/// Bytes that live as long as the program (embedded assets).
struct StaticBytes {
    BytesView view;
};

struct Response {
    unsigned status = 200;
    Headers headers;
    std::variant<std::string, SharedText, SharedBytes, Rope, StaticBytes> body = std::string{};

    std::uint64_t body_size() const;
};

/// The reason phrase of RFC 9110 section 15; empty for a status it does not name.
std::string_view status_text(unsigned status);
/// Answers with text of a type.
Response text_response(unsigned status, std::string_view content_type, std::string body);

}  // namespace ae::http
