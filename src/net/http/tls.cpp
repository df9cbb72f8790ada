#include "net/http/tls.hpp"

#include <fstream>
#include <iterator>
#include <optional>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

namespace ae::http {

namespace {

/// Mozilla's "intermediate" list, without finite-field Diffie-Hellman.
constexpr const char* kCiphers12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::chrono::hours kTicketKeyLife{12};

Error refusal(const std::string& what) {
    char reason[256] = "";
    if (const unsigned long code = ERR_peek_last_error(); code != 0) ERR_error_string_n(code, reason, sizeof reason);
    ERR_clear_error();
    return {Errc::invalid, "tls_invalid", what + (reason[0] == '\0' ? "" : " (") + reason + (reason[0] == '\0' ? "." : ").")};
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

std::optional<std::string> read_file(const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file || text.empty()) return std::nullopt;
    return text;
}

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
Bio memory_of(std::string_view text) { return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free}; }

/// The first certificate is the server's, those behind it its chain.
bool use_certificates(SSL_CTX* context, std::string_view pem) {
    const Bio bio = memory_of(pem);
    using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
    const Certificate own{PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr), X509_free};
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) return false;
    while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        if (SSL_CTX_add0_chain_cert(context, next) == 1) continue;
        X509_free(next);
        return false;
    }
    ERR_clear_error();  // the end of the file is one
    return true;
}

bool use_key(SSL_CTX* context, const Secret& pem) {
    const Bio bio = memory_of(pem.reveal());  // OpenSSL's own copy is all that stays
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    const Key key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

}  // namespace

Result<TlsContext::Context> TlsContext::make(const std::string& certificate_pem, const Secret& key_pem) {
    Context made{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
    if (!made) return refusal("OpenSSL made no context");
    harden(made.get());
    if (!use_certificates(made.get(), certificate_pem)) return refusal("tls.cert is no certificate in PEM form");
    if (!use_key(made.get(), key_pem)) return refusal("tls.key is no private key in PEM form that belongs to tls.cert");
    return made;
}

Result<void> TlsContext::load(const std::string& certificate_file, const std::string& key_file) {
    auto certificate = read_file(certificate_file);
    if (!certificate) return refusal("tls.cert cannot be read: " + certificate_file);
    auto key = read_file(key_file);
    if (!key) return refusal("tls.key cannot be read: " + key_file);
    Secret key_pem{std::move(*key)};
    auto made = make(*certificate, key_pem);
    if (!made) return made.error();

    const std::lock_guard hold{lock_};
    context_ = std::move(*made);
    made_at_ = clock_.steady();
    certificate_pem_ = std::move(*certificate);
    key_pem_ = std::move(key_pem);
    return {};
}

TlsContext::Context TlsContext::current() {
    const std::lock_guard hold{lock_};
    if (context_ && clock_.steady() - made_at_ > kTicketKeyLife) {
        made_at_ = clock_.steady();
        if (auto made = make(certificate_pem_, key_pem_)) context_ = std::move(*made);
    }
    return context_;
}

SSL* TlsContext::accept(int descriptor) {
    const auto context = current();
    if (!context) return nullptr;
    SSL* session = SSL_new(context.get());
    if (session == nullptr) return nullptr;
    SSL_set_fd(session, descriptor);
    SSL_set_accept_state(session);
    return session;
}

}  // namespace ae::http
