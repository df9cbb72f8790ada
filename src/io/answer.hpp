// Where a coroutine that runs elsewhere puts its result: the type needs no default, and outlives a caller that went away.
#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "io/task.hpp"

namespace ae::io {

template <class T>
struct Answer {
    std::optional<T> value;
};
template <>
struct Answer<void> {};

template <class T>
Task<> run_into(Task<T> work, std::shared_ptr<Answer<T>> answer) {
    if constexpr (std::is_void_v<T>) {
        co_await std::move(work);
    } else {
        answer->value.emplace(co_await std::move(work));
    }
}

}  // namespace ae::io
