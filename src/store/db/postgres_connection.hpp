// One connection to PostgreSQL, with its prepared statements. Used by one thread at a time.
#pragma once

#include <map>
#include <unordered_map>

#include <libpq-fe.h>

#include "base/secret.hpp"
#include "store/db/engine_transaction.hpp"

namespace ae::db {

/// The connection is gone, or the server did not answer in time; what ran in it is rolled back, unless it was the commit.
class ConnectionLost : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Two transactions cannot both be right (SQLSTATE 40001, 40P01): this one is to be run again.
class SerializationFailure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

class PostgresConnection {
  public:
    /// Zero: statements may take as long as they need. Throws `ConnectionLost` when no connection stands within five seconds.
    PostgresConnection(const Secret& url, Duration statement_timeout);

    Rows query(const Query& query, std::span<const Value> parameters);
    std::int64_t execute(const Query& query, std::span<const Value> parameters);
    /// One or more statements without parameters.
    void script(const std::string& sql);
    bool lost() const { return PQstatus(handle_.get()) != CONNECTION_OK; }

  private:
    struct CloseHandle {
        void operator()(PGconn* handle) const { PQfinish(handle); }
    };
    struct ClearResult {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    struct Prepared {
        std::string sql;
        /// What the server calls it, by the types of its parameters.
        std::map<std::string, std::string> by_types;
    };
    using Result = std::unique_ptr<PGresult, ClearResult>;

    const std::string& prepared(const Query& query, std::span<const Value> parameters);
    Result run(const Query& query, std::span<const Value> parameters);
    Result answer(bool sent, std::string_view what);
    void await_bytes(std::string_view what, SteadyTime deadline);
    Result refuse_failure(Result result, std::string_view what);
    [[noreturn]] void lose(std::string_view what);

    std::unique_ptr<PGconn, CloseHandle> handle_;
    std::unordered_map<std::string, Prepared> prepared_;
    int statements_ = 0;
    Duration patience_;
};

class PostgresTransaction final : public EngineTransaction {
  public:
    explicit PostgresTransaction(PostgresConnection& connection) : connection_(connection) {}

  private:
    Rows run_query(const Query& query, std::span<const Value> parameters) override { return connection_.query(query, parameters); }
    std::int64_t run_execute(const Query& query, std::span<const Value> parameters) override { return connection_.execute(query, parameters); }
    void run_script(std::string_view sql) override { connection_.script(std::string{sql}); }

    PostgresConnection& connection_;
};

}  // namespace ae::db
