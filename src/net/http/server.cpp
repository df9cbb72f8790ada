#include "net/http/server.hpp"

#include <algorithm>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/log.hpp"
#include "net/http/listener.hpp"
#include "net/http/server_shard.hpp"
#include "net/http/tls.hpp"

namespace ae::http {

namespace {

/// Unsent bytes that the kernel keeps of one connection: without a bound, stuck readers cost megabytes each.
constexpr int kUnsentInKernel = 64 * 1024;
constexpr std::chrono::milliseconds kLookAgain{20};

void prepare(int descriptor) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsentInKernel, sizeof kUnsentInKernel);
}

}  // namespace

struct Server::Parts {
    Parts(io::Shards& all, HttpConfig config, Router router, Clock& clock, Random& random)
        : shards(all),
          core{.config = std::move(config), .router = std::move(router), .proxies = {}, .clock = clock, .random = random},
          tls(clock),
          plain(all.at(0).context(), [this](int descriptor, const IpAddress& peer) { hand_over(descriptor, peer, false); }),
          secure(all.at(0).context(), [this](int descriptor, const IpAddress& peer) { hand_over(descriptor, peer, true); }) {
        for (const auto& route : core.router.routes()) core.route_metrics.emplace_back(route->options.name);
        for (std::size_t i = 0; i < all.size(); ++i) parts.push_back(std::make_unique<ServerShard>(all.at(i), core));
    }

    std::size_t open() const {
        std::size_t sum = 0;
        for (const auto& part : parts) sum += part->open_connections();
        return sum;
    }

    /// On the accepting shard: chooses the shard with the fewest connections.
    void hand_over(int descriptor, const IpAddress& peer, bool with_tls) {
        prepare(descriptor);
        ServerMetrics::get().accepted.add();
        const std::string client = client_key(peer);
        const bool full = open() >= static_cast<std::size_t>(core.config.max_connections);
        if (full || !core.clients.enter(client, core.config.max_connections_per_address)) {
            count_refused(full ? "too_many_connections" : "too_many_connections_of_one");
            ::close(descriptor);
            return;
        }
        SSL* session = with_tls ? tls.accept(descriptor) : nullptr;
        auto& least = **std::ranges::min_element(parts, {}, [](const auto& part) { return part->open_connections(); });
        least.expect_one();
        auto socket = std::make_shared<Socket>(descriptor, session);
        least.shard().post(
            [&least, socket, with_tls, client, address = peer.to_string()] { least.adopt(std::move(*socket), Peer{address, with_tls}, client); });
    }

    void begin() {
        for (auto& part : parts) {
            part->shard().post([part = part.get()] { part->start(); });
        }
        shards.at(0).post([this] {
            plain.start();
            if (secure.port() != 0) secure.start();
        });
    }

    /// Runs on each shard, without waiting for it.
    void everywhere(void (ServerShard::*what)()) {
        for (auto& part : parts) {
            part->shard().post([part = part.get(), what] { (part->*what)(); });
        }
    }

    io::Shards& shards;
    ServerCore core;
    TlsContext tls;
    Listener plain;
    Listener secure;
    std::vector<std::unique_ptr<ServerShard>> parts;
};

Server::Server(io::Shards& shards, HttpConfig config, Router router, Clock& clock, Random& random)
    : parts_(std::make_unique<Parts>(shards, std::move(config), std::move(router), clock, random)) {}

Server::~Server() = default;

Result<void> Server::start() {
    auto& core = parts_->core;
    const auto kind = core.config.net.forwarded_header == "forwarded" ? ForwardedKind::forwarded : ForwardedKind::x_forwarded;
    auto proxies = TrustedProxies::parse(core.config.net.trusted_proxies, kind);
    if (!proxies) return proxies.error();
    core.proxies = std::move(*proxies);

    const bool with_tls = !core.config.tls.cert.empty() || !core.config.tls.key.empty();
    if (with_tls) {
        if (auto loaded = reload_tls(); !loaded) return loaded.error();
        if (auto opened = parts_->secure.open(core.config.tls.listen); !opened) return opened.error();
    }
    if (auto opened = parts_->plain.open(core.config.listen); !opened) return opened.error();
    parts_->begin();
    log::info("http.listening", {{"port", port()}, {"tls_port", tls_port()}});
    return {};
}

std::uint16_t Server::port() const { return parts_->plain.port(); }
std::uint16_t Server::tls_port() const { return parts_->secure.port(); }

Result<void> Server::reload_tls() {
    const auto& config = parts_->core.config.tls;
    return parts_->tls.load(config.cert, config.key);
}

bool Server::draining() const { return parts_->core.draining; }
std::size_t Server::open_connections() const { return parts_->open(); }

io::Task<Server::Stopped> Server::stop(Duration deadline) {
    Parts& parts = *parts_;
    parts.core.draining = true;
    parts.shards.at(0).post([&parts] {
        parts.plain.stop();
        parts.secure.stop();
    });
    parts.everywhere(&ServerShard::drain);

    boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor};
    const auto end = std::chrono::steady_clock::now() + deadline;
    do {  // at least once, so that every shard has begun
        timer.expires_after(kLookAgain);
        co_await timer.async_wait(boost::asio::use_awaitable);
    } while (parts.open() > 0 && std::chrono::steady_clock::now() < end);
    const std::size_t waited_for = parts.core.waited_for;
    const std::size_t cut = parts.open();
    parts.everywhere(&ServerShard::close_all);
    log::info("http.stopped", {{"waited_for", waited_for}, {"cut", cut}});
    co_return Stopped{waited_for, cut};
}

}  // namespace ae::http
