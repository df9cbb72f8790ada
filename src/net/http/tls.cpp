#include "net/http/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace ae::http {

namespace {

/// Mozilla's "intermediate" list, without finite-field Diffie-Hellman.
constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

Error refusal(const std::string& what) {
    char reason[256] = "unknown";
    if (const unsigned long code = ERR_peek_last_error(); code != 0) ERR_error_string_n(code, reason, sizeof reason);
    ERR_clear_error();
    return {Errc::invalid, "tls_invalid", what + ": " + reason + "."};
}

/// The one protocol spoken here; a client that offers others only is told so (RFC 7301 section 3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered, unsigned int offered_size, void*) {
    static constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    unsigned char* chosen = nullptr;
    const int result = SSL_select_next_proto(&chosen, size, kHttp11, sizeof kHttp11, offered, offered_size);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void harden(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(context, kCiphers12);
    SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384");
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Tickets carry the session; keeping it here too would be memory for each client.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

}  // namespace

Result<void> TlsContext::load(const std::string& certificate_file, const std::string& key_file) {
    std::shared_ptr<SSL_CTX> made{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (!made) return refusal("OpenSSL made no context");
    harden(made.get());
    if (SSL_CTX_use_certificate_chain_file(made.get(), certificate_file.c_str()) != 1) return refusal("tls.cert " + certificate_file);
    if (SSL_CTX_use_PrivateKey_file(made.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) return refusal("tls.key " + key_file);
    if (SSL_CTX_check_private_key(made.get()) != 1) return refusal("tls.key does not belong to tls.cert");
    const std::lock_guard hold{lock_};
    context_ = std::move(made);
    return {};
}

std::shared_ptr<SSL_CTX> TlsContext::current() const {
    const std::lock_guard hold{lock_};
    return context_;
}

bool TlsContext::loaded() const { return current() != nullptr; }

SSL* TlsContext::accept(int descriptor) const {
    const auto context = current();
    if (!context) return nullptr;
    SSL* session = SSL_new(context.get());
    if (session == nullptr) return nullptr;
    SSL_set_fd(session, descriptor);
    SSL_set_accept_state(session);
    return session;
}

}  // namespace ae::http
