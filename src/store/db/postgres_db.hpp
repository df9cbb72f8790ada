// PostgreSQL behind the interface: a few connections, each with a thread of its own.
#pragma once

#include <thread>

#include "store/db/job_queue.hpp"
#include "store/db/open.hpp"
#include "store/db/postgres_connection.hpp"

namespace ae::db {

/// Writes are SERIALIZABLE and run again when the server says that two cannot both be right; reads see one snapshot. A connection that went
/// away is made again, at most five times a second for each thread; what was not yet at its commit is run again on the new one.
class PostgresDb final : public Db {
  public:
    /// Throws when the first connection does not stand.
    explicit PostgresDb(const DbConfig& config);
    ~PostgresDb() override;

    Engine engine() const override { return Engine::postgres; }
    void run_alone_blocking(Work work) override;
    void close_blocking() override;

  private:
    class Seat;

    void submit(bool writes, Work work, std::function<void(std::exception_ptr)> done) override;
    void serve(std::size_t index);
    /// Reads that waited together share one snapshot, and with it the two round trips that begin and end it (measured in bench/README.md: a
    /// channel by its slug costs half). One that fails fails alone: it and those behind it run again by themselves.
    void run_reads(Seat& seat, std::vector<Job>& reads);
    bool answer_read(PostgresConnection& connection, Job& read);
    /// What the caller is told; null after the commit.
    std::exception_ptr run_job(Seat& seat, const Job& job);

    DbConfig config_;
    JobQueue jobs_;
    metrics::Histogram& latency_;
    metrics::Counter& retries_;
    metrics::Counter& losses_;
    std::vector<std::thread> threads_;
};

}  // namespace ae::db
