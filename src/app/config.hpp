// The whole configuration: one section a room, and the few settings that belong to the installation itself.
#pragma once

#include <string>
#include <vector>

#include "accounts/config.hpp"
#include "accounts/outside/clerk_config.hpp"
#include "accounts/outside/oidc_config.hpp"
#include "base/config.hpp"
#include "channels/config.hpp"
#include "live/config.hpp"
#include "media/rtmp/rtmp_config.hpp"
#include "media/worker/worker_config.hpp"
#include "net/api/health.hpp"
#include "net/http/http_config.hpp"
#include "net/mail/mail_config.hpp"
#include "store/db/open.hpp"
#include "store/objects/object_store.hpp"
#include "thumbnails/thumbnails.hpp"

namespace ae::app {

struct ServerConfig {
    std::string data = "data";
    std::int64_t shards = 0;
    Duration stop_deadline = std::chrono::seconds{10};
};

struct LogConfig {
    std::string level = "info";
    std::string form = "auto";
};

/// What visitors see of the installation, and the addresses it is reached at from outside. An empty address is made from what the
/// request or the listener says.
struct SiteConfig {
    std::string name = "AeThex LIVE";
    std::string logo;
    std::string support;
    std::string terms;
    std::string public_url;
    std::string ingest_url;
    std::string playback_base_url;
};

struct AppConfig {
    ServerConfig server;
    LogConfig log;
    SiteConfig site;
    http::HttpConfig http;
    db::DbConfig db;
    media::rtmp::RtmpConfig rtmp;
    api::MetricsConfig metrics;
    mail::MailConfig mail;
    outside::OidcConfig oidc;
    outside::ClerkConfig clerk;
    channels::ChannelsConfig channels;
    accounts::AccountConfig accounts;
    live::LiveConfig live;
    media::worker::WorkerConfig worker;
    objects::ObjectsConfig objects;
    thumbnails::ThumbnailConfig thumbnails;

    /// Every section, bound to the fields above; this object must stay where it is.
    std::vector<config::Section> sections();
};

/// What no single section's types can say; the refusal's sentence is for the operator.
Result<void> check(const AppConfig& config);

}  // namespace ae::app
