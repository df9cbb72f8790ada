#include "store/db/readiness.hpp"

namespace ae::db {

namespace {
const Query kNothing{"db.ready", "SELECT 1"};
}

io::Task<Result<void>> check_ready(Db& db) {
    auto ask = [](Transaction& transaction) { return transaction.query(kNothing).size(); };
    try {
        co_await db.read(ask);
        co_return Result<void>{};
    } catch (const std::exception& broken) {
        co_return Error{Errc::unavailable, "db_unavailable", broken.what()};
    }
}

}  // namespace ae::db
