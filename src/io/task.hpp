// Coroutines: for requests in progress, publishers and jobs. What is idle is a plain object, not a coroutine.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace ae::io {

namespace asio = boost::asio;

template <class T = void>
using Task = asio::awaitable<T>;

}  // namespace ae::io
