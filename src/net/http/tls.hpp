// TLS for accepted sockets: OpenSSL on the descriptor, certificate and key from files.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.hpp"

using SSL = struct ssl_st;
using SSL_CTX = struct ssl_ctx_st;

namespace ae::http {

/// TLS 1.2 and 1.3, forward secrecy and authenticated encryption only, no renegotiation, buffers given back while idle. Session tickets are sealed with
/// keys that OpenSSL makes per context, so they change with every reload.
class TlsContext {
  public:
    /// Reads both PEM files. Refuses `tls_invalid` with the file and OpenSSL's reason; then what was loaded before stays.
    Result<void> load(const std::string& certificate_file, const std::string& key_file);
    bool loaded() const;
    /// A session for an accepted, non-blocking descriptor; null when OpenSSL has no memory. From any thread.
    SSL* accept(int descriptor) const;

  private:
    std::shared_ptr<SSL_CTX> current() const;
    mutable std::mutex lock_;
    std::shared_ptr<SSL_CTX> context_;
};

}  // namespace ae::http
