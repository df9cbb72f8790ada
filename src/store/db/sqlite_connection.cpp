#include "store/db/sqlite_connection.hpp"

#include <fmt/format.h>

namespace ae::db {

namespace {

// What every connection is told. Debian builds SQLite with secure_delete on and without lookaside: the first costs writes that nobody asked
// for, the second every small allocation. Checkpoints are the writer's alone: SQLite 3.40 can lose a commit when two connections race to
// write and to restart the log.
constexpr const char* kEverybody = R"sql(
    PRAGMA busy_timeout = 5000;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA wal_autocheckpoint = 0;)sql";
// FULL: in WAL mode NORMAL may lose the last commits when power goes, and an acknowledgement says that it will not.
constexpr const char* kWriter = "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864;";
constexpr const char* kReader = "PRAGMA query_only = ON; PRAGMA cache_size = -8192;";
constexpr int kLookasideSlotBytes = 1200, kLookasideSlots = 100;

bool is_unique_violation(int extended_code) {
    return extended_code == SQLITE_CONSTRAINT_UNIQUE || extended_code == SQLITE_CONSTRAINT_PRIMARYKEY || extended_code == SQLITE_CONSTRAINT_ROWID;
}

struct Bind {
    sqlite3_stmt* statement;
    int index;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(bool value) const { return sqlite3_bind_int64(statement, index, value ? 1 : 0); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    // The parameters outlive the statement's run, and `Reset` forgets them: no copy is needed.
    int operator()(const std::string& value) const {
        return sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Bytes& value) const {
        if (value.empty()) return sqlite3_bind_zeroblob(statement, index, 0);  // a null pointer would bind NULL
        return sqlite3_bind_blob64(statement, index, value.data(), value.size(), SQLITE_STATIC);
    }
};

Value column_of(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: return {};
        case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return std::string{text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
            return Bytes(bytes, bytes + sqlite3_column_bytes(statement, column));
        }
        default: throw std::logic_error(fmt::format("column {} is a floating point number: cast it", sqlite3_column_name(statement, column)));
    }
}

/// A statement left unfinished would keep its read lock, and the log would grow.
class Reset {
  public:
    explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;
    ~Reset() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

  private:
    sqlite3_stmt* statement_;
};

}  // namespace

SqliteConnection::SqliteConnection(const std::string& path, Role role) {
    const int mode = role == Role::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &raw, mode | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(raw);
    if (opened != SQLITE_OK) fail(fmt::format("cannot open {}", path));
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_LOOKASIDE, nullptr, kLookasideSlotBytes, kLookasideSlots);
    script(kEverybody);
    script(role == Role::writer ? kWriter : kReader);
    if (role == Role::reader) return;

    const auto mode_now = query({"db.journal_mode", "PRAGMA journal_mode = WAL"}, {});
    if (path != ":memory:" && mode_now.at(0).text(0) != "wal") {
        throw std::runtime_error(fmt::format("{} is on a file system that cannot hold a write-ahead log (a network folder?)", path));
    }
    sqlite3_wal_hook(
        raw,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
}

void SqliteConnection::fail(std::string_view what) const {
    const auto sentence = fmt::format("{}: {}", what, sqlite3_errmsg(handle_.get()));
    if (is_unique_violation(sqlite3_extended_errcode(handle_.get()))) throw UniqueViolation(sentence);
    throw std::runtime_error(sentence);
}

SqliteConnection::Prepared& SqliteConnection::prepared(const Query& query) {
    const auto known = prepared_.find(std::string{query.name});
    if (known != prepared_.end()) {
        if (known->second.sql != query.sql) throw std::logic_error(fmt::format("two SQL texts are called {}", query.name));
        return known->second;
    }
    Prepared made{std::string{query.sql}, nullptr, {}};
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(handle_.get(), query.sql.data(), static_cast<int>(query.sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr) !=
        SQLITE_OK) {
        fail(query.name);
    }
    made.statement.reset(raw);
    const int count = sqlite3_bind_parameter_count(raw);
    for (int number = 1; number <= count; ++number) {
        made.indices.push_back(sqlite3_bind_parameter_index(raw, fmt::format("${}", number).c_str()));
        if (made.indices.back() == 0) throw std::logic_error(fmt::format("{} has {} parameters, and none is called ${}", query.name, count, number));
    }
    return prepared_.emplace(std::string{query.name}, std::move(made)).first->second;
}

sqlite3_stmt* SqliteConnection::bound(const Query& query, std::span<const Value> parameters) {
    auto& [sql, statement, indices] = prepared(query);
    if (indices.size() != parameters.size()) {
        throw std::logic_error(fmt::format("{} has {} parameters and was given {}", query.name, indices.size(), parameters.size()));
    }
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (std::visit(Bind{statement.get(), indices[i]}, parameters[i].data()) != SQLITE_OK) fail(query.name);
    }
    return statement.get();
}

Rows SqliteConnection::query(const Query& query, std::span<const Value> parameters) {
    auto* statement = bound(query, parameters);
    const Reset reset{statement};
    const int columns = sqlite3_column_count(statement);
    Rows rows;
    int step = SQLITE_OK;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(columns));
        for (int column = 0; column < columns; ++column) values.push_back(column_of(statement, column));
        rows.emplace_back(std::move(values));
    }
    if (step != SQLITE_DONE) fail(query.name);
    return rows;
}

std::int64_t SqliteConnection::execute(const Query& query, std::span<const Value> parameters) {
    auto* statement = bound(query, parameters);
    const Reset reset{statement};
    int step = SQLITE_OK;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {}
    if (step != SQLITE_DONE) fail(query.name);
    return sqlite3_changes64(handle_.get());
}

void SqliteConnection::script(const std::string& sql) {
    if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("script");
}

void SqliteConnection::checkpoint() {
    int in_log = 0, moved = 0;
    sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
}

bool SqliteConnection::truncate_log() {
    // Waiting for readers here would hold up writers: it is tried again at the next idle moment.
    sqlite3_busy_timeout(handle_.get(), 0);
    const int answer = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(handle_.get(), 5000);
    if (answer == SQLITE_OK) log_pages_ = 0;
    return answer == SQLITE_OK;
}

}  // namespace ae::db
