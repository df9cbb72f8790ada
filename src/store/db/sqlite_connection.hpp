// One connection to a SQLite file, with its prepared statements. Used by one thread at a time.
#pragma once

#include <unordered_map>

#include <sqlite3.h>

#include "store/db/engine_transaction.hpp"

namespace ae::db {

class SqliteConnection {
  public:
    enum class Role { writer, reader };

    /// `:memory:` is a database of its own for each connection. Throws when the file cannot be opened as a WAL database.
    SqliteConnection(const std::string& path, Role role);

    Rows query(const Query& query, std::span<const Value> parameters);
    std::int64_t execute(const Query& query, std::span<const Value> parameters);
    void script(const std::string& sql);
    /// False after COMMIT or ROLLBACK, and after an error by which SQLite itself gave the transaction up.
    bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
    /// The pages in the write-ahead log after the last commit of this connection.
    int log_pages() const { return log_pages_; }
    /// Moves what no reader needs from the log into the file, without waiting for anybody.
    void checkpoint();
    /// The same, and cuts the log to nothing if no reader is in it. Answers whether it is empty now.
    bool truncate_log();

  private:
    struct CloseHandle {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    struct CloseStatement {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct Prepared {
        std::string sql;
        std::unique_ptr<sqlite3_stmt, CloseStatement> statement;
        /// SQLite numbers `$n` by first appearance: the index that `$1`, `$2`, ... really have.
        std::vector<int> indices;
    };

    Prepared& prepared(const Query& query);
    sqlite3_stmt* bound(const Query& query, std::span<const Value> parameters);
    [[noreturn]] void fail(std::string_view what) const;

    std::unique_ptr<sqlite3, CloseHandle> handle_;
    std::unordered_map<std::string, Prepared> prepared_;
    int log_pages_ = 0;
};

class SqliteTransaction final : public EngineTransaction {
  public:
    explicit SqliteTransaction(SqliteConnection& connection) : connection_(connection) {}

  private:
    Rows run_query(const Query& query, std::span<const Value> parameters) override { return connection_.query(query, parameters); }
    std::int64_t run_execute(const Query& query, std::span<const Value> parameters) override { return connection_.execute(query, parameters); }
    void run_script(std::string_view sql) override { connection_.script(std::string{sql}); }

    SqliteConnection& connection_;
};

}  // namespace ae::db
