#include "store/db/data_dir.hpp"

#include <sys/stat.h>

#include <fstream>

#include "store/db/testing.hpp"

namespace ae::db {
namespace {

mode_t mode_of(const std::filesystem::path& path) {
    struct stat found{};
    EXPECT_EQ(::stat(path.c_str(), &found), 0);
    return found.st_mode & 0777;
}

TEST(DataDirTest, IsMadeForItsOwnerAlone) {
    const testing::TemporaryDirectory home;
    const auto data = DataDir::open_blocking(home.path() / "deep" / "data");
    ASSERT_TRUE(data);
    EXPECT_EQ(mode_of(data->path()), 0700U);
}

TEST(DataDirTest, BelongsToOneAtATime) {
    const testing::TemporaryDirectory home;
    {
        const auto first = DataDir::open_blocking(home.path());
        ASSERT_TRUE(first);
        const auto second = DataDir::open_blocking(home.path());
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().reason, "data_dir_locked");
    }
    EXPECT_TRUE(DataDir::open_blocking(home.path()));
}

TEST(DataDirTest, MakesTheServersSecretOnce) {
    const testing::TemporaryDirectory home;
    SystemRandom random;
    const auto data = DataDir::open_blocking(home.path());
    ASSERT_TRUE(data);
    const auto secret = data->server_secret_blocking(random);
    EXPECT_EQ(secret.reveal().size(), 32U);
    EXPECT_NE(secret.reveal(), std::string(32, '\0'));
    EXPECT_EQ(mode_of(home.path() / "server.secret"), 0600U);
    EXPECT_EQ(data->server_secret_blocking(random).reveal(), secret.reveal());
}

TEST(DataDirTest, DoesNotReplaceADamagedSecret) {
    const testing::TemporaryDirectory home;
    SystemRandom random;
    const auto data = DataDir::open_blocking(home.path());
    ASSERT_TRUE(data);
    std::ofstream{home.path() / "server.secret"} << "short";
    EXPECT_THROW(data->server_secret_blocking(random), std::runtime_error);
}

}  // namespace
}  // namespace ae::db
