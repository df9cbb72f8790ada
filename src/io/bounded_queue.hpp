// A channel between coroutines of one shard with a bound, and a policy for when it is full: who loses is written down and counted.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/metrics.hpp"
#include "io/task.hpp"

namespace ae::io {

enum class WhenFull { refuse_new, drop_oldest };

/// Used on one shard only; from another one, post to it.
template <class T>
class BoundedQueue {
  public:
    /// `lost` counts what was refused or dropped; it lives for ever, as metrics do.
    BoundedQueue(const asio::any_io_executor& executor, std::size_t bound, WhenFull when_full, metrics::Counter& lost)
        : bound_(bound), when_full_(when_full), lost_(lost), changed_(executor, asio::steady_timer::time_point::max()) {}
    BoundedQueue(const BoundedQueue&) = delete;
    BoundedQueue& operator=(const BoundedQueue&) = delete;

    /// Whether the item is in. After `close`, never.
    bool push(T item) {
        if (closed_) return false;
        if (items_.size() >= bound_) {
            lost_.add();
            if (when_full_ == WhenFull::refuse_new || items_.empty()) return false;
            items_.pop_front();
        }
        items_.push_back(std::move(item));
        changed_.cancel_one();
        return true;
    }

    std::optional<T> try_pop() {
        if (items_.empty()) return std::nullopt;
        std::optional<T> item{std::move(items_.front())};
        items_.pop_front();
        return item;
    }

    /// The oldest item, as soon as there is one; nullopt when the queue is closed and empty.
    Task<std::optional<T>> pop() {
        while (items_.empty() && !closed_) co_await changed_.async_wait(asio::as_tuple(asio::use_awaitable));
        // A waiter that was woken for an item another one took in between waits again; the one that takes leaves the rest a sign.
        auto item = try_pop();
        if (!items_.empty()) changed_.cancel_one();
        co_return item;
    }

    /// Takes no more; readers get what is in it and then the end.
    void close() {
        closed_ = true;
        changed_.cancel();
    }

    std::size_t size() const { return items_.size(); }
    bool closed() const { return closed_; }

  private:
    std::size_t bound_;
    WhenFull when_full_;
    metrics::Counter& lost_;
    std::deque<T> items_;
    // Waiting is waiting on a timer that never ends by itself.
    asio::steady_timer changed_;
    bool closed_ = false;
};

}  // namespace ae::io
