#include "io/shard.hpp"

#include <algorithm>
#include <csignal>
#include <pthread.h>

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "base/check.hpp"
#include "base/log.hpp"

namespace ae::io {

namespace {

constexpr std::chrono::milliseconds kLatenessEvery{100};

thread_local Shard* running_shard = nullptr;

/// Signals go to the main thread, which knows what to do with them.
void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Shard::Shard(std::size_t index)
    : index_(index),
      lateness_(metrics::histogram("aethex_io_loop_lateness_seconds", "How much later than due a timer ran on a shard.", metrics::latency_bounds(),
                                   {{"shard", std::to_string(index)}})) {}

Shard::~Shard() = default;

Shard* Shard::current() { return running_shard; }

void Shard::post(std::function<void()> work) { asio::post(context_, std::move(work)); }

void Shard::run() {
    running_shard = this;
    watch_lateness();
    while (!context_.stopped()) {
        try {
            context_.run();
        } catch (const std::exception& broken) {
            // One handler's accident must not end the broadcasts beside it.
            static auto& thrown = metrics::counter("aethex_io_handlers_thrown_total", "Exceptions that left a handler.");
            thrown.add();
            log::error("io.handler_threw", {{"shard", index_}, {"what", broken.what()}});
        }
    }
    running_shard = nullptr;
}

void Shard::watch_lateness() {
    lateness_timer_.expires_after(kLatenessEvery);
    lateness_timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        const std::chrono::duration<double> late = std::chrono::steady_clock::now() - lateness_timer_.expiry();
        lateness_.observe(std::max(0.0, late.count()));
        watch_lateness();
    });
}

Shards::Shards(std::size_t count) {
    if (count == 0) count = std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < count; ++i) shards_.push_back(std::make_unique<Shard>(i));
}

Shards::~Shards() {
    stop();
    join();
}

Shard& Shards::home_of(std::string_view name) {
    // FNV-1a: short names, no attacker gains by choosing a shard.
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    return *shards_[hash % shards_.size()];
}

void Shards::start() {
    AE_CHECK(threads_.empty(), "the program starts its shards once");
    for (auto& shard : shards_) {
        threads_.emplace_back([&shard = *shard] {
            block_signals();
            pthread_setname_np(pthread_self(), fmt::format("shard-{}", shard.index()).c_str());
            shard.run();
        });
    }
}

void Shards::stop() {
    for (auto& shard : shards_) shard->context().stop();
}

void Shards::join() {
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

}  // namespace ae::io
