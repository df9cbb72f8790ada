#include "media/rtmp/server.hpp"

#include <charconv>

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/task_group.hpp"
#include "io/timeout.hpp"
#include "media/rtmp/attempts.hpp"
#include "media/rtmp/connection.hpp"
#include "media/rtmp/door.hpp"
#include "media/rtmp/player.hpp"

namespace ae::media::rtmp {

namespace {

using tcp = asio::ip::tcp;
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
// How long accepting rests when the process has no descriptor left.
constexpr Duration kAcceptPause = std::chrono::milliseconds{100};
constexpr int kBacklog = 1'024;

void count_refused(std::string_view reason) {
    metrics::counter("aethex_ingest_refused_total", "Publishers that were not let in or sent away.", {{"protocol", "rtmp"}, {"reason", reason}})
        .add();
}

void count_dropped(std::string_view reason) {
    metrics::counter("aethex_ingest_frames_dropped_total", "Messages of publishers that were dropped.", {{"protocol", "rtmp"}, {"reason", reason}})
        .add();
}

Result<tcp::endpoint> parse_endpoint(const std::string& text) {
    const Error invalid{Errc::invalid, "listen_address_invalid", fmt::format("rtmp.listen: {} is no address and port, such as 0.0.0.0:1935.", text)};
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return invalid;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    if (const auto [at, error] = std::from_chars(text.data() + colon + 1, end, port); error != std::errc{} || at != end) return invalid;
    boost::system::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (error) return invalid;
    return tcp::endpoint{address, port};
}

// One person's IPv6 network is one address here: it has 2^64 of them.
std::string address_of(const tcp::endpoint& peer) {
    const auto address = peer.address();
    if (!address.is_v6()) return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6{bytes}.to_string() + "/64";
}

bool is_wrong_key(const Error& error) { return error.kind == Errc::unauthorized || error.kind == Errc::forbidden || error.kind == Errc::not_found; }

class Control final : public PublisherControl {
  public:
    Control(io::Shard& home, const std::shared_ptr<Connection>& connection) : home_(home), connection_(connection) {}
    void stop(std::string reason) override {
        home_.post([weak = connection_, why = std::move(reason)] {
            const auto connection = weak.lock();
            if (connection == nullptr) return;
            connection->session().refuse({Errc::conflict, "stopped", why});
            connection->interrupt(false);
        });
    }

  private:
    io::Shard& home_;
    std::weak_ptr<Connection> connection_;
};

}  // namespace

struct Server::Inner {
    /// What lives on one shard.
    struct Room {
        io::Shard& shard;
        io::TaskGroup tasks;
        std::vector<std::weak_ptr<Connection>> connections;

        explicit Room(io::Shard& home) : shard(home), tasks(home.context().get_executor(), "rtmp") {}
        void enter(const std::shared_ptr<Connection>& connection) {
            std::erase_if(connections, [](const auto& other) { return other.expired(); });
            connections.push_back(connection);
        }
    };

    io::Shards& shards;
    RtmpConfig config;
    IngestGate& gate;
    Random& random;
    PlaySource* play;
    io::Shard& front;
    std::shared_ptr<Door> door;
    Attempts attempts;
    std::vector<std::unique_ptr<Room>> rooms;
    std::vector<tcp::acceptor> acceptors;
    std::vector<std::uint16_t> bound;

    Inner(io::Shards& all, RtmpConfig settings, IngestGate& ingest, Random& source, PlaySource* player)
        : shards(all), config(std::move(settings)), gate(ingest), random(source), play(player), front(all.at(0)) {
        door = std::make_shared<Door>(front, static_cast<std::size_t>(config.max_connections),
                                      static_cast<std::size_t>(config.max_connections_per_address));
        for (std::size_t i = 0; i < shards.size(); ++i) rooms.push_back(std::make_unique<Room>(shards.at(i)));
    }

