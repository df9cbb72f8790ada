// What is PostgreSQL's alone: two writers that cannot both be right, and a server that goes away.
#include "store/db/postgres_db.hpp"

#include <latch>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "store/db/testing.hpp"

namespace ae::db {
namespace {

const Query kAdd{"rows.add", "INSERT INTO rows (id, seen) VALUES ($1, $2)"};
const Query kCount{"rows.count", "SELECT count(*) FROM rows"};
const Query kSeen{"rows.seen", "SELECT seen FROM rows ORDER BY seen"};
const Query kEndMyself{"test.end_myself", "SELECT pg_terminate_backend(pg_backend_pid())"};
const Migration kRows{"rows", "20261120T0000", "rows", "CREATE TABLE rows (id {int64} PRIMARY KEY, seen {int64} NOT NULL)"};

std::int64_t count(Db& db) {
    return db.read_blocking([](Transaction& transaction) { return transaction.query(kCount).at(0).integer(0); });
}
void add(Db& db, int id) {
    db.write_blocking([id](Transaction& transaction) { transaction.execute(kAdd, {id, 0}); });
}

class PostgresDbTest : public ::testing::Test {
  protected:
    void SetUp() override { ASSERT_TRUE(migrate_blocking(db(), std::array{kRows}, WallTime{})); }
    Db& db() { return *db_; }
    const testing::Place& place() const { return place_; }

  private:
    testing::Place place_{Engine::postgres};
    std::unique_ptr<Db> db_ = place_.open();
};

// Each counts the rows and then adds one that says how many it saw. Both at once would see the same number, which no order of the two gives.
TEST_F(PostgresDbTest, RunsOneOfTwoAgainThatCannotBothBeRight) {
    std::latch both_counted{2};
    std::atomic<int> runs = 0;
    const auto count_and_add = [&](int id) {
        bool first = true;
        db().write_blocking([&, id](Transaction& transaction) {
            ++runs;
            const auto seen = transaction.query(kCount).at(0).integer(0);
            if (std::exchange(first, false)) both_counted.arrive_and_wait();
            transaction.execute(kAdd, {id, seen});
        });
    };
    std::thread one{count_and_add, 1}, two{count_and_add, 2};
    one.join();
    two.join();
    const auto rows = db().read_blocking([](Transaction& transaction) { return transaction.query(kSeen); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].integer(0), 0);
    EXPECT_EQ(rows[1].integer(0), 1);
    EXPECT_GE(runs, 3);
}

TEST_F(PostgresDbTest, RunsAWorkAgainWhoseConnectionWentAway) {
    int runs = 0;
    db().write_blocking([&](Transaction& transaction) {
        transaction.execute(kAdd, {1, 0});
        if (++runs == 1) transaction.query(kEndMyself);
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(count(db()), 1);
}

// One connection is busy while three reads come: they wait together. The second divides by zero.
TEST_F(PostgresDbTest, AnswersReadsThatWaitedTogetherAndLetsOneFailAlone) {
    static const Query kSnapshot{"test.snapshot", "SELECT CAST(pg_backend_pid() AS bigint), CAST(extract(epoch FROM now()) * 1000000 AS bigint)"};
    static const Query kBroken{"test.broken", "SELECT CAST(1 / (SELECT count(*) FROM rows) AS bigint)"};
    boost::asio::io_context loop;
    const auto alone = place().open(1);
    std::latch holds{1}, released{1};
    std::thread holder{[&] {
        alone->read_blocking([&](Transaction&) {
            holds.count_down();
            released.wait();
        });
    }};
    holds.wait();

    std::vector<std::int64_t> begun_at;
    int failed = 0;
    // All three outlive the loop's run.
    const auto ask = [](Db& db, const Query& query, std::vector<std::int64_t>& times) -> io::Task<> {
        auto work = [&query](Transaction& transaction) { return transaction.query(query); };
        const auto rows = co_await db.read(std::move(work));
        times.push_back(rows.at(0).integer(1));
    };
    for (const auto* query : {&kSnapshot, &kSnapshot, &kBroken, &kSnapshot}) {
        boost::asio::co_spawn(loop, ask(*alone, *query, begun_at), [&](std::exception_ptr error) { failed += error != nullptr; });
    }
    loop.poll();
    released.count_down();
    loop.run();
    holder.join();
    EXPECT_EQ(failed, 1);
    ASSERT_EQ(begun_at.size(), 3U);
    EXPECT_EQ(begun_at[0], begun_at[1]) << "two of one transaction";
    EXPECT_NE(begun_at[1], begun_at[2]) << "the failed one ended it";
}

TEST_F(PostgresDbTest, TwoProcessesMigrateOneAfterTheOther) {
    const auto other = place().open();
    const Migration more{"rows", "20261121T0000", "more", "CREATE TABLE more (id {int64} PRIMARY KEY)"};
    const std::array all{kRows, more};
    std::size_t ran_here = 0, ran_there = 0;
    std::thread here{[&] { ran_here = migrate_blocking(db(), all, WallTime{}).value(); }};
    std::thread there{[&] { ran_there = migrate_blocking(*other, all, WallTime{}).value(); }};
    here.join();
    there.join();
    EXPECT_EQ(ran_here + ran_there, 1U);
}

TEST_F(PostgresDbTest, AcknowledgesOnlyWhatIsOnDisk) {
    const auto setting = db().read_blocking([](Transaction& transaction) {
        return transaction.query({"test.synchronous", "SELECT current_setting('synchronous_commit')"}).at(0).text(0);
    });
    EXPECT_EQ(setting, "on");
}

TEST(PostgresOutage, IsSaidInTimeAndOverWhenTheServerIsBack) {
    testing::Postgres server{testing::Durability::fast};
    DbConfig config;
    config.url = server.fresh_url();
    config.connections = 2;
    config.give_up = std::chrono::milliseconds{300};
    const auto db = open(config);
    ASSERT_TRUE(migrate_blocking(*db, std::array{kRows}, WallTime{}));
    add(*db, 1);

    server.kill();
    EXPECT_THROW(add(*db, 2), Unavailable);
    EXPECT_THROW(count(*db), Unavailable);

    server.start();
    add(*db, 3);
    EXPECT_GE(count(*db), 2);
}

TEST(PostgresAddress, IsNotInTheSentenceThatSaysItDoesNotAnswer) {
    const testing::TemporaryDirectory nobody_home;
    DbConfig config;
    config.url = Secret{"postgres://ada:hunter2@/aethex?host=" + nobody_home.path().string()};
    try {
        open(config);
        FAIL() << "it opened";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string_view{error.what()}.find("cannot connect to PostgreSQL"), std::string_view::npos) << error.what();
        EXPECT_EQ(std::string_view{error.what()}.find("hunter2"), std::string_view::npos);
    }
}

}  // namespace
}  // namespace ae::db
