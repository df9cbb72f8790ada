#include "io/blocking_pool.hpp"

#include "base/check.hpp"
#include "io/suspend.hpp"
#include "io/thread.hpp"

namespace ae::io {

BlockingPool::BlockingPool(std::string name, std::size_t threads, std::size_t most_waiting)
    : name_(std::move(name)),
      most_waiting_(most_waiting),
      depth_(metrics::gauge("aethex_pool_queue_depth", "Work that waits for a thread of a blocking pool.", {{"pool", name_}})),
      refused_(metrics::counter("aethex_pool_refused_total", "Work that a blocking pool refused because its queue was full.", {{"pool", name_}})),
      waited_(metrics::histogram("aethex_pool_wait_seconds", "How long work waited for a thread of a blocking pool.", metrics::latency_bounds(),
                                 {{"pool", name_}})),
      ran_(metrics::histogram("aethex_pool_run_seconds", "How long work ran on a blocking pool.", metrics::latency_bounds(), {{"pool", name_}})) {
    AE_CHECK(threads > 0, "a pool is made with at least one thread");
    for (std::size_t i = 0; i < threads; ++i) threads_.push_back(start_thread(name_, [this] { work(); }));
}

BlockingPool::~BlockingPool() { stop_blocking(); }

Result<void> BlockingPool::refusal() const {
    if (stopping_) return Error{Errc::unavailable, "pool_stopped", "The server is stopping."};
    if (jobs_.size() >= most_waiting_) return Error{Errc::unavailable, "pool_full", "The server is busy; try again soon."};
    return {};
}

Task<Result<void>> BlockingPool::run_body(std::function<void()> body) {
    Result<void> accepted;
    std::function<void(Resume)> start = [this, &accepted, &body](const Resume& resume) {
        {
            const std::lock_guard alone{mutex_};
            accepted = refusal();
            if (accepted) {
                jobs_.push_back({std::move(body), resume, std::chrono::steady_clock::now()});
                depth_.set(static_cast<double>(jobs_.size()));
            }
        }
        if (accepted) return changed_.notify_one();
        refused_.add();
        resume();
    };
    co_await suspend(std::move(start));
    co_return accepted;
}

void BlockingPool::work() {
    std::unique_lock alone{mutex_};
    while (true) {
        changed_.wait(alone, [this] { return stopping_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        depth_.set(static_cast<double>(jobs_.size()));
        alone.unlock();

        const auto started = std::chrono::steady_clock::now();
        waited_.observe(std::chrono::duration<double>(started - job.queued).count());
        job.body();
        ran_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
        // What the body owns goes before the caller does.
        job.body = {};
        job.resume();
        job = {};
        alone.lock();
    }
}

void BlockingPool::stop_blocking() {
    {
        const std::lock_guard alone{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

std::size_t BlockingPool::waiting() const {
    const std::lock_guard alone{mutex_};
    return jobs_.size();
}

}  // namespace ae::io
