// The admin socket `<data>/admin.sock` (mode 0600): how the command line talks to a running server, so that there is one writer.
// One JSON line in, one JSON line out, then it closes. Whoever can open the socket is the operator.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/json/object.hpp>

#include "base/result.hpp"
#include "io/shard.hpp"
#include "io/task.hpp"

namespace ae::app {

/// A command of the operator: arguments in, an answer out. The same handlers serve the socket and, when no server runs, the command line.
using AdminHandler = std::function<io::Task<Result<boost::json::object>>(boost::json::object)>;
using AdminCommands = std::map<std::string, AdminHandler, std::less<>>;

/// Runs one command; `commands` outlives the task. Refuses `command_unknown`, and what the handler refuses.
io::Task<Result<boost::json::object>> run_admin_command(const AdminCommands& commands, std::string name, boost::json::object arguments);

class AdminSocket {
  public:
    /// Listens on `path` (an old socket file there is removed: the data directory's lock says that nobody else uses it).
    /// `commands` outlives the socket.
    AdminSocket(io::Shard& shard, std::filesystem::path path, const AdminCommands& commands);
    ~AdminSocket();
    void start();
    void stop();

  private:
    class Listener;
    std::shared_ptr<Listener> listener_;
};

/// Asks a running server. nullopt: no server listens there. Blocks for at most a minute; throws when the server breaks off.
std::optional<Result<boost::json::object>> ask_running_server_blocking(const std::filesystem::path& path, const std::string& command,
                                                                       const boost::json::object& arguments);

}  // namespace ae::app
