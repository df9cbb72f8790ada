// Whether the database answers: for `/readyz`.
#pragma once

#include "base/result.hpp"
#include "store/db/db.hpp"

namespace ae::db {

/// Reads nothing from it, through the same queue and threads as everybody. Refuses `db_unavailable`. The database outlives the task.
io::Task<Result<void>> check_ready(Db& db);

}  // namespace ae::db
