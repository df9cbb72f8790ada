// The one list of rooms: what is made, in which order, and which port is answered by whom. Nothing is decided here.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/account_ports.hpp"
#include "app/addresses.hpp"
#include "app/admin_commands.hpp"
#include "app/admin_socket.hpp"
#include "app/config.hpp"
#include "app/identity.hpp"
#include "app/picture_owners.hpp"
#include "channels/channel_service.hpp"
#include "channels/stream_key_service.hpp"
#include "io/http_client.hpp"
#include "io/shard.hpp"
#include "live/play_source.hpp"
#include "live/stage.hpp"
#include "live/stream_service.hpp"
#include "media/rtmp/server.hpp"
#include "media/worker/worker_pool.hpp"
#include "net/api/health.hpp"
#include "net/api/routes.hpp"
#include "net/http/server.hpp"
#include "net/mail/post_office.hpp"
#include "store/bus/bus.hpp"
#include "store/db/data_dir.hpp"
#include "store/db/db.hpp"
#include "store/objects/object_store.hpp"
#include "thumbnails/thumbnails.hpp"
#include "uploads/picture_service.hpp"

namespace ae::app {

/// What every command stands on: the data directory and its lock, the database with its tables, the channels.
class Ground {
  public:
    /// Opens the database and moves its tables forward. Refuses what `DataDir` and `migrate_blocking` refuse; throws when the database cannot be had.
    static Result<std::unique_ptr<Ground>> open_blocking(const AppConfig& config);

    Clock& clock() { return clock_; }
    Random& random() { return random_; }
    const std::filesystem::path& data() const { return data_.path(); }
    db::Db& db() { return *db_; }
    const Secret& server_secret() const { return server_secret_; }
    channels::ChannelService& channels() { return *channels_; }
    channels::StreamKeyService& stream_keys() { return *stream_keys_; }

  private:
    explicit Ground(db::DataDir data) : data_(std::move(data)) {}

    SystemClock clock_;
    SystemRandom random_;
    db::DataDir data_;
    Secret server_secret_;
    std::unique_ptr<db::Db> db_;
    std::unique_ptr<AccountPeople> people_;
    std::unique_ptr<channels::ChannelService> channels_;
    std::unique_ptr<channels::StreamKeyService> stream_keys_;
};

/// The whole house, made but not started.
class House {
  public:
    House(Ground& ground, const AppConfig& config);
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    io::Shards& shards() { return shards_; }
    accounts::Accounts& accounts() { return accounts_; }
    live::Stage& stage() { return stage_; }
    http::Server& web() { return *web_; }
    /// Null: metrics have no listener of their own.
    http::Server* metrics() { return metrics_.get(); }
    media::rtmp::Server& ingest() { return ingest_; }
    media::worker::WorkerPool& workers() { return workers_; }
    thumbnails::Thumbnails& thumbnails() { return thumbnails_; }
    /// After the listeners have started: from then on the command line talks to this server.
    void open_admin();
    AdminSocket& admin() { return *admin_; }

    /// Every route that the server has, as it was declared.
    const std::vector<api::Declared>& declared() const { return declared_; }
    /// Complete after the listeners have started.
    Addresses addresses() const;
    /// What visitors use, as the operator says, or else as the listener does.
    std::string public_url() const;

  private:
    Ground& ground_;
    const AppConfig& config_;
    io::Shards shards_;
    mail::PostOffice post_;
    bus::Bus bus_;
    live::Stage stage_;
    PostalMailer mailer_{post_};
    factors::SecondFactors second_factor_{ground_.db(), ground_.clock(), ground_.random(), ground_.server_secret()};
    factors::PasskeyService passkeys_{ground_.db(), ground_.clock(), ground_.random(), ground_.server_secret()};
    ChannelDependents dependents_{ground_.channels(), stage_};
    accounts::PasswordHasher passwords_;
    accounts::Accounts accounts_;
    live::StreamService streams_;
    live::PlaySource play_;
    api::Cursors cursors_;
    api::Readiness readiness_;
    media::rtmp::Server ingest_;
    media::worker::WorkerPool workers_;
    io::HttpClient http_client_;
    outside::Outside outside_;
    std::unique_ptr<objects::ObjectStore> objects_;
    PictureOwners picture_owners_;
    uploads::PictureService pictures_;
    thumbnails::Thumbnails thumbnails_;
    std::vector<api::Declared> declared_;
    std::unique_ptr<http::Server> web_, metrics_;
    AdminCommands commands_;
    std::unique_ptr<AdminSocket> admin_;
};

/// The API's document, from the same declarations as the server's routes; needs no database and no port.
std::string openapi_document(const AppConfig& config);

}  // namespace ae::app
