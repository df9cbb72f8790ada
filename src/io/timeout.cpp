#include "io/timeout.hpp"

#include <exception>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ae::io {

namespace {

struct TimedWork {
    explicit TimedWork(const asio::any_io_executor& executor, Duration limit) : timer(executor, limit) {}
    asio::steady_timer timer;
    asio::cancellation_signal cancel;
    std::exception_ptr failure;
    bool done = false;
};

}  // namespace

Task<> sleep_for(Duration duration) {
    asio::steady_timer timer{co_await asio::this_coro::executor, duration};
    co_await timer.async_wait(asio::use_awaitable);
}

Task<bool> finish_within(Task<> work, Duration limit) {
    const auto executor = co_await asio::this_coro::executor;
    auto timed = std::make_shared<TimedWork>(executor, limit);
    asio::co_spawn(executor, std::move(work), asio::bind_cancellation_slot(timed->cancel.slot(), [timed](std::exception_ptr failure) {
                       timed->done = true;
                       timed->failure = failure;
                       timed->timer.cancel();
                   }));

    // A caller that is cancelled still waits for the work to end, so its own cancellation must not throw meanwhile.
    const bool throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await timed->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    const auto cancelled = (co_await asio::this_coro::cancellation_state).cancelled();
    const bool late = !timed->done && cancelled == asio::cancellation_type::none;
    if (!timed->done) timed->cancel.emit(asio::cancellation_type::terminal);
    timed->timer.expires_at(asio::steady_timer::time_point::max());
    while (!timed->done) co_await timed->timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await asio::this_coro::throw_if_cancelled(throws);

    if (timed->failure && late) co_return false;
    if (timed->failure) std::rethrow_exception(timed->failure);
    co_return true;
}

}  // namespace ae::io
