// How a work's answer travels: kept in a state that several own, filled on a database thread, read by the caller after the commit.
#pragma once

#include <condition_variable>
#include <mutex>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "store/db/db.hpp"

namespace ae::db {

namespace detail {

/// A work and its answer. A work that is run again replaces its answer.
template <class F>
struct Errand {
    using Answer = std::invoke_result_t<F, Transaction&>;

    explicit Errand(F function) : work(std::move(function)) {}
    void run(Transaction& transaction) {
        if constexpr (std::is_void_v<Answer>) {
            work(transaction);
        } else {
            answer.emplace(work(transaction));
        }
    }

    F work;
    std::optional<std::conditional_t<std::is_void_v<Answer>, std::monostate, Answer>> answer = {};
};

/// A suspended caller, and the guard that keeps its loop alive while a database thread holds it.
template <class Handler>
struct Waiting {
    explicit Waiting(Handler suspended) : handler(std::move(suspended)), loop(io::asio::get_associated_executor(handler)) {}

    Handler handler;
    io::asio::executor_work_guard<io::asio::associated_executor_t<Handler>> loop;
};

/// Where a blocked caller waits. What was thrown is handed over, not shared: the database thread keeps no hold on it.
class Doorbell {
  public:
    void ring(std::exception_ptr error) {
        const std::lock_guard lock{mutex_};
        error_ = std::move(error);
        rung_ = true;
        changed_.notify_one();
    }
    void wait() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return rung_; });
        if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::exception_ptr error_;
    bool rung_ = false;
};

}  // namespace detail

template <class F>
auto Db::run(F work, bool writes) -> io::Task<std::invoke_result_t<F, Transaction&>> {
    auto errand = std::make_shared<detail::Errand<F>>(std::move(work));
    Work job = [errand](Transaction& transaction) { errand->run(transaction); };
    auto begin = [this, writes](auto handler, Work task) {
        auto waiting = std::make_shared<detail::Waiting<decltype(handler)>>(std::move(handler));
        submit(writes, std::move(task), [waiting](std::exception_ptr error) {
            // Everything of the caller's leaves with this: what stayed here could outlive the caller's loop by a moment.
            auto executor = waiting->loop.get_executor();
            io::asio::post(executor, [mine = std::move(*waiting), error = std::move(error)]() mutable { std::move(mine.handler)(std::move(error)); });
        });
    };
    co_await io::asio::async_initiate<const io::asio::use_awaitable_t<>&, void(std::exception_ptr)>(begin, io::asio::use_awaitable, std::move(job));
    if constexpr (!std::is_void_v<std::invoke_result_t<F, Transaction&>>) co_return std::move(*errand->answer);
}

template <class F>
auto Db::run_blocking(F work, bool writes) -> std::invoke_result_t<F, Transaction&> {
    auto errand = std::make_shared<detail::Errand<F>>(std::move(work));
    auto bell = std::make_shared<detail::Doorbell>();
    submit(
        writes, [errand](Transaction& transaction) { errand->run(transaction); }, [bell](std::exception_ptr error) { bell->ring(std::move(error)); });
    bell->wait();
    if constexpr (!std::is_void_v<std::invoke_result_t<F, Transaction&>>) return std::move(*errand->answer);
}

}  // namespace ae::db
