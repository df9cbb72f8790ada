#include "store/db/readiness.hpp"

#include "io/run_blocking.hpp"
#include "store/db/testing.hpp"

namespace ae::db {
namespace {

Result<void> ask(Db& db) { return io::run_blocking(check_ready(db)); }

class Readiness : public testing::OnBothEngines {};
AE_ON_BOTH_ENGINES(Readiness);

TEST_P(Readiness, IsThereAsLongAsTheDatabaseAnswers) { EXPECT_TRUE(ask(db()).has_value()); }

TEST(PostgresReadiness, GoesWithTheServer) {
    testing::Postgres server{testing::Durability::fast};
    DbConfig config;
    config.url = server.fresh_url();
    config.connections = 1;
    config.give_up = std::chrono::milliseconds{100};
    const auto db = open(config);
    server.kill();
    const auto answer = ask(*db);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().reason, "db_unavailable");
}

}  // namespace
}  // namespace ae::db
