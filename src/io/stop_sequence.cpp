#include "io/stop_sequence.hpp"

#include <algorithm>
#include <exception>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/check.hpp"
#include "base/log.hpp"

namespace ae::io {

namespace {

struct Running {
    explicit Running(const asio::any_io_executor& executor) : timer(executor) {}
    std::function<Task<>()> work;
    asio::steady_timer timer;
    asio::cancellation_signal cancel;
    std::exception_ptr failure;
    bool done = false;
};

std::int64_t to_millis(SteadyTime::duration duration) { return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count(); }

/// Unlike `finish_within` it leaves behind what does not end: a stop that waits for ever is none. The work lives in `Running` until then.
Task<bool> ends_by(std::function<Task<>()> work, SteadyTime deadline) {
    const auto executor = co_await asio::this_coro::executor;
    auto running = std::make_shared<Running>(executor);
    running->work = std::move(work);
    running->timer.expires_at(deadline);
    auto ended = [running](std::exception_ptr failure) {
        running->done = true;
        running->failure = failure;
        running->timer.cancel();
    };
    asio::co_spawn(executor, running->work(), asio::bind_cancellation_slot(running->cancel.slot(), std::move(ended)));
    co_await running->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!running->done) running->cancel.emit(asio::cancellation_type::terminal);
    if (running->failure) std::rethrow_exception(running->failure);
    co_return running->done;
}

// Awaited in place by run(), whose steps own the name.
Task<bool> succeeds_by(const std::string& name, std::function<Task<>()> work, SteadyTime deadline) {
    try {
        co_return co_await ends_by(std::move(work), deadline);
    } catch (const std::exception& broken) {
        log::error("stop.step_failed", {{"step", name}, {"what", broken.what()}});
    }
    co_return false;
}

}  // namespace

void StopSequence::step(std::string name, Duration reserve, std::function<Task<>()> work) {
    reserved_ += reserve;
    AE_CHECK(reserved_ <= deadline_, "the steps' reserves are chosen to fit the deadline");
    steps_.push_back({std::move(name), reserve, std::move(work)});
}

Task<StopReport> StopSequence::run() {
    const auto started = std::chrono::steady_clock::now();
    StopReport report;
    auto later = reserved_;
    for (const auto& step : steps_) {
        later -= step.reserve;
        const auto began = std::chrono::steady_clock::now();
        const bool ended = co_await succeeds_by(step.name, step.work, started + deadline_ - later);
        const auto took = to_millis(std::chrono::steady_clock::now() - began);
        if (ended) log::info("stop.step_done", {{"step", step.name}, {"took_ms", took}});
        else log::warn("stop.step_abandoned", {{"step", step.name}, {"took_ms", took}});
        (ended ? report.finished : report.abandoned).push_back(step.name);
    }
    report.took = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - started);
    log::info("stop.done", {{"finished", report.finished.size()}, {"abandoned", report.abandoned.size()}, {"took_ms", to_millis(report.took)}});
    co_return report;
}

}  // namespace ae::io
