#include "store/db/open.hpp"

#include "store/db/postgres_db.hpp"
#include "store/db/sqlite_db.hpp"

namespace ae::db {

void describe(config::Section& section, DbConfig& config) {
    section.field("url", &config.url,
                  "The database: `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST/DATABASE`. Empty: aethex.db in the data directory.");
    auto& readers = section.field("readers", &config.readers, "Threads that read from SQLite.");
    readers.least = 1, readers.most = 64;
    auto& connections = section.field("connections", &config.connections, "Connections to PostgreSQL, each with a thread.");
    connections.least = 1, connections.most = 256;
    section.field("statement_timeout", &config.statement_timeout, "PostgreSQL ends a statement that runs longer.");
    section.field("give_up", &config.give_up, "How long a request waits for a PostgreSQL that went away.");
    auto& queue = section.field("queue", &config.queue, "Requests that may wait for the database; more are refused.");
    queue.least = 1;
}

std::unique_ptr<Db> open(const DbConfig& config, const std::filesystem::path& data) {
    constexpr std::string_view kSqlite = "sqlite:";
    // Revealed here because both engines take it as text; messages carry the path alone.
    const std::string& url = config.url.reveal();
    const auto queue = static_cast<std::size_t>(config.queue);
    if (url.empty()) return std::make_unique<SqliteDb>((data / "aethex.db").string(), static_cast<std::size_t>(config.readers), queue);
    if (url.starts_with(kSqlite)) return std::make_unique<SqliteDb>(url.substr(kSqlite.size()), static_cast<std::size_t>(config.readers), queue);
    if (url.starts_with("postgres://") || url.starts_with("postgresql://")) return std::make_unique<PostgresDb>(config);
    throw std::runtime_error("db.url is neither sqlite:PATH nor postgres://...");
}

}  // namespace ae::db
