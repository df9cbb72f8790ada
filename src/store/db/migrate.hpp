// Tables move forward: each room's migrations are compiled in, run once, in order, and are never edited after they were shipped.
#pragma once

#include "base/result.hpp"
#include "store/db/db.hpp"

namespace ae::db {

/// Runs what has not run yet, room after room in the order given (a room's tables may refer to those of rooms before it), all in one
/// transaction and alone on the database. Answers how many ran. Refuses, and changes nothing: `migration_changed` (a shipped file was
/// edited) and `schema_newer` (a newer program wrote this database).
Result<std::size_t> migrate_blocking(Db& db, std::span<const Migration> migrations, WallTime now);

/// The SQL with its type macros replaced: {int64}, {text}, {blob}, {bool}.
std::string sql_for(Engine engine, std::string_view sql);

/// The page `docs/schema.md`: every table, column and index that the migrations make, with the comments beside the columns.
std::string schema_markdown(std::span<const Migration> migrations);

}  // namespace ae::db
