// A named pool of threads for work that blocks: databases, files, password hashes. Its queue has a bound.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "io/answer.hpp"
#include "io/task.hpp"
#include "io/timeout.hpp"

namespace ae::io {

class BlockingPool {
  public:
    /// `name` is a word from a small closed set: it labels metrics and names the threads.
    BlockingPool(std::string name, std::size_t threads, std::size_t most_waiting);
    /// Stops. Destroy it before the shards whose coroutines wait for it.
    ~BlockingPool();
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;

    /// Runs `work()` on one of the threads and resumes the caller on its own executor with what it answered (a `Result` stays one). Refuses
    /// `pool_full` and `pool_stopped` (unavailable). What `work` throws is thrown here. Once started it is not interrupted.
    template <class Work>
    auto run(Work work) -> Task<typename TimedResult<std::invoke_result_t<Work&>>::Type> {
        using T = std::invoke_result_t<Work&>;
        struct Call {
            explicit Call(Work&& what) : work(std::move(what)) {}
            Work work;
            Answer<T> answer;
            std::exception_ptr failure;
        };
        auto call = std::make_shared<Call>(std::move(work));
        std::function<void()> body = [call]() noexcept {
            try {
                if constexpr (std::is_void_v<T>) call->work();
                else call->answer.value.emplace(call->work());
            } catch (...) {
                call->failure = std::current_exception();
            }
        };
        auto ran = co_await run_body(std::move(body));
        if (!ran) co_return ran.error();
        if (call->failure) std::rethrow_exception(call->failure);
        if constexpr (std::is_void_v<T>) co_return Result<void>{};
        else co_return std::move(*call->answer.value);
    }

    /// Takes no more work, runs what is queued, and returns when the threads have ended. Blocks.
    void stop_blocking();
    std::size_t waiting() const;

  private:
    struct Job {
        std::function<void()> body;
        std::function<void()> resume;
        SteadyTime queued;
    };

    Task<Result<void>> run_body(std::function<void()> body);
    Result<void> refusal() const;
    void work();

    std::string name_;
    std::size_t most_waiting_;
    metrics::Gauge& depth_;
    metrics::Counter& refused_;
    metrics::Histogram& waited_;
    metrics::Histogram& ran_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace ae::io
