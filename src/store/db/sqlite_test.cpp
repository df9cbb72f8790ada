// What is SQLite's alone: commits shared by many, a bounded log, a bounded queue.
#include <latch>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "store/db/sqlite_db.hpp"
#include "store/db/testing.hpp"

namespace ae::db {
namespace {

const Query kAdd{"rows.add", "INSERT INTO rows (id, content) VALUES ($1, $2)"};
const Query kAddTwice{"rows.add_other", "INSERT INTO rows (content, id) VALUES ($2, $1)"};
const Query kCount{"rows.count", "SELECT count(*) FROM rows"};

class SqliteDbTest : public ::testing::Test {
  protected:
    std::string path() const { return (folder_.path() / "test.db").string(); }
    std::uintmax_t log_size() const { return std::filesystem::file_size(path() + "-wal"); }
    static void make_table(Db& db) {
        db.write_blocking([](Transaction& transaction) { transaction.script("CREATE TABLE rows (id INTEGER PRIMARY KEY, content BLOB)"); });
    }
    static io::Task<> add(Db& db, int id, int& kept, int& refused) {
        auto work = [id](Transaction& transaction) { transaction.execute(kAdd, {id, nullptr}); };
        try {
            co_await db.write(work);
            ++kept;
        } catch (const Unavailable&) {
            ++refused;
        }
    }
    /// Submits `count` writes while the writer is held up, lets it go, and waits for all answers.
    void write_at_once(Db& db, int count) {
        std::latch entered{1}, go{1};
        std::thread slow{[&] {
            db.write_blocking([&](Transaction&) {
                entered.count_down();
                go.wait();
            });
        }};
        entered.wait();
        for (int i = 0; i < count; ++i) boost::asio::co_spawn(loop_, add(db, i, kept_, refused_), boost::asio::detached);
        loop_.poll();
        go.count_down();
        slow.join();
        loop_.run();
    }

    int kept_ = 0, refused_ = 0;

  private:
    /// Outlives the database, whose thread may still be on its way out of `post` when the last answer is here.
    boost::asio::io_context loop_;
    testing::TemporaryDirectory folder_;
};

TEST_F(SqliteDbTest, ManyWritesShareOneCommit) {
    SqliteDb db{path(), 1, 1000};
    make_table(db);
    auto& commits = metrics::counter("aethex_db_group_commits_total", "Commits to disk, each for all works that waited (SQLite).");
    const auto before = commits.value();
    write_at_once(db, 30);
    EXPECT_EQ(kept_, 30);
    EXPECT_EQ(commits.value() - before, 2U) << "one for the slow work, one for the thirty that came meanwhile";
}

TEST_F(SqliteDbTest, RefusesWhatItsQueueCannotHold) {
    SqliteDb db{path(), 1, 3};
    make_table(db);
    write_at_once(db, 5);
    EXPECT_EQ(kept_, 3);
    EXPECT_EQ(refused_, 2);
}

TEST_F(SqliteDbTest, ItsLogStaysBounded) {
    SqliteDb db{path(), 1, 1000};
    make_table(db);
    const Bytes content(16 * 1024);
    for (int i = 0; i < 2000; i += 50) {
        db.write_blocking([&](Transaction& transaction) {
            for (int j = i; j < i + 50; ++j) transaction.execute(kAdd, {j, content});
        });
    }
    EXPECT_LT(log_size(), 8U << 20U) << "32 MB were written";
    EXPECT_EQ(db.read_blocking([](Transaction& transaction) { return transaction.query(kCount).at(0).integer(0); }), 2000);
}

TEST_F(SqliteDbTest, CutsItsLogWhenNoReaderIsInIt) {
    SqliteConnection writer{path(), SqliteConnection::Role::writer};
    writer.script("CREATE TABLE rows (id INTEGER PRIMARY KEY, content BLOB)");
    SqliteConnection reader{path(), SqliteConnection::Role::reader};
    reader.script("BEGIN");
    EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 0);
    writer.script("INSERT INTO rows (id) VALUES (1)");
    EXPECT_GT(writer.log_pages(), 0);
    EXPECT_FALSE(writer.truncate_log());
    EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 0) << "the reader keeps its snapshot";
    reader.script("ROLLBACK");
    EXPECT_TRUE(writer.truncate_log());
    EXPECT_EQ(log_size(), 0U);
    EXPECT_EQ(reader.query(kCount, {}).at(0).integer(0), 1);
}

TEST_F(SqliteDbTest, BindsParametersByTheirNumberWhateverTheirOrder) {
    SqliteDb db{path(), 1, 10};
    make_table(db);
    db.write_blocking([](Transaction& transaction) { transaction.execute(kAddTwice, {7, Bytes{1, 2}}); });
    const Query find{"rows.find", "SELECT content FROM rows WHERE id = $1"};
    EXPECT_EQ(db.read_blocking([&](Transaction& transaction) { return transaction.query(find, {7}).at(0).blob(0); }), (Bytes{1, 2}));
}

TEST_F(SqliteDbTest, SyncsEveryCommitToDisk) {
    SqliteConnection writer{path(), SqliteConnection::Role::writer};
    EXPECT_EQ(writer.query({"sync", "PRAGMA synchronous"}, {}).at(0).integer(0), 2) << "FULL";
    EXPECT_EQ(writer.query({"foreign", "PRAGMA foreign_keys"}, {}).at(0).integer(0), 1);
    EXPECT_EQ(writer.query({"auto", "PRAGMA wal_autocheckpoint"}, {}).at(0).integer(0), 0);
    EXPECT_EQ(writer.query({"secure", "PRAGMA secure_delete"}, {}).at(0).integer(0), 0);
}

TEST_F(SqliteDbTest, SaysWhichFileCannotBeOpened) {
    const auto missing = path() + "/not/there.db";
    try {
        const SqliteDb db{missing, 1, 10};
        FAIL() << "it opened";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string_view{error.what()}.find(missing), std::string_view::npos) << error.what();
    }
}

}  // namespace
}  // namespace ae::db
