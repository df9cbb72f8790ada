#include "store/db/postgres_db.hpp"

#include <pthread.h>

#include <fmt/format.h>

#include "base/log.hpp"

namespace ae::db {

namespace {

constexpr Duration kBetweenConnects = std::chrono::milliseconds{200};
constexpr Duration kForever = std::chrono::hours{24};
// Twenty turns of growing length are some seconds: who still loses then meets a design that makes everybody write one row.
constexpr int kMostRuns = 20;
constexpr std::size_t kReadsTogether = 8;
constexpr const char* kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// `aeTh`, for advisory locks.
constexpr std::int64_t kMigrationLock = 0x61655468;

template <class E>
bool holds(const std::exception_ptr& error) {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const E&) {
        return true;
    } catch (...) {
        return false;
    }
}

void commit(PostgresConnection& connection, bool writes) {
    try {
        connection.script("COMMIT");
    } catch (const ConnectionLost&) {
        if (!writes) throw;
        // The server may have committed and died before it said so: to run it again could do it twice.
        throw Unavailable("the connection to PostgreSQL was lost while it committed");
    }
}

void run_once(PostgresConnection& connection, const Db::Work& work, bool writes) {
    connection.script(writes ? "BEGIN ISOLATION LEVEL SERIALIZABLE" : kBeginRead);
    PostgresTransaction transaction{connection};
    try {
        work(transaction);
        transaction.throw_failure();
    } catch (...) {
        // A work may turn a statement's failure into a word of its own; whether to run it again, the statement's failure decides.
        const auto& failure = transaction.failure();
        const auto error = holds<SerializationFailure>(failure) || holds<ConnectionLost>(failure) ? failure : std::current_exception();
        if (!connection.lost()) connection.script("ROLLBACK");
        std::rethrow_exception(error);
    }
    commit(connection, writes);
}

}  // namespace

/// One thread's place: its connection, and when it last asked for one.
class PostgresDb::Seat {
  public:
    Seat(const DbConfig& config, std::size_t index) : config_(config), index_(index) {}

    PostgresConnection& connected() {
        if (connection_ && !connection_->lost()) return *connection_;
        connection_.reset();
        std::this_thread::sleep_until(next_connect_);
        next_connect_ = std::chrono::steady_clock::now() + kBetweenConnects;
        connection_.emplace(config_.url, config_.statement_timeout);
        return *connection_;
    }
    /// The seats wait for different times, so that two that met do not meet again.
    void step_aside(int runs) const { std::this_thread::sleep_for(std::chrono::milliseconds{runs * (1 + static_cast<int>(index_))}); }

  private:
    const DbConfig& config_;
    std::size_t index_;
    std::optional<PostgresConnection> connection_;
    SteadyTime next_connect_{};
};

PostgresDb::PostgresDb(const DbConfig& config)
    : config_(config),
      jobs_(Engine::postgres, "any", static_cast<std::size_t>(config.queue)),
      latency_(latency_of(Engine::postgres, "any")),
      retries_(metrics::counter("aethex_db_retries_total", "Transactions run again because two could not both be right (PostgreSQL).")),
      losses_(metrics::counter("aethex_db_connections_lost_total", "Connections to PostgreSQL that failed or could not be made.")) {
    const PostgresConnection probe{config_.url, config_.statement_timeout};
    for (std::size_t i = 0; i < static_cast<std::size_t>(config_.connections); ++i) threads_.emplace_back([this, i] { serve(i); });
}

PostgresDb::~PostgresDb() { PostgresDb::close_blocking(); }

void PostgresDb::close_blocking() {
    jobs_.close();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void PostgresDb::submit(bool writes, Work work, std::function<void(std::exception_ptr)> done) {
    jobs_.put(Job{std::move(work), std::move(done), writes});
}

void PostgresDb::run_alone_blocking(Work work) {
    // The lock is taken before the transaction begins: a snapshot taken before waiting would not see what the other process did. It goes with
    // the connection.
    PostgresConnection connection{config_.url, Duration{0}};
    connection.script(fmt::format("SELECT pg_advisory_lock({})", kMigrationLock));
    run_once(connection, work, true);
}

void PostgresDb::serve(std::size_t index) {
    pthread_setname_np(pthread_self(), "db-postgres");
    Seat seat{config_, index};
    while (true) {
        auto taken = jobs_.take(1, kForever);
        if (taken.empty()) {
            if (jobs_.closed()) return;
            continue;
        }
        if (!taken.front().writes) {
            for (auto& read : jobs_.take_reads(kReadsTogether - 1)) taken.push_back(std::move(read));
        }
        if (taken.size() > 1) run_reads(seat, taken);
        else finish(taken.front(), run_job(seat, taken.front()), latency_);
    }
}

void PostgresDb::run_reads(Seat& seat, std::vector<Job>& reads) {
    std::size_t answered = 0;
    try {
        auto& connection = seat.connected();
        connection.script(kBeginRead);
        while (answered < reads.size() && answer_read(connection, reads[answered])) ++answered;
        if (!connection.lost()) connection.script(answered == reads.size() ? "COMMIT" : "ROLLBACK");
    } catch (const ConnectionLost&) {
        // Those without an answer ask again below, where losses are counted and waiting has its end.
    }
    for (; answered < reads.size(); ++answered) finish(reads[answered], run_job(seat, reads[answered]), latency_);
}

bool PostgresDb::answer_read(PostgresConnection& connection, Job& read) {
    PostgresTransaction transaction{connection};
    std::exception_ptr error;
    try {
        read.work(transaction);
    } catch (...) {
        error = std::current_exception();
    }
    if (transaction.failure()) return false;
    finish(read, std::move(error), latency_);
    return true;
}

std::exception_ptr PostgresDb::run_job(Seat& seat, const Job& job) {
    const auto deadline = std::chrono::steady_clock::now() + config_.give_up;
    for (int runs = 1;; ++runs) {
        try {
            run_once(seat.connected(), job.work, job.writes);
            return nullptr;
        } catch (const SerializationFailure&) {
            retries_.add();
            if (runs >= kMostRuns) return std::current_exception();
        } catch (const ConnectionLost& lost) {
            losses_.add();
            if (runs == 1) log::warn("db.connection_lost", {{"because", lost.what()}});
            const bool over = jobs_.closed() || std::chrono::steady_clock::now() >= deadline;
            if (over) return std::make_exception_ptr(Unavailable(lost.what()));
        } catch (...) {
            return std::current_exception();
        }
        seat.step_aside(runs);
    }
}

}  // namespace ae::db
