#include "io/suspend.hpp"

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ae::io {

namespace {

/// A suspended caller, and what keeps its loop alive until it goes on.
template <class Handler>
struct Waiting {
    explicit Waiting(Handler from) : handler(std::move(from)), guard(asio::make_work_guard(asio::get_associated_executor(handler))) {}
    Handler handler;
    asio::executor_work_guard<asio::associated_executor_t<Handler>> guard;
};

}  // namespace

Task<> suspend(std::function<void(Resume)> start) {
    auto initiate = [&start](auto&& handler) {
        using Handler = std::decay_t<decltype(handler)>;
        auto waiting = std::make_shared<Waiting<Handler>>(std::forward<decltype(handler)>(handler));
        start([waiting] {
            // The guard travels with the handler: once it is posted, its loop may end and be destroyed before this thread goes on.
            const asio::any_io_executor executor = waiting->guard.get_executor();
            asio::post(executor, [mine = std::move(*waiting)]() mutable { std::move(mine.handler)(); });
        });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, asio::use_awaitable);
}

}  // namespace ae::io
