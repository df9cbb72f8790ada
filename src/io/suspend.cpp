#include "io/suspend.hpp"

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ae::io {

Task<> suspend(std::function<void(Resume)> start) {
    auto initiate = [&start](auto&& handler) {
        using Handler = std::decay_t<decltype(handler)>;
        const asio::any_io_executor executor = asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked);
        auto waiting = std::make_shared<Handler>(std::forward<decltype(handler)>(handler));
        start([waiting, executor] { asio::post(executor, std::move(*waiting)); });
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, asio::use_awaitable);
}

}  // namespace ae::io
