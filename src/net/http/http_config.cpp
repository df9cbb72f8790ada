#include "net/http/http_config.hpp"

namespace ae::http {

void describe(config::Section& section, HttpConfig& config) {
    section.field("listen", &config.listen, "Address and port that the web server listens on; port 0 takes a free one.");
    section.field("header_timeout", &config.header_timeout, "How long a client may take to send a request's head.");
    section.field("body_idle_timeout", &config.body_idle_timeout, "How long a request's body may stand still.");
    section.field("send_stall_timeout", &config.send_stall_timeout, "How long a client may read nothing of an answer.");
    section.field("keep_alive_timeout", &config.keep_alive_timeout, "How long a connection may wait for its next request.");
    section.field("max_header", &config.max_header, "Largest head of a request.").most = 32 * 1024;
    section.field("max_connections", &config.max_connections, "Most connections at once; further ones are closed at once.").least = 1;
    section
        .field("max_connections_per_address", &config.max_connections_per_address,
               "Most connections at once of one client address (IPv6: of one /64).")
        .least = 1;
}

void describe(config::Section& section, TlsConfig& config) {
    section.field("cert", &config.cert, "PEM file with the certificate and its chain; with it and the key the server also speaks HTTPS.");
    section.field("key", &config.key, "PEM file with the certificate's private key.");
    section.field("listen", &config.listen, "Address and port for HTTPS.");
    section.field("hsts", &config.hsts, "How long browsers shall insist on HTTPS (Strict-Transport-Security); 0 says nothing.");
}

void describe(config::Section& section, NetConfig& config) {
    section.field("trusted_proxies", &config.trusted_proxies,
                  "Networks (CIDR) of proxies in front of the server, whose X-Forwarded-For, -Proto, -Host and Forwarded are believed.");
    section.field("forwarded_header", &config.forwarded_header, "Which headers those proxies write; the others are not read.").choices = {
        "x-forwarded", "forwarded"};
}

}  // namespace ae::http
