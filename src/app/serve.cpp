#include "app/serve.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/wiring.hpp"
#include "base/log.hpp"
#include "io/run_blocking.hpp"
#include "io/signals.hpp"
#include "io/stop_sequence.hpp"

namespace ae::app {

namespace {

constexpr std::string_view kAddressesFile = "addresses.json";

/// For scripts and tests that start a server on any free port. Written whole or not at all.
void write_addresses(const std::filesystem::path& data, const Addresses& addresses) {
    const auto fresh = data / "addresses.json.new";
    std::ofstream file{fresh};
    file << boost::json::serialize(
                boost::json::object{{"http", addresses.http}, {"https", addresses.https}, {"rtmp", addresses.rtmp}, {"metrics", addresses.metrics}})
         << "\n";
    file.close();
    std::filesystem::rename(fresh, data / kAddressesFile);
}

/// How the first admin is made; nothing when there is one. The link works once and is shown on a terminal alone: what is not a terminal is a log.
std::string first_admin_help(House& house) {
    if (io::run_blocking(house.accounts().overseer.has_admin())) return {};
    if (::isatty(STDOUT_FILENO) == 0) return "register, then: aethex user promote YOUR-NAME";
    const auto token = io::run_blocking(house.accounts().overseer.first_admin_token());
    if (!token) return {};
    return "register, then open " + house.public_url() + "/auth/setup?token=" + token->reveal();  // for the operator's eyes
}

void greet(const Addresses& addresses, const std::string& first_admin) {
    fmt::print("\n  AeThex LIVE is running.\n\n  Open        {}\n  OBS server  {}\n", addresses.https.empty() ? addresses.http : addresses.https,
               addresses.rtmp);
    fmt::print("  Stream key  aethex channel create \"My channel\" --slug my-channel\n");
    if (!first_admin.empty()) fmt::print("  Admin       {}\n", first_admin);
    fmt::print("\n");
    std::fflush(stdout);
}

io::Task<> stop_admin(House* house) {
    house->admin().stop();
    co_return;
}

io::Task<> stop_web(House* house, Duration reserve) { co_await house->web().stop(reserve); }

io::Task<> stop_metrics(House* house) { co_await house->metrics()->stop(std::chrono::milliseconds{200}); }

io::Task<> stop_house(House* house, Duration deadline, boost::asio::io_context* main) {
    io::StopSequence stop{deadline};
    const auto reserve = deadline / 5;
    stop.step("admin socket", reserve / 2, [house] { return stop_admin(house); });
    stop.step("encoders", reserve, [house, reserve] { return house->ingest().stop(reserve); });
    stop.step("viewers who wait", reserve, [house] { return house->stage().stop(); });
    stop.step("web server", reserve, [house, reserve] { return stop_web(house, reserve); });
    stop.step("thumbnails", reserve / 4, [house] { return house->thumbnails().stop(); });
    stop.step("workers", reserve / 4, [house] { return house->workers().stop(); });
    if (house->metrics() != nullptr) {
        stop.step("metrics", reserve / 2, [house] { return stop_metrics(house); });
    }
    co_await stop.run();
    main->stop();
}

/// Every viewer is a descriptor: what the system allows is taken, not the default of 1 024.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

Result<void> start(House& house) {
    if (auto started = house.ingest().start(); !started) return started;
    if (auto started = house.web().start(); !started) return started;
    if (house.metrics() == nullptr) return {};
    return house.metrics()->start();
}

}  // namespace

int serve(const AppConfig& config) {
    raise_descriptor_limit();
    auto ground = Ground::open_blocking(config);
    if (!ground) {
        fmt::print(stderr, "aethex: {}\n", ground.error().detail);
        return 1;
    }
    House house{**ground, config};
    house.stage().start_blocking();

    boost::asio::io_context main{1};
    io::Signals signals{main.get_executor(),
                        [&] { boost::asio::co_spawn(main, stop_house(&house, config.server.stop_deadline, &main), boost::asio::detached); }};
    signals.on_reload("tls", [&] {
        if (auto reloaded = house.web().reload_tls(); !reloaded) log::error("tls.reload_failed", {{"detail", reloaded.error().detail}});
    });

    house.shards().start();
    if (auto started = start(house); !started) {
        fmt::print(stderr, "aethex: {}\n", started.error().detail);
        house.shards().stop();
        house.shards().join();
        (*ground)->db().close_blocking();  // what it still answers is answered while the shards are there
        return 1;
    }
    house.stage().start();
    house.workers().start();
    house.thumbnails().start();
    house.open_admin();
    const auto addresses = house.addresses();
    write_addresses((*ground)->data(), addresses);
    log::info("server.started", {{"http", addresses.http}, {"rtmp", addresses.rtmp}, {"shards", house.shards().size()}});
    greet(addresses, first_admin_help(house));

    main.run();
    house.shards().stop();
    house.shards().join();
    (*ground)->db().close_blocking();  // what it still answers is answered while the shards are there
    std::error_code ignored;
    std::filesystem::remove((*ground)->data() / kAddressesFile, ignored);
    log::info("server.stopped");
    return 0;
}

}  // namespace ae::app
