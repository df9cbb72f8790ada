#include "net/http/server_shard.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>

namespace ae::http {

namespace {
/// Looked at before other work of the shard gets its turn.
constexpr std::size_t kSweepSlice = 512;
constexpr std::size_t kResumeSlice = 64;
}  // namespace

ServerShard::ServerShard(io::Shard& shard, ServerCore& core)
    : shard_(shard),
      core_(core),
      poller_(
          shard.context(), [this] { now_ = core_.clock.steady(); },
          [](void* owner, std::uint32_t events) { static_cast<Connection*>(owner)->on_events(events); }),
      sweep_timer_(shard.context()),
      now_(core.clock.steady()) {}

ServerShard::~ServerShard() = default;

void ServerShard::start() {
    poller_.start();
    sweep();
}

void ServerShard::adopt(Socket socket, Peer peer, std::string client) {
    now_ = core_.clock.steady();
    auto connection = std::make_unique<Connection>(*this, std::move(socket), std::move(peer), std::move(client));
    connection->index = connections_.size();
    Connection& adopted = *connection;
    connections_.push_back(std::move(connection));
    ServerMetrics::get().open.add(1);
    if (core_.draining || !poller_.add(adopted.descriptor(), &adopted)) adopted.close();
}

void ServerShard::bury(Connection& connection) {
    std::unique_ptr<Connection>& place = connections_[connection.index];
    if (graveyard_.empty()) {
        boost::asio::post(context(), [this] { graveyard_.clear(); });
    }
    core_.clients.leave(connection.client());
    ServerMetrics::get().open.add(-1);
    open_.fetch_sub(1, std::memory_order_relaxed);
    if (connection.queued) std::erase(queued_, &connection);
    graveyard_.push_back(std::move(place));
    if (&place != &connections_.back()) {
        place = std::move(connections_.back());
        place->index = connection.index;
    }
    connections_.pop_back();
}

void ServerShard::resume_later(Connection& connection) {
    if (std::exchange(connection.queued, true)) return;
    if (queued_.empty()) {
        boost::asio::post(context(), [this] { resume_queued(); });
    }
    queued_.push_back(&connection);
}

void ServerShard::resume_queued() {
    std::vector<Connection*> now{queued_.begin(), queued_.begin() + static_cast<std::ptrdiff_t>(std::min(queued_.size(), kResumeSlice))};
    queued_.erase(queued_.begin(), queued_.begin() + static_cast<std::ptrdiff_t>(now.size()));
    for (Connection* connection : now) connection->queued = false;
    // Closed by one before them, they are still in the graveyard, and `resume` does nothing.
    for (Connection* connection : now) connection->resume();
    if (!queued_.empty()) boost::asio::post(context(), [this] { resume_queued(); });
}

void ServerShard::sweep() {
    sweep_timer_.expires_after(core_.config.sweep_every);
    sweep_timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) sweep_slice(0);
    });
}

void ServerShard::sweep_slice(std::size_t from) {
    now_ = core_.clock.steady();
    const std::size_t end = std::min(from + kSweepSlice, connections_.size());
    // From the back: a connection that closes is replaced by the last one.
    for (std::size_t i = end; i > from; --i) {
        if (i <= connections_.size() && connections_[i - 1]->overdue(now_)) connections_[i - 1]->on_overdue();
    }
    if (end >= connections_.size()) return sweep();
    boost::asio::post(context(), [this, end] { sweep_slice(end); });
}

void ServerShard::drain() {
    for (std::size_t i = connections_.size(); i > 0; --i) {
        if (i <= connections_.size()) connections_[i - 1]->drain();
    }
    core_.waited_for.fetch_add(connections_.size());
}

void ServerShard::close_all() {
    while (!connections_.empty()) connections_.back()->close();
}

}  // namespace ae::http
