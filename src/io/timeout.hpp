// Every wait has an end: sleeping, and running a task for so long and no longer.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "io/answer.hpp"
#include "io/task.hpp"

namespace ae::io {

/// Throws `operation_aborted` when the caller is cancelled.
Task<> sleep_for(Duration duration);

/// Whether `work` ended by itself within `limit`. After that it is cancelled, and waited for: work that ignores cancellation (in a
/// blocking pool, on another shard) is not left behind. What `work` throws in time is thrown here.
Task<bool> finish_within(Task<> work, Duration limit);

template <class T>
struct TimedResult {
    using Type = Result<T>;
};
template <class T>
struct TimedResult<Result<T>> {
    using Type = Result<T>;
};

/// The result of `work`, or the refusal `timed_out` (unavailable) after `limit`, as in `finish_within`.
template <class T>
Task<typename TimedResult<T>::Type> with_timeout(Task<T> work, Duration limit) {
    auto answer = std::make_shared<Answer<T>>();
    auto collected = run_into(std::move(work), answer);
    if (!co_await finish_within(std::move(collected), limit)) co_return Error{Errc::unavailable, "timed_out", "It took too long; try again."};
    if constexpr (std::is_void_v<T>) {
        co_return Result<void>{};
    } else {
        co_return std::move(*answer->value);
    }
}

}  // namespace ae::io
