// SQL behind one interface: SQLite and PostgreSQL from the first migration on. A transaction is an ordinary function that runs
// whole on a database thread and can be run again: times and ids are fixed outside; a coroutine never spans one.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "io/task.hpp"

namespace ae::db {

/// One SQL text with a name (for metrics and the schema page). Parameters are `$1`, `$2`, ... on both engines.
struct Query {
    std::string_view name;
    std::string_view sql;
};

/// A column or parameter: NULL, 64-bit integer, text, or bytes. Bools are 0 and 1 in SQLite and `boolean` in PostgreSQL.
class Value {
  public:
    Value() = default;
    Value(std::nullptr_t) {}
    Value(bool value) : data_(value) {}
    template <std::integral I>
        requires(!std::same_as<I, bool>)
    Value(I value) : data_(static_cast<std::int64_t>(value)) {}
    Value(std::string value) : data_(std::move(value)) {}
    Value(std::string_view value) : data_(std::string{value}) {}
    Value(const char* value) : data_(std::string{value}) {}
    Value(Bytes value) : data_(std::move(value)) {}
    Value(BytesView value) : data_(Bytes{value.begin(), value.end()}) {}
    Value(WallTime time) : data_(to_micros(time)) {}
    template <class Tag>
    Value(const Id<Tag>& id) : data_(id.str()) {}
    template <class T>
    Value(const std::optional<T>& value) {
        if (value) *this = Value{*value};
    }
    const auto& data() const { return data_; }

  private:
    std::variant<std::monostate, bool, std::int64_t, std::string, Bytes> data_;
};

/// One row of an answer. Columns are read in order by type; a NULL where the type is not optional throws.
class Row {
  public:
    explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
    std::int64_t integer(std::size_t column) const;
    bool boolean(std::size_t column) const;
    const std::string& text(std::size_t column) const;
    const Bytes& blob(std::size_t column) const;
    WallTime time(std::size_t column) const;
    bool is_null(std::size_t column) const;
    std::optional<std::int64_t> maybe_integer(std::size_t column) const;
    std::optional<std::string> maybe_text(std::size_t column) const;
    std::optional<Bytes> maybe_blob(std::size_t column) const;
    std::optional<WallTime> maybe_time(std::size_t column) const;

  private:
    const Value& at(std::size_t column) const;
    std::vector<Value> values_;
};
using Rows = std::vector<Row>;

/// Inside one transaction, on a database thread. After a statement failed the transaction is over: it rolls back.
class Transaction {
  public:
    virtual ~Transaction() = default;
    /// Runs a statement that answers rows (also RETURNING).
    virtual Rows query(const Query& query, std::span<const Value> parameters) = 0;
    /// Runs a statement; answers how many rows it changed.
    virtual std::int64_t execute(const Query& query, std::span<const Value> parameters) = 0;
    /// Runs several statements without parameters: migrations.
    virtual void script(std::string_view sql) = 0;

    Rows query(const Query& text, std::initializer_list<Value> parameters = {}) {
        return query(text, std::span<const Value>{parameters.begin(), parameters.size()});
    }
    std::int64_t execute(const Query& text, std::initializer_list<Value> parameters = {}) {
        return execute(text, std::span<const Value>{parameters.begin(), parameters.size()});
    }
};

/// A unique constraint was hurt: the caller may turn it into a refusal (`slug_taken`). Everything else is a broken thing and another exception.
class UniqueViolation : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The database cannot be reached in time, or its queue is full: later may be better. Nothing was acknowledged; whether a write that was
/// cut off at its commit is on disk is not known.
class Unavailable : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// One forward step of a room's tables, compiled in from `src/<room>/sql/<UTC time>_<what>.sql`. The four type macros are written
/// {int64}, {text}, {blob}, {bool} in the file.
struct Migration {
    std::string_view room;
    std::string_view version;  // "20261120T0740"
    std::string_view name;
    std::string_view sql;
};

enum class Engine { sqlite, postgres };

/// A database and its threads. It is closed, or destroyed, before the executors of those who wait for it are.
/// What returns is committed, what throws is rolled back. Any thread may call, but a database thread (a work) may not.
class Db {
  public:
    using Work = std::function<void(Transaction&)>;

    virtual ~Db() = default;
    virtual Engine engine() const = 0;

    /// Runs `work` in a transaction while no other process does the same on this database: migrations.
    virtual void run_alone_blocking(Work work) = 0;
    /// Finishes what was submitted and ends the threads; what comes later is refused (`Unavailable`). Destroying it does the same.
    virtual void close_blocking() = 0;

    /// Runs `work` in a transaction that may change things and resumes the caller on its executor after the commit is on disk.
    /// `work` may run more than once (serialisation failures are retried).
    template <class F>
    auto write(F work) -> io::Task<std::invoke_result_t<F, Transaction&>> {
        return run(std::move(work), true);
    }
    /// Runs `work` on a snapshot that changes nothing.
    template <class F>
    auto read(F work) -> io::Task<std::invoke_result_t<F, Transaction&>> {
        return run(std::move(work), false);
    }
    /// The same for callers without an executor (start, command line, tests): blocks the thread.
    template <class F>
    auto write_blocking(F work) -> std::invoke_result_t<F, Transaction&> {
        return run_blocking(std::move(work), true);
    }
    template <class F>
    auto read_blocking(F work) -> std::invoke_result_t<F, Transaction&> {
        return run_blocking(std::move(work), false);
    }

  protected:
    /// Runs `work` on a database thread, then calls `done` there: with null after the commit, or with what was thrown.
    virtual void submit(bool writes, Work work, std::function<void(std::exception_ptr)> done) = 0;

  private:
    template <class F>
    auto run(F work, bool writes) -> io::Task<std::invoke_result_t<F, Transaction&>>;
    template <class F>
    auto run_blocking(F work, bool writes) -> std::invoke_result_t<F, Transaction&>;
};

}  // namespace ae::db

#include "store/db/db_run.hpp"  // the two templates' bodies
