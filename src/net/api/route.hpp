// A route is declared once, typed, with who may, how often, how big and how long it may be cached. A declaration that leaves one of
// these out does not compile: none of their types can be made from nothing. `api/openapi.json` comes out of these declarations.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "net/http/message.hpp"

namespace ae::api {

/// Who may call: a stranger, somebody who is signed in, an account of a role. What depends on who owns a thing is declared
/// `at_least(Role::signed_in)`, and the service refuses.
enum class Role : std::uint8_t { anyone, signed_in, creator, moderator, admin };
class Who {
  public:
    static constexpr Who anyone() { return Who{Role::anyone, false}; }
    static constexpr Who at_least(Role role) { return Who{role, false}; }
    /// And whose login is recent: what would hurt most if somebody else sat at an open session. Else 403 `login_not_recent`. Bearer tokens never are.
    constexpr Who recently() const { return Who{role_, true}; }
    constexpr Role role() const { return role_; }
    constexpr bool recent() const { return recent_; }

  private:
    constexpr Who(Role role, bool recent) : role_(role), recent_(recent) {}
    Role role_;
    bool recent_;
};

/// A token bucket per client address (and later per account): `count` requests per `window`, all at once if need be.
class RateLimit {
  public:
    static constexpr RateLimit per(std::chrono::seconds window, std::uint32_t count) { return RateLimit{window, count}; }
    /// For answers cheaper than counting them (playlists, parts, assets); the connection limits still hold.
    static constexpr RateLimit none() { return RateLimit{std::chrono::seconds{0}, 0}; }
    constexpr std::chrono::seconds window() const { return window_; }
    constexpr std::uint32_t count() const { return count_; }

  private:
    constexpr RateLimit(std::chrono::seconds window, std::uint32_t count) : window_(window), count_(count) {}
    std::chrono::seconds window_;
    std::uint32_t count_;
};

class BodyLimit {
  public:
    static constexpr BodyLimit none() { return BodyLimit{0}; }
    static constexpr BodyLimit bytes(std::uint64_t most) { return BodyLimit{most}; }
    constexpr std::uint64_t most() const { return most_; }

  private:
    explicit constexpr BodyLimit(std::uint64_t most) : most_(most) {}
    std::uint64_t most_;
};

class CacheControl {
  public:
    static CacheControl no_store() { return CacheControl{"no-store"}; }
    /// The client keeps it and asks each time with its ETag.
    static CacheControl revalidate() { return CacheControl{"no-cache"}; }
    static CacheControl shared(std::chrono::seconds age);
    static CacheControl immutable() { return CacheControl{"public, max-age=31536000, immutable"}; }
    const std::string& header() const { return header_; }

  private:
    explicit CacheControl(std::string header) : header_(std::move(header)) {}
    std::string header_;
};

/// Who may read the answer from a page of another origin.
class Cors {
  public:
    static constexpr Cors same_origin() { return Cors{false}; }
    /// `Access-Control-Allow-Origin: *`, without credentials: embeds and media.
    static constexpr Cors any_origin() { return Cors{true}; }
    constexpr bool open() const { return open_; }

  private:
    explicit constexpr Cors(bool open) : open_(open) {}
    bool open_;
};

/// A reason this route can refuse with, beside those that every route has (`rate_limited`, `body_too_large`, ...).
struct Refusal {
    unsigned status;
    std::string_view reason;
    std::string_view when;
};

struct RouteSpec {
    http::Method method;
    std::string_view path;     // "/api/channels/{slug}"
    std::string_view name;     // "channels.get": the operationId; a promise
    std::string_view summary;  // one line for the API page
    Who who;
    RateLimit rate;
    BodyLimit body;
    CacheControl cache;
    Cors cors;
    std::vector<Refusal> refusals = {};
    /// Asked so often that it gets no access log line (playlists, parts).
    bool quiet = false;
};

/// A GET that anyone may ask from anywhere, 600 times a minute, and asks again with its ETag: how most of what is public is read.
RouteSpec public_read(std::string_view path, std::string_view name, std::string_view summary, std::vector<Refusal> refusals);

}  // namespace ae::api
