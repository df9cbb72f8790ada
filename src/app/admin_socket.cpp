#include "app/admin_socket.hpp"

#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.hpp"

namespace ae::app {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Socket = asio::local::stream_protocol::socket;

constexpr std::size_t kLineLimit = 64 * 1024;

/// The kinds cross the socket as numbers of this enum: both ends are the same program.
json::object answer_of(const Result<json::object>& result) {
    if (result) return {{"ok", true}, {"answer", *result}};
    return {
        {"ok", false}, {"kind", static_cast<std::int64_t>(result.error().kind)}, {"code", result.error().reason}, {"detail", result.error().detail}};
}

/// A reason from the other process has no literal to point at; the command line prints it and ends, so the set stays small.
std::string_view interned(std::string_view reason) {
    static std::map<std::string, bool, std::less<>> reasons;
    return reasons.emplace(reason, true).first->first;
}

Result<json::object> result_of(const json::object& line) {
    if (line.at("ok").as_bool()) return line.at("answer").as_object();
    return Error{static_cast<Errc>(line.at("kind").as_int64()), interned(line.at("code").as_string()), std::string{line.at("detail").as_string()}};
}

// The commands outlive the socket, and so every line of it.
io::Task<Result<json::object>> run_line(const AdminCommands& commands, std::string line) {
    boost::system::error_code failed;
    auto parsed = json::parse(line, failed);
    if (failed || !parsed.is_object() || !parsed.as_object().contains("command") || !parsed.as_object()["command"].is_string()) {
        co_return Error{Errc::invalid, "command_malformed", "One JSON object a line, with a command."};
    }
    auto& object = parsed.as_object();
    json::object arguments;
    if (object.contains("arguments") && object["arguments"].is_object()) arguments = object["arguments"].as_object();
    std::string name{object["command"].as_string()};
    co_return co_await run_admin_command(commands, std::move(name), std::move(arguments));
}

io::Task<void> serve_one(Socket socket, const AdminCommands* commands) {
    std::string buffer;
    boost::system::error_code failed;
    const auto size =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer, kLineLimit), '\n', asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return;
    buffer.resize(size);

    auto result = co_await run_line(*commands, std::move(buffer));
    std::string answer = json::serialize(answer_of(result)) + "\n";
    co_await asio::async_write(socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, failed));
}

}  // namespace

// What is promised: `commands` outlives the task.
io::Task<Result<json::object>> run_admin_command(const AdminCommands& commands, std::string name, json::object arguments) {
    const auto found = commands.find(name);
    if (found == commands.end()) co_return Error{Errc::not_found, "command_unknown", "This server does not know the command " + name + "."};
    co_return co_await found->second(std::move(arguments));
}

class AdminSocket::Listener {
  public:
    Listener(io::Shard& shard, std::filesystem::path path, const AdminCommands& commands)
        : path_(std::move(path)), commands_(commands), acceptor_(shard.context()) {
        std::filesystem::remove(path_);
        const asio::local::stream_protocol::endpoint endpoint{path_.string()};
        acceptor_.open(endpoint.protocol());
        // Nobody else may connect in the moment between bind and chmod.
        const auto old = ::umask(0177);
        acceptor_.bind(endpoint);
        ::umask(old);
        acceptor_.listen();
    }

    static io::Task<void> accept_all(std::shared_ptr<Listener> self) {
        while (true) {
            boost::system::error_code failed;
            auto socket = co_await self->acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
            if (failed) co_return;
            asio::co_spawn(self->acceptor_.get_executor(), serve_one(std::move(socket), &self->commands_), asio::detached);
        }
    }

    void close() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        std::error_code gone;
        std::filesystem::remove(path_, gone);
    }

    asio::any_io_executor executor() { return acceptor_.get_executor(); }

  private:
    std::filesystem::path path_;
    const AdminCommands& commands_;
    asio::local::stream_protocol::acceptor acceptor_;
};

AdminSocket::AdminSocket(io::Shard& shard, std::filesystem::path path, const AdminCommands& commands)
    : listener_(std::make_shared<Listener>(shard, std::move(path), commands)) {}

AdminSocket::~AdminSocket() = default;

void AdminSocket::start() { asio::co_spawn(listener_->executor(), Listener::accept_all(listener_), asio::detached); }

void AdminSocket::stop() {
    asio::post(listener_->executor(), [listener = listener_] { listener->close(); });
}

std::optional<Result<json::object>> ask_running_server_blocking(const std::filesystem::path& path, const std::string& command,
                                                                const json::object& arguments) {
    asio::io_context context;
    Socket socket{context};
    boost::system::error_code failed;
    socket.connect(asio::local::stream_protocol::endpoint{path.string()}, failed);
    if (failed) return std::nullopt;

    const timeval minute{60, 0};
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute);
    asio::write(socket, asio::buffer(json::serialize(json::object{{"command", command}, {"arguments", arguments}}) + "\n"));
    std::string buffer;
    asio::read_until(socket, asio::dynamic_buffer(buffer, 16 * 1024 * 1024), '\n');
    return result_of(json::parse(buffer).as_object());
}

}  // namespace ae::app
