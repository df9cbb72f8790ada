// For tests of every room that keeps tables: one fixture that runs on SQLite and on a real PostgreSQL.
//
//     class ClipStore : public db::testing::OnBothEngines {};
//     AE_ON_BOTH_ENGINES(ClipStore);
//     TEST_P(ClipStore, FindsWhatItKept) { migrate(clips::migrations()); ... db() ... }
//
// The PostgreSQL is started once per test program, in a temporary directory, on a socket of its own, and stopped at the end; each test has
// a schema of its own. A machine without PostgreSQL fails the tests.
#pragma once

#include <sys/types.h>

#include <filesystem>

#include <gtest/gtest.h>

#include "store/db/migrate.hpp"
#include "store/db/open.hpp"

namespace ae::db::testing {

/// A folder that goes with its owner.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

enum class Durability { fast, real };

/// A PostgreSQL cluster of its own. `real` syncs to disk, `fast` does not.
class Postgres {
  public:
    explicit Postgres(Durability durability);
    Postgres(const Postgres&) = delete;
    Postgres& operator=(const Postgres&) = delete;
    ~Postgres();
    /// The one that a test program shares.
    static Postgres& shared();

    /// The address of a new, empty schema in it.
    Secret fresh_url();
    void start();
    /// SIGKILL; its other processes notice and end by themselves.
    void kill();

  private:
    std::string address(const std::string& options) const;
    void signal(int number);

    TemporaryDirectory home_;
    Durability durability_;
    std::filesystem::path programs_;
    pid_t server_ = -1;
    int schemas_ = 0;
};

/// An empty database on either engine, and its address.
class Place {
  public:
    explicit Place(Engine engine);
    const Secret& url() const { return url_; }
    std::unique_ptr<Db> open(std::int64_t connections = 4) const;

  private:
    TemporaryDirectory folder_;
    Secret url_;
};

class OnBothEngines : public ::testing::TestWithParam<Engine> {
  protected:
    Db& db() { return *db_; }
    const Place& place() const { return place_; }
    /// Runs a room's migrations, after those of the rooms it stands on.
    void migrate(std::span<const Migration> migrations) {
        applied_.insert(applied_.end(), migrations.begin(), migrations.end());
        const auto ran = migrate_blocking(db(), applied_, WallTime{});
        ASSERT_TRUE(ran.has_value()) << ran.error().detail;
    }
    /// As after a restart of the server.
    void reopen() {
        db_.reset();
        db_ = place_.open();
    }

  private:
    Place place_{GetParam()};
    std::unique_ptr<Db> db_ = place_.open();
    std::vector<Migration> applied_;
};

inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) { return info.param == Engine::sqlite ? "Sqlite" : "Postgres"; }

}  // namespace ae::db::testing

#define AE_ON_BOTH_ENGINES(fixture)                                                                                         \
    INSTANTIATE_TEST_SUITE_P(BothEngines, fixture, ::testing::Values(::ae::db::Engine::sqlite, ::ae::db::Engine::postgres), \
                             ::ae::db::testing::engine_name)
