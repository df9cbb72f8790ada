#include "store/db/db.hpp"

#include <latch>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "io/run_blocking.hpp"
#include "store/db/testing.hpp"

namespace ae::db {
namespace {

const Migration kTables[] = {{"things", "20261120T0000", "things", R"sql(
    CREATE TABLE things (
        id      {text}  PRIMARY KEY,
        count   {int64} NOT NULL DEFAULT 0,
        content {blob},
        shown   {bool}  NOT NULL DEFAULT TRUE,
        note    {text});
    CREATE TABLE parts (
        id       {text} PRIMARY KEY,
        thing_id {text} NOT NULL REFERENCES things (id)))sql"}};

const Query kAdd{"things.add", "INSERT INTO things (id, count) VALUES ($1, $2)"};
const Query kAddWhole{"things.add_whole", "INSERT INTO things (note, shown, content, count, id) VALUES ($5, $4, $3, $2, $1)"};
const Query kFind{"things.find", "SELECT id, count, content, shown, note FROM things WHERE id = $1"};
const Query kCount{"things.count", "SELECT count(*), sum(count) FROM things"};
const Query kIds{"things.ids", "SELECT id FROM things ORDER BY id"};
const Query kRaise{"things.raise", "UPDATE things SET count = count + $2 WHERE id = $1"};
const Query kRaiseBack{"things.raise_back", "UPDATE things SET count = count + $2 WHERE id = $1 RETURNING count"};
const Query kAddPart{"parts.add", "INSERT INTO parts (id, thing_id) VALUES ($1, $2)"};

class DbTest : public testing::OnBothEngines {
  protected:
    void SetUp() override { migrate(kTables); }
    void add(std::string id, std::int64_t count = 0) {
        db().write_blocking([=](Transaction& transaction) { transaction.execute(kAdd, {id, count}); });
    }
    std::int64_t count() {
        return db().read_blocking([](Transaction& transaction) { return transaction.query(kCount).at(0).integer(0); });
    }
};
AE_ON_BOTH_ENGINES(DbTest);

TEST_P(DbTest, GivesBackEveryTypeAsItWasPutIn) {
    const Bytes content{0, 255, '\\', '\'', 0};
    db().write_blocking([&](Transaction& transaction) {
        transaction.execute(kAddWhole, {"a", std::numeric_limits<std::int64_t>::min(), content, false, "ünïcode 'quoted' \\"});
        transaction.execute(kAddWhole, {"b", 7, Bytes{}, true, nullptr});
    });
    const auto rows = db().read_blocking([](Transaction& transaction) {
        auto found = transaction.query(kFind, {"a"});
        found.push_back(transaction.query(kFind, {"b"}).at(0));
        return found;
    });
    EXPECT_EQ(rows[0].integer(1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(rows[0].blob(2), content);
    EXPECT_FALSE(rows[0].boolean(3));
    EXPECT_EQ(rows[0].text(4), "ünïcode 'quoted' \\");
    EXPECT_EQ(rows[1].maybe_blob(2), Bytes{});
    EXPECT_TRUE(rows[1].boolean(3));
    EXPECT_EQ(rows[1].maybe_text(4), std::nullopt);
    EXPECT_THROW(rows[1].text(4), std::logic_error);
    EXPECT_THROW(rows[1].text(5), std::logic_error);
}

TEST_P(DbTest, AnswersHowManyRowsChangedAndTheRowsThemselves) {
    add("a", 1);
    db().write_blocking([](Transaction& transaction) {
        EXPECT_EQ(transaction.execute(kRaise, {"a", 2}), 1);
        EXPECT_EQ(transaction.execute(kRaise, {"nobody", 2}), 0);
        EXPECT_EQ(transaction.query(kRaiseBack, {"a", 4}).at(0).integer(0), 7);
    });
}

TEST_P(DbTest, SumsWholeNumbersToWholeNumbers) {
    add("a", 40), add("b", 2);
    const auto sum = db().read_blocking([](Transaction& transaction) { return transaction.query(kCount).at(0).integer(1); });
    EXPECT_EQ(sum, 42);
}

TEST_P(DbTest, ComparesTextByItsBytes) {
    for (const char* id : {"a", "B", "ä", "_", "b"}) add(id);
    const auto rows = db().read_blocking([](Transaction& transaction) { return transaction.query(kIds); });
    std::vector<std::string> ids;
    for (const auto& row : rows) ids.push_back(row.text(0));
    EXPECT_EQ(ids, (std::vector<std::string>{"B", "_", "a", "b", "ä"}));
}

TEST_P(DbTest, SaysWhenAUniqueConstraintIsHurt) {
    add("a");
    EXPECT_THROW(add("a"), UniqueViolation);
    EXPECT_EQ(count(), 1);
}

TEST_P(DbTest, RefusesARowThatRefersToNothing) {
    EXPECT_THROW(db().write_blocking([](Transaction& transaction) { transaction.execute(kAddPart, {"p", "nobody"}); }), std::runtime_error);
}

TEST_P(DbTest, RollsBackAWorkThatThrows) {
    struct Mine {};
    EXPECT_THROW(db().write_blocking([](Transaction& transaction) {
        transaction.execute(kAdd, {"a", 0});
        throw Mine{};
    }),
                 Mine);
    EXPECT_EQ(count(), 0);
}

TEST_P(DbTest, GoesOnWithNothingAfterAFailedStatement) {
    add("a");
    EXPECT_THROW(db().write_blocking([](Transaction& transaction) {
        transaction.execute(kAdd, {"b", 0});
        try {
            transaction.execute(kAdd, {"a", 0});
        } catch (const UniqueViolation&) {}
        EXPECT_THROW(transaction.execute(kAdd, {"c", 0}), UniqueViolation);
    }),
                 UniqueViolation);
    EXPECT_EQ(count(), 1);
}

TEST_P(DbTest, ReadsChangeNothing) {
    EXPECT_THROW(db().read_blocking([](Transaction& transaction) { transaction.execute(kAdd, {"a", 0}); }), std::runtime_error);
    EXPECT_EQ(count(), 0);
}

TEST_P(DbTest, ReadsSeeWhatWasCommittedBeforeThem) {
    for (int i = 0; i < 50; ++i) {
        add(std::to_string(i));
        ASSERT_EQ(count(), i + 1);
    }
}

TEST_P(DbTest, AReadSeesOneSnapshot) {
    add("a", 1);
    db().read_blocking([this](Transaction& transaction) {
        EXPECT_EQ(transaction.query(kCount).at(0).integer(0), 1);
        std::thread{[this] { add("b"); }}.join();
        EXPECT_EQ(transaction.query(kCount).at(0).integer(0), 1);
    });
    EXPECT_EQ(count(), 2);
}

TEST_P(DbTest, RefusesTextWithANulByte) { EXPECT_THROW(add(std::string{"a\0b", 3}), std::invalid_argument); }

TEST_P(DbTest, RefusesTheWrongNumberOfParametersAndTwoTextsOfOneName) {
    EXPECT_ANY_THROW(db().read_blocking([](Transaction& transaction) { transaction.query(kFind, {}); }));
    EXPECT_ANY_THROW(db().read_blocking([](Transaction& transaction) { transaction.query(kFind, {"a", "b"}); }));
    const Query impostor{"things.find", "SELECT 1"};
    EXPECT_ANY_THROW(db().read_blocking([&](Transaction& transaction) {
        transaction.query(kFind, {"a"});
        transaction.query(impostor, {});
    }));
}

TEST_P(DbTest, KeepsWhatIsInItOverARestart) {
    add("a", 5);
    reopen();
    EXPECT_EQ(count(), 1);
}

// One work of a group fails, in the middle, after it wrote: the others stay, on whatever commits they share.
TEST_P(DbTest, OneWorkOfManyFailsAlone) {
    constexpr int kWriters = 40;
    std::latch start{kWriters};
    std::atomic<int> failed = 0;
    std::vector<std::thread> writers;
    for (int i = 0; i < kWriters; ++i) {
        writers.emplace_back([&, i] {
            start.arrive_and_wait();
            try {
                db().write_blocking([i](Transaction& transaction) {
                    transaction.execute(kAdd, {std::to_string(i), 1});
                    if (i % 4 == 0) transaction.execute(kAdd, {std::to_string(i), 1});
                });
            } catch (const UniqueViolation&) {
                ++failed;
            }
        });
    }
    for (auto& writer : writers) writer.join();
    EXPECT_EQ(failed, kWriters / 4);
    EXPECT_EQ(count(), kWriters - kWriters / 4);
}

TEST_P(DbTest, TheCallersCoroutineGoesOnOnItsOwnThread) {
    const auto here = std::this_thread::get_id();
    std::int64_t found = 0;
    bool caught = false;
    auto journey = [](Db& db, std::thread::id home, std::int64_t& answer, bool& refused) -> io::Task<> {
        auto insert = [](Transaction& transaction) { transaction.execute(kAdd, {"a", 9}); };
        co_await db.write(insert);
        EXPECT_EQ(std::this_thread::get_id(), home);
        auto find = [home](Transaction& transaction) {
            EXPECT_NE(std::this_thread::get_id(), home);
            return std::make_unique<std::int64_t>(transaction.query(kFind, {"a"}).at(0).integer(1));
        };
        const auto read = co_await db.read(find);
        answer = *read;
        try {
            co_await db.write(insert);
        } catch (const UniqueViolation&) {
            refused = true;
        }
        EXPECT_EQ(std::this_thread::get_id(), home);
    };
    io::run_blocking(journey(db(), here, found, caught));
    EXPECT_EQ(found, 9);
    EXPECT_TRUE(caught);
}

// The loop goes the moment its last answer is in: nothing of a call may stay behind on the database's thread. Many short loops, because what
// this is about is over within a microsecond.
TEST_P(DbTest, ALoopMayGoAsSoonAsItsAnswerIsIn) {
    auto ask = [](Db& db) -> io::Task<> {
        auto work = [](Transaction& transaction) { return transaction.query(kCount); };
        co_await db.read(work);
    };
    for (int i = 0; i < 300; ++i) {
        auto loop = std::make_unique<boost::asio::io_context>();
        bool answered = false;
        boost::asio::co_spawn(*loop, ask(db()), [&](std::exception_ptr error) { answered = !error; });
        while (!answered) loop->run_one();
        loop.reset();
    }
}

TEST_P(DbTest, RefusesWhatComesAfterItWasClosed) {
    add("a");
    db().close_blocking();
    EXPECT_THROW(add("b"), Unavailable);
    EXPECT_THROW(count(), Unavailable);
}

TEST_P(DbTest, FinishesWhatWasSubmittedBeforeItGoes) {
    boost::asio::io_context loop;
    int done = 0;
    auto insert = [](Db& db, int number, int& counted) -> io::Task<> {
        auto work = [number](Transaction& transaction) { transaction.execute(kAdd, {std::to_string(number), 0}); };
        co_await db.write(work);
        ++counted;
    };
    for (int i = 0; i < 20; ++i) boost::asio::co_spawn(loop, insert(db(), i, done), boost::asio::detached);
    loop.poll();  // submits; the answers wait in the loop
    reopen();
    loop.run();
    EXPECT_EQ(done, 20);
    EXPECT_EQ(count(), 20);
}

}  // namespace
}  // namespace ae::db