    Room& room_of(const io::Shard& shard) { return *rooms[shard.index()]; }
    SessionConfig session_config() const;
    Result<void> bind(const std::string& address);
    io::Task<> accept(tcp::acceptor& acceptor);
    void welcome(tcp::socket socket, const tcp::endpoint& peer);
    io::Task<> greet(std::shared_ptr<Connection> connection);
    io::Task<> admit(std::shared_ptr<Connection> connection, PublishAsked asked);
    io::Task<Result<PublishGrant>> ask_gate(std::string address, PublishAsked asked);
    io::Task<> publish(std::shared_ptr<Connection> connection, PublishGrant grant);
    io::Task<bool> take_frames(Connection& connection, Publication& publication, std::vector<Event>& events);
    io::Task<> admit_player(std::shared_ptr<Connection> connection, std::string slug);
    io::Task<> send_away(std::shared_ptr<Connection> connection, Error why);
    io::Task<> ask_to_leave(Room& room);
    io::Task<> close_all(Room& room, Duration limit);
};

SessionConfig Server::Inner::session_config() const {
    return {.app = config.app,
            .play = config.play && play != nullptr,
            .out_chunk_size = static_cast<std::uint32_t>(config.chunk_size),
            .media_bytes = static_cast<std::size_t>(config.max_message.bytes)};
}

Result<void> Server::Inner::bind(const std::string& address) {
    const auto endpoint = parse_endpoint(address);
    if (!endpoint) return endpoint.error();
    boost::system::error_code error;
    tcp::acceptor acceptor{front.context()};
    acceptor.open(endpoint->protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
    if (!error && endpoint->address().is_v6()) acceptor.set_option(asio::ip::v6_only{false}, error);
    if (!error) acceptor.bind(*endpoint, error);
    if (!error) acceptor.listen(kBacklog, error);
    if (error) return Error{Errc::unavailable, "listen_failed", fmt::format("rtmp.listen: {} cannot be listened on: {}.", address, error.message())};
    bound.push_back(acceptor.local_endpoint().port());
    acceptors.push_back(std::move(acceptor));
    return {};
}

io::Task<> Server::Inner::accept(tcp::acceptor& acceptor) {
    while (acceptor.is_open()) {
        tcp::endpoint peer;
        auto [error, socket] = co_await acceptor.async_accept(peer, kTuple);
        if (!error) welcome(std::move(socket), peer);
        else if (error == asio::error::operation_aborted) co_return;
        else co_await io::sleep_for(kAcceptPause);
    }
}

void Server::Inner::welcome(tcp::socket socket, const tcp::endpoint& peer) {
    auto seat = door->enter(address_of(peer));
    if (!seat) return count_refused(seat.error().reason);
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    auto connection = std::make_shared<Connection>(front, std::move(socket), std::move(*seat), session_config(), random);
    auto& room = room_of(front);
    room.enter(connection);
    room.tasks.spawn("greet", greet(std::move(connection)));
}

io::Task<> Server::Inner::greet(std::shared_ptr<Connection> connection) {
    connection->set_deadline(config.handshake_timeout);
    std::vector<Event> events;
    while (co_await connection->read(events)) {
        for (auto& event : events) {
            if (auto* drop = std::get_if<Dropped>(&event)) count_dropped(drop->reason);
            else if (auto* asked = std::get_if<PublishAsked>(&event)) co_return co_await admit(std::move(connection), std::move(*asked));
            else if (auto* wish = std::get_if<PlayAsked>(&event)) co_return co_await admit_player(std::move(connection), std::move(wish->name));
            else if (auto* end = std::get_if<Closed>(&event)) {
                count_refused(end->reason);
                co_return co_await connection->part();
            }
        }
        events.clear();
        if (!co_await connection->flush()) break;
    }
    count_refused(connection->ended() ? "handshake_timeout" : "hung_up");
}

io::Task<Result<PublishGrant>> Server::Inner::ask_gate(std::string address, PublishAsked asked) {
    if (!attempts.may_ask(address, std::chrono::steady_clock::now())) {
        co_return Error{Errc::too_many, "too_many_attempts",
                        "There were too many wrong stream keys from your address. Wait a minute, then try again."};
    }
    PublishRequest request{
        .protocol = "rtmp", .app = std::move(asked.app), .key = std::move(asked.key), .address = address, .encoder = std::move(asked.encoder)};
    co_return co_await gate.admit(std::move(request));
}

io::Task<> Server::Inner::admit(std::shared_ptr<Connection> connection, PublishAsked asked) {
    connection->set_deadline(Attempts::kMaxDelay + config.handshake_timeout);
    const auto address = connection->address();
    auto granted = co_await ask_gate(address, std::move(asked));
    if (!granted) {
        const auto& why = granted.error();
        if (is_wrong_key(why) || why.kind == Errc::too_many) co_await io::sleep_for(attempts.note_failure(address, std::chrono::steady_clock::now()));
        co_return co_await send_away(std::move(connection), granted.error());
    }
    attempts.note_success(address);
    if (!co_await connection->flush()) co_return;
    auto& home = granted->home != nullptr ? *granted->home : front;
    connection->move_to(home);
    home.post([this, &home, held = std::move(connection), grant = std::move(*granted)]() mutable {
        auto& room = room_of(home);
        room.enter(held);
        room.tasks.spawn("publish", publish(std::move(held), std::move(grant)));
    });
}

io::Task<> Server::Inner::send_away(std::shared_ptr<Connection> connection, Error why) {
    count_refused(why.reason);
    log::info("rtmp.refused", {{"address", connection->address()}, {"reason", why.reason}, {"encoder", connection->session().encoder()}});
    connection->session().refuse(why);
    co_await connection->part();
}

io::Task<> Server::Inner::publish(std::shared_ptr<Connection> connection, PublishGrant grant) {
    auto control = std::make_shared<Control>(*io::Shard::current(), connection);
    auto begun = grant.begin(std::move(control));
    if (!begun) {
        connection->set_deadline(config.handshake_timeout);
        co_return co_await send_away(std::move(connection), begun.error());
    }
    auto publication = std::move(*begun);
    connection->set_idle_limit(config.idle_timeout);
    connection->session().accept_publish();
    std::vector<Event> events;
    connection->feed_rest(events);
    while (co_await take_frames(*connection, *publication, events)) {
        events.clear();
        if (!co_await connection->read(events)) break;
    }
    publication.reset();
    if (connection->session().closed()) co_await connection->part();
    else if (!connection->session().publishing()) co_await connection->wait_for_end();
}

// False: the publish is over.
io::Task<bool> Server::Inner::take_frames(Connection& connection, Publication& publication, std::vector<Event>& events) {
    static auto& frames = metrics::counter("aethex_ingest_frames_total", "Frames that publishers sent.", {{"protocol", "rtmp"}});
    for (auto& event : events) {
        if (auto* frame = std::get_if<FramePtr>(&event)) {
            frames.add();
            publication.on_frame(std::move(*frame));
        } else if (auto* drop = std::get_if<Dropped>(&event)) {
            count_dropped(drop->reason);
        } else if (std::holds_alternative<Goodbye>(event)) {
            publication.on_goodbye();
            co_return false;
        } else if (auto* end = std::get_if<Closed>(&event)) {
            count_refused(end->reason);
            co_return false;
        }
    }
    if (!connection.session().output().empty() && !co_await connection.flush()) co_return false;
    // A stop that came meanwhile has closed the session.
    co_return connection.session().publishing();
}

io::Task<> Server::Inner::admit_player(std::shared_ptr<Connection> connection, std::string slug) {
    auto found = co_await play->find(std::move(slug));
    if (!found) co_return co_await send_away(std::move(connection), found.error());
    if (!co_await connection->flush()) co_return;
    auto& home = found->home != nullptr ? *found->home : front;
    connection->move_to(home);
    home.post([this, &home, held = std::move(connection), grant = std::move(*found)]() mutable {
        auto& room = room_of(home);
        room.enter(held);
        auto bell = std::make_shared<PlayerBell>(home);
        room.tasks.spawn("play.listen", listen_to_player(held, bell));
        room.tasks.spawn("play", serve_player(std::move(held), std::move(bell), std::move(grant), config.idle_timeout));
    });
}

io::Task<> Server::Inner::ask_to_leave(Room& room) {
    for (const auto& weak : room.connections) {
        const auto connection = weak.lock();
        if (connection == nullptr) continue;
        const bool asked = connection->session().ask_to_reconnect("The server restarts. Connect again.");
        connection->interrupt(!asked);
    }
    co_return;
}

io::Task<> Server::Inner::close_all(Room& room, Duration limit) {
    co_await io::finish_within(room.tasks.wait(), limit);
    co_await room.tasks.stop(limit);
}

Server::Server(io::Shards& shards, RtmpConfig config, IngestGate& gate, Random& random, PlaySource* play)
    : inner_(std::make_unique<Inner>(shards, std::move(config), gate, random, play)) {}
Server::~Server() { inner_->door->close(); }

Result<void> Server::start() {
    for (const auto& address : inner_->config.listen) {
        if (auto bound = inner_->bind(address); !bound) return bound;
    }
    inner_->front.post([this] {
        for (auto& acceptor : inner_->acceptors) inner_->room_of(inner_->front).tasks.spawn("accept", inner_->accept(acceptor));
    });
    log::info("rtmp.listening", {{"addresses", fmt::format("{}", fmt::join(inner_->config.listen, " "))}});
    return {};
}

std::vector<std::uint16_t> Server::ports() const { return inner_->bound; }

io::Task<> Server::stop(Duration deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    const auto close_acceptors = [](Inner& inner) -> io::Task<> {
        boost::system::error_code ignored;
        for (auto& acceptor : inner.acceptors) acceptor.close(ignored);
        co_return;
    };
    co_await io::on(inner_->front, close_acceptors(*inner_));
    for (auto& room : inner_->rooms) co_await io::on(room->shard, inner_->ask_to_leave(*room));
    for (auto& room : inner_->rooms) {
        const auto left = std::chrono::duration_cast<Duration>(end - std::chrono::steady_clock::now());
        co_await io::on(room->shard, inner_->close_all(*room, std::max(Duration{0}, left / 2)));
    }
}

}  // namespace ae::media::rtmp
