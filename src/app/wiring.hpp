// The one list of rooms: what is made, in which order, and which port is answered by whom. Nothing is decided here.
#pragma once

#include <memory>
#include <string>

#include "app/admin_commands.hpp"
#include "app/admin_socket.hpp"
#include "app/config.hpp"
#include "app/web_pages.hpp"
#include "channels/channel_service.hpp"
#include "io/shard.hpp"
#include "live/stage.hpp"
#include "media/rtmp/server.hpp"
#include "net/api/routes.hpp"
#include "net/http/server.hpp"
#include "store/db/data_dir.hpp"
#include "store/db/db.hpp"

namespace ae::app {

/// The rooms that every command needs: the data directory (and its lock), the database, the channels.
class Ground {
  public:
    /// Opens the database and moves its tables forward. Refuses what `DataDir` and `migrate_blocking` refuse; throws when the database cannot be had.
    static Result<std::unique_ptr<Ground>> open_blocking(const AppConfig& config);

    const Clock& clock() const { return clock_; }
    Clock& clock() { return clock_; }
    Random& random() { return random_; }
    const std::filesystem::path& data() const { return data_.path(); }
    db::Db& db() { return *db_; }
    channels::ChannelService& channels() { return *channels_; }

  private:
    explicit Ground(db::DataDir data) : data_(std::move(data)) {}

    SystemClock clock_;
    SystemRandom random_;
    db::DataDir data_;
    std::unique_ptr<db::Db> db_;
    Secret server_secret_;
    std::unique_ptr<channels::ChannelService> channels_;
};

/// The whole house, made but not started.
class House {
  public:
    House(Ground& ground, const AppConfig& config);

    io::Shards& shards() { return shards_; }
    live::Stage& stage() { return stage_; }
    http::Server& web() { return *web_; }
    rtmp::Server& ingest() { return *ingest_; }
    AdminSocket& admin() { return *admin_; }
    const api::Routes& routes() const { return routes_; }

    /// The addresses in force, from the settings or from where the listeners are bound; complete after both have started.
    Addresses addresses() const;

  private:
    Ground& ground_;
    const AppConfig& config_;
    io::Shards shards_;
    live::Stage stage_;
    live::StreamService streams_;
    api::Routes routes_;
    std::unique_ptr<http::Server> web_;
    std::unique_ptr<rtmp::Server> ingest_;
    AdminCommands commands_;
    std::unique_ptr<AdminSocket> admin_;
};

}  // namespace ae::app
