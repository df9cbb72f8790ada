#include "app/wiring.hpp"

#include <fmt/format.h>

#include "accounts/account_routes.hpp"
#include "app/ingest_url.hpp"
#include "app/schema.hpp"
#include "app/user_commands.hpp"
#include "app/web_pages.hpp"
#include "base/crypto.hpp"
#include "channels/channel_routes.hpp"
#include "live/playback_edge.hpp"
#include "live/stream_routes.hpp"
#include "store/db/migrate.hpp"
#include "store/db/open.hpp"
#include "store/objects/memory_store.hpp"
#include "uploads/upload_routes.hpp"

namespace ae::app {

namespace {

/// Who reads a page, and whom it is about: JSON of the routes' own answers, `null` for nobody. The accounts outlive the pages.
io::Task<std::string> me_json(accounts::Accounts& accounts, std::string account) {
    accounts::UserId user{std::move(account)};
    co_return api::to_json(co_await accounts::show_me(accounts, std::move(user)));
}
io::Task<std::string> person_json(accounts::Accounts& accounts, std::string name, std::string viewer) {
    accounts::UserId reader{std::move(viewer)};
    co_return api::to_json(co_await accounts::show_person(accounts, std::move(name), std::move(reader)));
}

/// The one table of routes: each room adds its own.
void add_all_routes(api::Routes& routes, accounts::Accounts& accounts, const Identity& identity, channels::ChannelService& channels,
                    channels::StreamKeyService& keys, live::Stage& stage, live::StreamService& streams, uploads::PictureService& pictures,
                    const thumbnails::Thumbnails& thumbnails, const api::Cursors& cursors, const api::Readiness& readiness, const AppConfig& config,
                    Random& random, std::function<std::uint16_t()> rtmp_port) {
    add_identity_routes(routes, accounts, identity, config.site);
    accounts::add_account_routes(routes, accounts, cursors);
    channels::add_channel_routes(routes, {channels, keys, streams, stage, cursors,
                                          [&config, rtmp_port](const std::string& origin) { return ingest_url(config, origin, rtmp_port()); }});
    live::add_stream_routes(routes, streams, cursors);
    live::add_playback_routes(routes, stage);
    uploads::add_upload_routes(routes, pictures);
    thumbnails::add_thumbnail_routes(routes, thumbnails);
    api::add_health_routes(routes, readiness);
    if (!config.metrics.token.empty()) api::add_metrics_route(routes, config.metrics.token);
    routes.add_docs();
    add_web_pages(routes, {channels, streams, cursors, config.site, random, std::move(rtmp_port), config.rtmp.app,
                           [&accounts](std::string account) { return me_json(accounts, std::move(account)); },
                           [&accounts](std::string name, std::string viewer) { return person_json(accounts, std::move(name), std::move(viewer)); }});
}

/// A question that any database answers.
const db::Query kPing{"app.ping", "SELECT 1"};

io::Task<Result<void>> database_answers(db::Db* db) {
    auto ask = [](db::Transaction& tx) { return tx.query(kPing).size(); };
    co_await db->read(std::move(ask));
    co_return Result<void>{};
}

std::string address_of(std::string_view scheme, const std::string& listen, std::uint16_t port, std::string_view path) {
    const auto host = listen.substr(0, listen.rfind(':'));
    const bool anywhere = host.empty() || host == "0.0.0.0" || host == "[::]" || host == "*";
    return fmt::format("{}://{}:{}{}", scheme, anywhere ? "127.0.0.1" : host, port, path);
}

}  // namespace

Result<std::unique_ptr<Ground>> Ground::open_blocking(const AppConfig& config) {
    crypto::start();
    if (auto checked = objects::check(config.objects); !checked) return checked.error();
    auto data = db::DataDir::open_blocking(config.server.data);
    if (!data) return data.error();

    std::unique_ptr<Ground> ground{new Ground{std::move(*data)}};
    ground->server_secret_ = ground->data_.server_secret_blocking(ground->random_);
    ground->db_ = db::open(config.db, ground->data());
    const auto all = migrations();
    if (auto moved = db::migrate_blocking(*ground->db_, all, ground->clock_.wall()); !moved) return moved.error();
    ground->people_ = std::make_unique<AccountPeople>(*ground->db_, ground->clock_);
    ground->channels_ = std::make_unique<channels::ChannelService>(*ground->db_, ground->clock_, ground->random_, ground->server_secret_,
                                                                   config.channels, *ground->people_);
    ground->stream_keys_ =
        std::make_unique<channels::StreamKeyService>(*ground->db_, ground->clock_, ground->random_, ground->server_secret_, config.channels);
    return ground;
}

House::House(Ground& ground, const AppConfig& config)
    : ground_(ground),
      config_(config),
      shards_(static_cast<std::size_t>(config.server.shards)),
      post_(config.mail, ground.data(), ground.clock(), ground.random()),
      bus_(shards_),
      stage_({shards_, ground.db(), ground.stream_keys(), ground.clock(), ground.random(), ground.server_secret(), bus_}, config.live),
      passwords_(config.accounts),
      accounts_({ground.db(), ground.clock(), ground.random(), config.accounts, passwords_, mailer_, second_factor_, dependents_,
                 [this] { return public_url(); }}),
      streams_(ground.db(), stage_, ground.channels(), ground.clock(), ground.random(), config.live, config.site.playback_base_url),
      play_(ground.channels(), stage_),
      cursors_(crypto::derive_key(ground.server_secret(), "api.cursors")),
      ingest_(shards_, config.rtmp, stage_, ground.random(), config.rtmp.play ? &play_ : nullptr),
      workers_(shards_.at(shards_.size() - 1), config.worker),
      outside_(config.clerk, config.oidc, ground.server_secret(), accounts_, shards_.at(0), http_client_),
      // What it could refuse, the ground has refused.
      objects_(std::move(*objects::open_blocking(config.objects, ground.data(), ground.clock(), http_client_))),
      picture_owners_(accounts_, ground.channels()),
      pictures_({*objects_, workers_, picture_owners_, ground.random()}),
      thumbnails_({shards_, workers_, stage_, ground.random()}, config.thumbnails) {
    streams_.show_thumbnails(thumbnails_);
    readiness_.add("database", [db = &ground.db()] { return database_answers(db); });
    readiness_.set_draining([this] { return web_->draining(); });

    api::Routes routes;
    add_all_routes(routes, accounts_, {second_factor_, passkeys_, outside_}, ground.channels(), ground.stream_keys(), stage_, streams_, pictures_,
                   thumbnails_, cursors_, readiness_, config_, ground.random(), [this] { return ingest_.ports().front(); });
    declared_ = routes.declared();
    web_ = std::make_unique<http::Server>(shards_, config.http, routes.take_router(), ground.clock(), ground.random());

    if (!config.metrics.listen.empty()) {
        api::Routes own;
        api::add_metrics_route(own, {});
        auto settings = config.http;
        settings.listen = config.metrics.listen;
        settings.tls = {};
        metrics_ = std::make_unique<http::Server>(shards_, std::move(settings), own.take_router(), ground.clock(), ground.random());
    }
}

Addresses House::addresses() const {
    Addresses all;
    all.http = address_of("http", config_.http.listen, web_->port(), "");
    if (web_->tls_port() != 0) all.https = address_of("https", config_.http.tls.listen, web_->tls_port(), "");
    all.rtmp = address_of("rtmp", config_.rtmp.listen.front(), ingest_.ports().front(), "/" + config_.rtmp.app);
    if (metrics_) all.metrics = address_of("http", config_.metrics.listen, metrics_->port(), "/metrics");
    return all;
}

std::string House::public_url() const {
    if (!config_.site.public_url.empty()) return config_.site.public_url;
    const auto all = addresses();
    return all.https.empty() ? all.http : all.https;
}

void House::open_admin() {
    AdminNeeds needs{ground_.channels(), ground_.stream_keys(), config_.site.ingest_url.empty() ? addresses().rtmp : config_.site.ingest_url,
                     [this](channels::ChannelId channel, std::string reason) { return stage_.cut(channel.str(), std::move(reason)); }, &post_};
    commands_ = admin_commands(std::move(needs));
    commands_.merge(user_commands(accounts_.overseer));
    admin_ = std::make_unique<AdminSocket>(shards_.at(0), ground_.data() / "admin.sock", commands_);
    admin_->start();
}

std::string openapi_document(const AppConfig& config) {
    // The rooms are made over a database in memory and never started: declarations need references, not answers.
    crypto::start();
    SystemClock clock;
    SystemRandom random;
    db::DbConfig memory;
    memory.url = Secret{"sqlite::memory:"};
    const auto db = db::open(memory);
    channels::ChannelService channels{*db, clock, random, Secret{std::string(32, '0')}};
    channels::StreamKeyService keys{*db, clock, random, Secret{std::string(32, '0')}};
    io::Shards shards{1};
    bus::Bus bus{shards};
    const Secret secret{std::string(32, '0')};
    live::Stage stage{{shards, *db, keys, clock, random, secret, bus}, config.live};
    live::StreamService streams{*db, stage, channels, clock, random, config.live, {}};
    media::worker::WorkerPool workers{shards.at(0), config.worker};
    objects::MemoryStore objects;
    LoneAccounts accounts{*db, clock, random, config.accounts};
    PictureOwners owners{*accounts, channels};
    uploads::PictureService pictures{{objects, workers, owners, random}};
    const thumbnails::Thumbnails thumbnails{{shards, workers, stage, random}, config.thumbnails};
    const api::Cursors cursors{Secret{std::string(32, '0')}};
    const api::Readiness readiness;

    api::Routes routes;
    factors::SecondFactors second{*db, clock, random, secret};
    factors::PasskeyService passkeys{*db, clock, random, secret};
    io::HttpClient http_client;
    outside::Outside outside{config.clerk, config.oidc, secret, *accounts, shards.at(0), http_client};
    add_all_routes(routes, *accounts, {second, passkeys, outside}, channels, keys, stage, streams, pictures, thumbnails, cursors, readiness, config,
                   random, [] { return std::uint16_t{1935}; });
    return api::openapi(routes);
}

}  // namespace ae::app
