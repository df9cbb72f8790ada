#include "store/db/migrate.hpp"

#include "store/db/testing.hpp"

namespace ae::db {
namespace {

const Migration kFirst{"pets", "20261120T0000", "pets", "CREATE TABLE pets (\n id {text} PRIMARY KEY, -- who\n born {int64} NOT NULL)"};
const Migration kSecond{"pets", "20261121T0000", "tame",
                        "ALTER TABLE pets ADD COLUMN tame {bool} NOT NULL DEFAULT FALSE; CREATE INDEX pets_by_birth ON pets (born, id)"};
const Migration kBroken{"pets", "20261122T0000", "broken", "CREATE TABLE toys (id {text}); CREATE TABLE pets (id {text})"};
const Query kAdd{"pets.add", "INSERT INTO pets (id, born, tame) VALUES ($1, $2, $3)"};
const Query kToys{"toys.all", "SELECT id FROM toys"};

class MigrateTest : public testing::OnBothEngines {};
AE_ON_BOTH_ENGINES(MigrateTest);

TEST_P(MigrateTest, RunsEachStepOnce) {
    EXPECT_EQ(migrate_blocking(db(), std::array{kFirst}, WallTime{}).value(), 1U);
    EXPECT_EQ(migrate_blocking(db(), std::array{kFirst, kSecond}, WallTime{}).value(), 1U);
    reopen();
    EXPECT_EQ(migrate_blocking(db(), std::array{kFirst, kSecond}, WallTime{}).value(), 0U);
    EXPECT_EQ(db().write_blocking([](Transaction& transaction) { return transaction.execute(kAdd, {"cat", 1, true}); }), 1);
}

TEST_P(MigrateTest, RefusesAShippedFileThatWasEdited) {
    ASSERT_TRUE(migrate_blocking(db(), std::array{kFirst}, WallTime{}));
    auto edited = kFirst;
    edited.sql = "CREATE TABLE pets (id {text} PRIMARY KEY)";
    const auto answer = migrate_blocking(db(), std::array{edited, kSecond}, WallTime{});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, "migration_changed");
    EXPECT_NE(answer.error().detail.find("pets/20261120T0000_pets"), std::string::npos);
    EXPECT_EQ(migrate_blocking(db(), std::array{kFirst, kSecond}, WallTime{}).value(), 1U) << "the refusal changed nothing";
}

TEST_P(MigrateTest, RefusesADatabaseOfANewerProgram) {
    ASSERT_TRUE(migrate_blocking(db(), std::array{kFirst, kSecond}, WallTime{}));
    const auto answer = migrate_blocking(db(), std::array{kFirst}, WallTime{});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, "schema_newer");
}

TEST_P(MigrateTest, LeavesNothingOfAStepThatFails) {
    ASSERT_TRUE(migrate_blocking(db(), std::array{kFirst}, WallTime{}));
    EXPECT_THROW(static_cast<void>(migrate_blocking(db(), std::array{kFirst, kBroken}, WallTime{})), std::runtime_error);
    EXPECT_THROW(db().read_blocking([](Transaction& transaction) { return transaction.query(kToys); }), std::runtime_error);
    EXPECT_EQ(migrate_blocking(db(), std::array{kFirst}, WallTime{}).value(), 0U);
}

TEST_P(MigrateTest, ReplacesTheTypeMacros) {
    const auto sql = sql_for(GetParam(), "{int64} {text} {blob} {bool} {text}");
    EXPECT_EQ(sql, GetParam() == Engine::sqlite ? "INTEGER TEXT BLOB BOOLEAN TEXT" : "BIGINT TEXT COLLATE \"C\" BYTEA BOOLEAN TEXT COLLATE \"C\"");
}

TEST(SchemaPage, ShowsTablesColumnsAndIndexes) {
    const auto page = schema_markdown(std::array{kFirst, kSecond});
    EXPECT_NE(page.find("## pets"), std::string::npos);
    EXPECT_NE(page.find("| `id` | text | primary key | who |"), std::string::npos) << page;
    EXPECT_NE(page.find("| `tame` | bool | default `FALSE` |"), std::string::npos) << page;
    EXPECT_NE(page.find("- `CREATE INDEX pets_by_birth ON pets (born, id)`"), std::string::npos) << page;
}

}  // namespace
}  // namespace ae::db
