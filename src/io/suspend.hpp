// Waiting for something outside of Asio: another thread, a foreign library.
#pragma once

#include <functional>

#include "io/task.hpp"

namespace ae::io {

/// Lets one suspended coroutine go on, on its own executor. Call it once, from any thread. That executor's loop stays alive until then.
using Resume = std::function<void()>;

/// Suspends the caller and hands its `Resume` to `start`, which runs at once. It cannot be cancelled: what was started always ends.
Task<> suspend(std::function<void(Resume)> start);

}  // namespace ae::io
