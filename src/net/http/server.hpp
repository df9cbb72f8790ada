// The web server: listens, spreads connections over the shards, and ends in an orderly way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/id.hpp"
#include "base/result.hpp"
#include "io/shard.hpp"
#include "net/http/http_config.hpp"
#include "net/http/router.hpp"

namespace ae::http {

/// HTTP/1.1 over TCP, and over TLS when there is a certificate. Made before the shards run; destroyed after `stop`, or after they were joined. The
/// clock and the randomness outlive it and are asked from all shards.
class Server {
  public:
    Server(io::Shards& shards, HttpConfig config, Router router, Clock& clock, Random& random);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Binds and begins to accept (when the shards run). Refuses `listen_invalid`, `listen_failed`, `network_invalid`, `tls_invalid`.
    Result<void> start();
    /// Where it listens; 0 before `start`, and for TLS when there is no certificate.
    std::uint16_t port() const;
    std::uint16_t tls_port() const;
    /// Reads certificate and key again; connections that are open keep theirs. On a refusal (`tls_invalid`) the old ones stay in use.
    Result<void> reload_tls();

    /// Whether `stop` was called: a readiness check answers no.
    bool draining() const;
    std::size_t open_connections() const;
    /// Stops accepting, closes idle connections, lets requests in progress end (their answers say `Connection: close`), and after `deadline` cuts
    /// what is left. Answers how many were waited for and how many were cut. From a coroutine on any executor but a blocked one.
    struct Stopped {
        std::size_t waited_for = 0;
        std::size_t cut = 0;
    };
    io::Task<Stopped> stop(Duration deadline);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ae::http
