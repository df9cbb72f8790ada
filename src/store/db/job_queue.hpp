// The way from callers to database threads: a bounded queue of works.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "base/metrics.hpp"
#include "store/db/db.hpp"

namespace ae::db {

/// A work and whom to tell. `done` is called once, on the thread that ran it.
struct Job {
    Db::Work work;
    std::function<void(std::exception_ptr)> done;
    bool writes = true;
    SteadyTime since = std::chrono::steady_clock::now();
};

/// Many put, many take. A job that finds the queue full is told so at once (`Unavailable`) and counted: waiting longer would only move the
/// queue to a place that nobody watches.
class JobQueue {
  public:
    JobQueue(Engine engine, std::string_view kind, std::size_t most);
    void put(Job job);
    /// Waits for jobs and takes up to `most`. Empty when `wait` is over, or when the queue is closed and everything was taken.
    std::vector<Job> take(std::size_t most, Duration wait);
    /// The reads at the front, at most so many; waits for nothing.
    std::vector<Job> take_reads(std::size_t most);
    /// Nothing more is put; what is in it is still taken.
    void close();
    bool closed() const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::deque<Job> jobs_;
    bool closed_ = false;
    std::size_t most_;
    metrics::Gauge& depth_;
    metrics::Counter& refused_;
};

/// Tells the caller and counts how long it took since it asked. The error is handed over: it is called outside the `catch` that caught it.
void finish(Job& job, std::exception_ptr error, metrics::Histogram& latency);
/// `aethex_db_seconds{engine, kind}`.
metrics::Histogram& latency_of(Engine engine, std::string_view kind);

}  // namespace ae::db
