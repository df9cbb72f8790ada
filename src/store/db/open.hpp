// Which database: a file, or a PostgreSQL server.
#pragma once

#include <filesystem>

#include "base/config.hpp"
#include "store/db/db.hpp"

namespace ae::db {

struct DbConfig {
    /// `sqlite:<path>`, `sqlite::memory:` or `postgres://user:password@host/database`; empty: `<data>/aethex.db`.
    Secret url = {};
    std::int64_t readers = 3;
    std::int64_t connections = 8;
    Duration statement_timeout = std::chrono::seconds{30};
    Duration give_up = std::chrono::seconds{10};
    std::int64_t queue = 10'000;
};

void describe(config::Section& section, DbConfig& config);

/// Opens it and starts its threads; blocks until the first connection stands. Throws, in a sentence without the password, when that fails.
std::unique_ptr<Db> open(const DbConfig& config, const std::filesystem::path& data = ".");

}  // namespace ae::db
