#include "io/shard.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <boost/asio/post.hpp>

#include "base/check.hpp"
#include "base/log.hpp"
#include "io/suspend.hpp"
#include "io/thread.hpp"

namespace ae::io {

namespace {

constexpr std::chrono::milliseconds kLatenessEvery{100};
constexpr std::size_t kTimersPerHandler = 64;

thread_local Shard* running_shard = nullptr;

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

void Shard::arm(WheelTimer& timer, Duration after) {
    wheel_.arm(timer, std::chrono::steady_clock::now() + after);
    wake_wheel();
}

void Shard::wake_wheel() {
    const auto next = wheel_.next_due();
    // Waking early is harmless, so a timer that moved away leaves the alarm where it is.
    if (!next || *next >= wheel_wakes_) return;
    wheel_wakes_ = *next;
    wheel_timer_.expires_at(*next);
    wheel_timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        wheel_wakes_ = SteadyTime::max();
        // A callback that throws must not stop the clock for the others.
        const auto again = [this](void*) { wake_wheel(); };
        const std::unique_ptr<void, decltype(again)> at_the_end{this, again};
        wheel_.run_due(std::chrono::steady_clock::now(), kTimersPerHandler);
    });
}

Task<> run_elsewhere(asio::any_io_executor executor, Task<> work) {
    // Not `co_spawn(..., use_awaitable)`: that one lets a cancellation of the caller race with the end of the work.
    auto failure = std::make_shared<std::exception_ptr>();
    auto shared_work = std::make_shared<Task<>>(std::move(work));
    std::function<void(Resume)> start = [executor, shared_work, failure](Resume resume) {
        asio::co_spawn(executor, std::move(*shared_work), [failure, resume = std::move(resume)](std::exception_ptr thrown) {
            *failure = thrown;
            resume();
        });
    };
    co_await suspend(std::move(start));
    if (*failure) std::rethrow_exception(*failure);
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
        threads_.push_back(start_thread(fmt::format("shard-{}", shard->index()), [&shard = *shard] { shard.run(); }));
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
