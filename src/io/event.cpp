#include "io/event.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ae::io {

void Event::set() {
    happened_ = true;
    never_.cancel();
}

Task<> Event::wait() {
    // After a cancellation the next `co_await` throws, so the loop ends either way.
    while (!happened_) co_await never_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace ae::io
