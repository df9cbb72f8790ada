#include "store/db/sqlite_db.hpp"

#include <pthread.h>

namespace ae::db {

namespace {

constexpr std::size_t kGroup = 256;
// 4 MB of log: below that a checkpoint moves the same hot pages again and again, far above it readers search long.
constexpr int kCheckpointPages = 1024;
constexpr Duration kIdle = std::chrono::seconds{2};
constexpr Duration kForever = std::chrono::hours{24};
constexpr double kPageBytes = 4096;

std::string sentence_of(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& known) {
        return known.what();
    } catch (...) {
        return "a work threw something of its own as SQLite gave up the transaction";
    }
}

void read_snapshot(SqliteConnection& connection, const Db::Work& work) {
    connection.script("BEGIN");
    SqliteTransaction transaction{connection};
    std::exception_ptr error;
    try {
        work(transaction);
        transaction.throw_failure();
    } catch (...) {
        error = std::current_exception();
    }
    if (connection.in_transaction()) connection.script("ROLLBACK");
    if (error) std::rethrow_exception(error);
}

}  // namespace

SqliteDb::SqliteDb(const std::string& path, std::size_t readers, std::size_t queue_most)
    : writer_(path, SqliteConnection::Role::writer),
      writes_(Engine::sqlite, "write", queue_most),
      reads_(Engine::sqlite, "read", queue_most),
      write_latency_(latency_of(Engine::sqlite, "write")),
      read_latency_(latency_of(Engine::sqlite, "read")),
      commits_(metrics::counter("aethex_db_group_commits_total", "Commits to disk, each for all works that waited (SQLite).")),
      log_bytes_(metrics::gauge("aethex_db_wal_bytes", "Size of SQLite's write-ahead log after the last commit.")) {
    if (path != ":memory:") {
        for (std::size_t i = 0; i < readers; ++i) readers_.push_back(std::make_unique<SqliteConnection>(path, SqliteConnection::Role::reader));
    }
    threads_.emplace_back([this] { write_loop(); });
    for (auto& reader : readers_) threads_.emplace_back([this, &connection = *reader] { read_loop(connection); });
}

SqliteDb::~SqliteDb() { SqliteDb::close_blocking(); }

void SqliteDb::close_blocking() {
    writes_.close();
    reads_.close();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void SqliteDb::submit(bool writes, Work work, std::function<void(std::exception_ptr)> done) {
    auto& queue = writes || readers_.empty() ? writes_ : reads_;
    queue.put(Job{std::move(work), std::move(done), writes});
}

void SqliteDb::run_alone_blocking(Work work) { write_blocking(std::move(work)); }

void SqliteDb::write_loop() {
    pthread_setname_np(pthread_self(), "db-write");
    while (true) {
        auto group = writes_.take(kGroup, writer_.log_pages() > 0 ? kIdle : kForever);
        if (!group.empty()) {
            commit_group(group);
            tend_log();
        } else if (writes_.closed()) {
            return;
        } else {
            writer_.truncate_log();
            log_bytes_.set(writer_.log_pages() * kPageBytes);
        }
    }
}

void SqliteDb::commit_group(std::vector<Job>& group) {
    std::vector<std::exception_ptr> errors(group.size());
    try {
        writer_.script("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < group.size(); ++i) errors[i] = run_in_savepoint(group[i]);
        writer_.script("COMMIT");
    } catch (...) {
        // Disk full or worse: nothing of the group is there, so nobody in it may hear otherwise.
        const auto sentence = sentence_of(std::current_exception());
        if (writer_.in_transaction()) writer_.script("ROLLBACK");
        for (auto& error : errors) {
            if (!error) error = std::make_exception_ptr(std::runtime_error(sentence));
        }
    }
    commits_.add();
    for (std::size_t i = 0; i < group.size(); ++i) finish(group[i], std::move(errors[i]), write_latency_);
}

std::exception_ptr SqliteDb::run_in_savepoint(Job& job) {
    writer_.script("SAVEPOINT work");
    SqliteTransaction transaction{writer_};
    std::exception_ptr error;
    try {
        job.work(transaction);
        transaction.throw_failure();
    } catch (...) {
        error = std::current_exception();
        // SQLite may have given up the whole transaction (disk full, out of memory), and the group's earlier works with it.
        if (!writer_.in_transaction()) throw;
        writer_.script("ROLLBACK TO work");
    }
    writer_.script("RELEASE work");
    return error;
}

void SqliteDb::tend_log() {
    log_bytes_.set(writer_.log_pages() * kPageBytes);
    if (writer_.log_pages() >= kCheckpointPages) writer_.checkpoint();
}

void SqliteDb::read_loop(SqliteConnection& connection) {
    pthread_setname_np(pthread_self(), "db-read");
    while (true) {
        auto taken = reads_.take(1, kForever);
        if (taken.empty()) {
            if (reads_.closed()) return;
            continue;
        }
        std::exception_ptr error;
        try {
            read_snapshot(connection, taken.front().work);
        } catch (...) {
            error = std::current_exception();
        }
        finish(taken.front(), std::move(error), read_latency_);
    }
}

}  // namespace ae::db
