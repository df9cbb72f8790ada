// kill -9 in the middle of writes, on both engines: what was acknowledged is there, and nothing is half there.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "store/db/testing.hpp"

namespace ae::db {
namespace {

const Migration kTables{"crash", "20261120T0000", "crash", R"sql(
    CREATE TABLE wholes (id {int64} PRIMARY KEY, content {blob} NOT NULL);
    CREATE TABLE halves (id {int64} NOT NULL, whole_id {int64} NOT NULL REFERENCES wholes (id), PRIMARY KEY (id, whole_id)))sql"};
const Query kAddWhole{"crash.add_whole", "INSERT INTO wholes (id, content) VALUES ($1, $2)"};
const Query kAddHalf{"crash.add_half", "INSERT INTO halves (id, whole_id) VALUES ($1, $2)"};
const Query kIds{"crash.ids", "SELECT id, (SELECT count(*) FROM halves WHERE whole_id = wholes.id) FROM wholes ORDER BY id"};

constexpr int kWriters = 4;

std::unique_ptr<Db> open_at(const Secret& url) {
    DbConfig config;
    config.url = url;
    config.connections = kWriters;
    config.give_up = std::chrono::milliseconds{200};
    return open(config);
}

void write_forever(Db& db, std::int64_t id, int acknowledged) {
    const Bytes content(3000, 7);
    for (;; id += kWriters) {
        db.write_blocking([&](Transaction& transaction) {
            transaction.execute(kAddWhole, {id, content});
            transaction.execute(kAddHalf, {0, id});
            transaction.execute(kAddHalf, {1, id});
        });
        if (::write(acknowledged, &id, sizeof id) != sizeof id) ::_exit(1);
    }
}

/// The child: writes from several threads and reports each id after it was acknowledged.
[[noreturn]] void be_the_victim(const Secret& url, std::int64_t first_id, int acknowledged) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    try {
        const auto db = open_at(url);
        std::vector<std::thread> writers;
        for (int i = 0; i < kWriters; ++i) {
            writers.emplace_back([&, i] {
                try {
                    write_forever(*db, first_id + i, acknowledged);
                } catch (const std::exception&) {
                    // The server was killed under it: nothing more is acknowledged.
                }
            });
        }
        for (auto& writer : writers) writer.join();
    } catch (const std::exception&) {}
    ::_exit(0);
}

class Victim {
  public:
    Victim(const Secret& url, std::int64_t first_id) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        acknowledged_ = ends[0];
        process_ = ::fork();
        if (process_ == 0) be_the_victim(url, first_id, ends[1]);
        ::close(ends[1]);
    }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;
    ~Victim() {
        kill();
        ::close(acknowledged_);
    }
    /// Reads acknowledgements until there are `most`, or the other end is gone.
    void read(std::set<std::int64_t>& ids, std::size_t most) {
        std::int64_t id = 0;
        while (ids.size() < most && ::read(acknowledged_, &id, sizeof id) == sizeof id) ids.insert(id);
    }
    void kill() {
        if (process_ < 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = -1;
    }

  private:
    pid_t process_ = -1;
    int acknowledged_ = -1;
};

/// The ids that are there; each must have both its halves.
std::set<std::int64_t> found_in(const Secret& url) {
    const auto db = open_at(url);
    const auto rows = db->read_blocking([](Transaction& transaction) { return transaction.query(kIds); });
    std::set<std::int64_t> ids;
    for (const auto& row : rows) {
        EXPECT_EQ(row.integer(1), 2) << "work " << row.integer(0) << " is half there";
        ids.insert(row.integer(0));
    }
    return ids;
}

void make_tables(const Secret& url) {
    const auto db = open_at(url);
    ASSERT_TRUE(migrate_blocking(*db, std::array{kTables}, WallTime{}));
}

void expect_all_there(const std::set<std::int64_t>& acknowledged, const Secret& url) {
    const auto found = found_in(url);
    for (const auto id : acknowledged) EXPECT_TRUE(found.contains(id)) << "acknowledged, and lost: " << id;
}

class Crash : public ::testing::TestWithParam<Engine> {
  protected:
    testing::Postgres& server() {
        if (!server_) server_ = std::make_unique<testing::Postgres>(testing::Durability::real);
        return *server_;
    }
    Secret url() { return GetParam() == Engine::sqlite ? Secret{"sqlite:" + (folder_.path() / "crash.db").string()} : server().fresh_url(); }

  private:
    testing::TemporaryDirectory folder_;
    std::unique_ptr<testing::Postgres> server_;
};
AE_ON_BOTH_ENGINES(Crash);

TEST_P(Crash, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
    const auto address = url();
    make_tables(address);
    std::set<std::int64_t> acknowledged;
    std::int64_t first_id = 0;
    for (const std::size_t more : {1, 3, 40, 7, 150, 20}) {
        Victim victim{address, first_id += 1'000'000};
        victim.read(acknowledged, acknowledged.size() + more);
        victim.kill();
        victim.read(acknowledged, std::numeric_limits<std::size_t>::max());  // what was still in the pipe
        expect_all_there(acknowledged, address);
    }
    EXPECT_GE(acknowledged.size(), 221U);
}

TEST(PostgresCrash, NothingAcknowledgedIsLostWhenTheServerIsKilled) {
    testing::Postgres server{testing::Durability::real};
    const auto address = server.fresh_url();
    make_tables(address);
    std::set<std::int64_t> acknowledged;
    std::int64_t first_id = 0;
    for (const std::size_t more : {5, 60}) {
        Victim victim{address, first_id += 1'000'000};
        victim.read(acknowledged, acknowledged.size() + more);
        server.kill();
        victim.read(acknowledged, std::numeric_limits<std::size_t>::max());
        server.start();
        expect_all_there(acknowledged, address);
    }
    EXPECT_GE(acknowledged.size(), 65U);
}

}  // namespace
}  // namespace ae::db
