// SQLite behind the interface: one thread that writes and commits for many at once, and a few that read.
#pragma once

#include <thread>

#include "store/db/job_queue.hpp"
#include "store/db/sqlite_connection.hpp"

namespace ae::db {

/// The writer takes all works that wait, runs each in a savepoint of one transaction, commits once, and then tells all: under load a
/// commit to disk is shared, at rest nobody waits for company. The process is the only one that writes the file (`DataDir` holds the lock).
class SqliteDb final : public Db {
  public:
    /// `:memory:` has no readers: its one connection does everything.
    SqliteDb(const std::string& path, std::size_t readers, std::size_t queue_most);
    ~SqliteDb() override;

    Engine engine() const override { return Engine::sqlite; }
    void run_alone_blocking(Work work) override;
    void close_blocking() override;

  private:
    void submit(bool writes, Work work, std::function<void(std::exception_ptr)> done) override;
    void write_loop();
    void read_loop(SqliteConnection& connection);
    void commit_group(std::vector<Job>& group);
    std::exception_ptr run_in_savepoint(Job& job);
    void tend_log();

    SqliteConnection writer_;
    std::vector<std::unique_ptr<SqliteConnection>> readers_;
    JobQueue writes_, reads_;
    metrics::Histogram& write_latency_;
    metrics::Histogram& read_latency_;
    metrics::Counter& commits_;
    metrics::Gauge& log_bytes_;
    std::vector<std::thread> threads_;
};

}  // namespace ae::db
