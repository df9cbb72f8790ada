#include "net/http/tls.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "net/http/render.hpp"
#include "net/http/test_server.hpp"

namespace ae::http {
namespace {

using test::RawClient;
using test::TestServer;

/// A self-signed certificate of this name in two files, gone with the test.
struct Certificate {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("aethex-tls-" + std::to_string(::getpid()));
    std::string cert = folder / "cert.pem", key = folder / "key.pem";

    explicit Certificate(const char* name) {
        std::filesystem::create_directories(folder);
        write(name);
    }
    ~Certificate() { std::filesystem::remove_all(folder); }

    void write(const char* name) const {
        EVP_PKEY* pair = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
        X509_set_pubkey(certificate, pair);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
        X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
        X509_sign(certificate, pair, EVP_sha256());
        FILE* file = std::fopen(cert.c_str(), "w");
        PEM_write_X509(file, certificate);
        std::fclose(file);
        file = std::fopen(key.c_str(), "w");
        PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
        X509_free(certificate);
        EVP_PKEY_free(pair);
    }
};

/// A client that speaks TLS over a raw connection.
class TlsClient {
  public:
    TlsClient(std::uint16_t port, int least = TLS1_2_VERSION, int most = TLS1_3_VERSION, const char* ciphers = nullptr,
              SSL_SESSION* session = nullptr)
        : raw_(port) {
        context_ = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_min_proto_version(context_, least);
        SSL_CTX_set_max_proto_version(context_, most);
        SSL_CTX_set_security_level(context_, 0);
        if (ciphers != nullptr) SSL_CTX_set_cipher_list(context_, ciphers);
        session_ = SSL_new(context_);
        SSL_set_fd(session_, raw_.descriptor());
        if (session != nullptr) SSL_set_session(session_, session);
        connected_ = SSL_connect(session_) == 1;
        ERR_clear_error();
    }
    ~TlsClient() {
        SSL_free(session_);
        SSL_CTX_free(context_);
    }
    bool connected() const { return connected_; }
    bool resumed() const { return connected_ && SSL_session_reused(session_) == 1; }
    SSL_SESSION* session() const { return SSL_get1_session(session_); }
    std::string version() const { return SSL_get_version(session_); }
    bool renegotiate() {
        return SSL_renegotiate(session_) == 1 && SSL_do_handshake(session_) == 1 && ask("/hello").find("200 OK") != std::string::npos;
    }
    std::string name() const {
        char text[64] = {};
        X509* certificate = SSL_get1_peer_certificate(session_);
        if (certificate == nullptr) return {};
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
        X509_free(certificate);
        return text;
    }
    /// Everything that comes until the server closes.
    std::string ask(std::string_view target) {
        const std::string bytes = "GET " + std::string{target} + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n";
        SSL_write(session_, bytes.data(), static_cast<int>(bytes.size()));
        std::string all;
        char some[16384];
        for (int got; (got = SSL_read(session_, some, sizeof some)) > 0;) all.append(some, static_cast<std::size_t>(got));
        ERR_clear_error();
        return all;
    }

  private:
    RawClient raw_;
    SSL_CTX* context_;
    SSL* session_;
    bool connected_ = false;
};

Bytes pattern(std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>('a' + i % 19);
    return bytes;
}

Router tls_router() {
    Router router;
    router.add(Method::get, "/hello", {.name = "hello"}, test::text_handler("hello"));
    Rope rope;
    for (const std::size_t size : {1u, 100'000u, 16'384u, 3'000'000u, 5u}) rope.push_back(std::make_shared<const Bytes>(pattern(size)));
    const auto wire = wire_response(200, {}, rope);
    router.add_direct(Method::get, "/rope", {.name = "rope", .quiet = true},
                      [wire](const Request&, ResponderPtr responder) { responder->send(wire); });
    return router;
}

class TlsTest : public ::testing::Test {
  protected:
    Certificate certificate_{"first"};
    TestServer server_{tls_router(), config(certificate_)};

    static HttpConfig config(const Certificate& certificate) {
        auto config = test::test_config();
        config.tls.cert = certificate.cert;
        config.tls.key = certificate.key;
        return config;
    }
    std::uint16_t port() { return server_.server().tls_port(); }
};

TEST_F(TlsTest, AnswersOverTlsAndInsistsOnIt) {
    TlsClient client{port()};
    ASSERT_TRUE(client.connected());
    EXPECT_EQ(client.version(), "TLSv1.3");
    const auto answer = client.ask("/hello");
    EXPECT_NE(answer.find("strict-transport-security: max-age=31536000; includeSubDomains"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("hello")) << answer;
    EXPECT_EQ(server_.connect().get("/hello").header("strict-transport-security"), "");
}

TEST_F(TlsTest, SendsARopeOfManySizes) {
    TlsClient client{port()};
    const auto answer = client.ask("/rope");
    std::string wanted;
    for (const std::size_t size : {1u, 100'000u, 16'384u, 3'000'000u, 5u}) wanted += as_text(pattern(size));
    EXPECT_EQ(answer.substr(answer.find("\r\n\r\n") + 4), wanted);
}

TEST_F(TlsTest, RefusesOldVersionsAndWeakCiphers) {
    EXPECT_TRUE((TlsClient{port(), TLS1_2_VERSION, TLS1_2_VERSION}.connected()));
    EXPECT_FALSE((TlsClient{port(), TLS1_VERSION, TLS1_1_VERSION}.connected()));
    for (const char* ciphers : {"AES128-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256"}) {
        EXPECT_FALSE((TlsClient{port(), TLS1_2_VERSION, TLS1_2_VERSION, ciphers}.connected())) << ciphers;
    }
    TlsClient renegotiating{port(), TLS1_2_VERSION, TLS1_2_VERSION};
    EXPECT_FALSE(renegotiating.renegotiate());
}

TEST_F(TlsTest, TakesANewCertificateWithoutAStop) {
    TlsClient before{port()};
    EXPECT_EQ(before.name(), "first");
    certificate_.write("second");
    ASSERT_TRUE(server_.server().reload_tls());
    EXPECT_EQ(TlsClient{port()}.name(), "second");
    EXPECT_NE(before.ask("/hello").find("200 OK"), std::string::npos);
}

TEST_F(TlsTest, KeepsTheOldCertificateWhenTheNewOneIsBroken) {
    std::ofstream{certificate_.cert} << "not a certificate";
    const auto reloaded = server_.server().reload_tls();
    ASSERT_FALSE(reloaded);
    EXPECT_EQ(reloaded.error().reason, "tls_invalid");
    EXPECT_EQ(TlsClient{port()}.name(), "first");
}

TEST_F(TlsTest, GivesUpItsTicketKeysAfterTwelveHours) {
    TlsClient first{port()};
    EXPECT_NE(first.ask("/hello").find("200 OK"), std::string::npos);
    SSL_SESSION* session = first.session();
    EXPECT_TRUE((TlsClient{port(), TLS1_2_VERSION, TLS1_3_VERSION, nullptr, session}.resumed()));
    server_.advance(std::chrono::hours{13});
    EXPECT_FALSE((TlsClient{port(), TLS1_2_VERSION, TLS1_3_VERSION, nullptr, session}.resumed()));
    SSL_SESSION_free(session);
}

TEST_F(TlsTest, OutlivesClientsThatSpeakNoTls) {
    RawClient plain{port()};
    plain.send("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_EQ(plain.read_to_end().find("HTTP/1.1"), std::string::npos);
    EXPECT_TRUE(TlsClient{port()}.connected());
}

}  // namespace
}  // namespace ae::http
