#include "app/config.hpp"

namespace ae::app {

namespace {

void describe(config::Section& section, ServerConfig& config) {
    section.field("data", &config.data, "The data directory: database, secrets, admin socket. One server at a time uses it.");
    auto& shards = section.field("shards", &config.shards, "Threads that serve; 0: one a core.");
    shards.least = 0;
    shards.most = 256;
    section.field("stop_deadline", &config.stop_deadline, "How long a graceful stop may take.");
}

void describe(config::Section& section, LogConfig& config) {
    section.field("level", &config.level, "The least that is written.").choices = {"debug", "info", "warn", "error"};
    section.field("form", &config.form, "JSON lines, or aligned text; auto: text on a terminal.").choices = {"auto", "json", "text"};
}

void describe(config::Section& section, SiteConfig& config) {
    section.field("name", &config.name, "What the installation is called.");
    section.field("logo", &config.logo, "Address of a logo; empty: the built-in one.");
    section.field("support", &config.support, "Where visitors find help: an e-mail address or a web address. Shown in the footer.");
    section.field("terms", &config.terms, "Address of the terms of use. Shown in the footer.");
    section.field("public_url", &config.public_url, "The address visitors use, as https://live.example.org; empty: the one they asked for.");
    section.field("ingest_url", &config.ingest_url,
                  "What creators paste into OBS, as rtmp://live.example.org/live; empty: made of the host and the RTMP port.");
    section.field("playback_base_url", &config.playback_base_url, "Goes before the addresses of playlists, for a CDN; empty: this server.");
}

template <class Part>
config::Section section(std::string name, std::string help, Part& part) {
    config::Section made{std::move(name), std::move(help)};
    describe(made, part);
    return made;
}

}  // namespace

std::vector<config::Section> AppConfig::sections() {
    std::vector<config::Section> all;
    all.push_back(section("server", "The process.", server));
    all.push_back(section("site", "The installation, as visitors see it.", site));
    all.push_back(section("log", "What it says about itself.", log));
    all.push_back(section("http", "The web server.", http));
    all.push_back(section("tls", "HTTPS.", http.tls));
    all.push_back(section("net", "The network around it.", http.net));
    all.push_back(section("metrics", "Metrics for Prometheus.", metrics));
    all.push_back(section("db", "The database.", db));
    all.push_back(section("mail", "Outgoing mail.", mail));
    all.push_back(section("oidc", "Signing in by providers of OpenID Connect.", oidc));
    all.push_back(section("clerk", "Clerk in the place of our own sign-in.", clerk));
    all.push_back(section("accounts", "Who may be here.", accounts));
    all.push_back(section("rtmp", "Where encoders publish.", rtmp));
    all.push_back(section("channels", "Channels.", channels));
    all.push_back(section("live", "Broadcasts.", live));
    all.push_back(section("worker", "The second program, which decodes and encodes pictures.", worker));
    all.push_back(section("thumbnails", "Pictures of what is on air.", thumbnails));
    all.push_back(section("objects", "Where pictures are kept.", objects));
    return all;
}

Result<void> check(const AppConfig& config) {
    if (auto mail = mail::check(config.mail); !mail) return mail;
    if (auto oidc = outside::providers_of(config.oidc); !oidc) return std::move(oidc.error());
    if (auto clerk = outside::webhook_keys(config.clerk); !clerk) return std::move(clerk.error());
    return {};
}

}  // namespace ae::app
