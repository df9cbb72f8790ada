// A coroutine from a plain function: for the command line and for tests.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

#include "io/answer.hpp"
#include "io/task.hpp"

namespace ae::io {

/// Runs the task on a loop of its own until nothing is left to do on it, in this thread; throws what the task threw.
void run_loop_blocking(Task<> work);

/// The same with a result: `run_blocking(fetch())`.
template <class T>
T run_blocking(Task<T> work) {
    auto answer = std::make_shared<Answer<T>>();
    run_loop_blocking(run_into(std::move(work), answer));
    if constexpr (!std::is_void_v<T>) return std::move(*answer->value);
}

}  // namespace ae::io
