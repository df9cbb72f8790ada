// What can be set about the web server: the sections `http`, `tls` and `net`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/time.hpp"

namespace ae::http {

struct TlsConfig {
    /// PEM files; both or none. With them the server also listens for HTTPS.
    std::string cert = {};
    std::string key = {};
    std::string listen = "0.0.0.0:8443";
    Duration hsts{std::chrono::hours{24 * 365}};
};

struct NetConfig {
    /// CIDRs of proxies whose X-Forwarded-* and Forwarded are believed.
    std::vector<std::string> trusted_proxies = {};
    /// `x-forwarded` or `forwarded`: the kind of header those proxies write.
    std::string forwarded_header = "x-forwarded";
};

struct HttpConfig {
    std::string listen = "0.0.0.0:8080";
    Duration header_timeout{std::chrono::seconds{10}};
    Duration body_idle_timeout{std::chrono::seconds{30}};
    Duration send_stall_timeout{std::chrono::seconds{8}};
    Duration keep_alive_timeout{std::chrono::seconds{75}};
    config::ByteSize max_header{16'384};
    std::int64_t max_connections = 18'000;
    std::int64_t max_connections_per_address = 10'000;
    /// How often each shard looks for connections whose time is over; a test shortens it.
    Duration sweep_every{std::chrono::seconds{1}};
    TlsConfig tls = {};
    NetConfig net = {};
};

/// The fields of each section; `config` outlives it.
void describe(config::Section& section, HttpConfig& config);
void describe(config::Section& section, TlsConfig& config);
void describe(config::Section& section, NetConfig& config);

}  // namespace ae::http
