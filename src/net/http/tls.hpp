// TLS for accepted sockets: OpenSSL on the descriptor, certificate and key from files.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

using SSL = struct ssl_st;
struct ssl_ctx_st;

namespace ae::http {

/// TLS 1.2 and 1.3, forward secrecy and authenticated encryption only, no renegotiation, buffers given back while idle. Session tickets are sealed with
/// keys that OpenSSL makes per context: the context is made anew, from the same certificate, every twelve hours, so that a stolen ticket key opens no older
/// session.
class TlsContext {
  public:
    explicit TlsContext(const Clock& clock) : clock_(clock) {}
    /// Reads both PEM files. Refuses `tls_invalid` with the file and OpenSSL's reason; then what was loaded before stays.
    Result<void> load(const std::string& certificate_file, const std::string& key_file);
    /// A session for an accepted, non-blocking descriptor; null when nothing is loaded or OpenSSL has no memory. From any thread.
    SSL* accept(int descriptor);

  private:
    using Context = std::shared_ptr<ssl_ctx_st>;
    static Result<Context> make(const std::string& certificate_pem, const Secret& key_pem);
    Context current();

    const Clock& clock_;
    std::mutex lock_;
    Context context_;
    SteadyTime made_at_;
    std::string certificate_pem_;
    Secret key_pem_;
};

}  // namespace ae::http
