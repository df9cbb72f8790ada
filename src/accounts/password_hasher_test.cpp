#include "accounts/password_hasher.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "accounts/testing.hpp"
#include "io/run_blocking.hpp"

namespace ae::accounts {
namespace {

TEST(PasswordHasher, MakesArgon2idAndKnowsItAgain) {
    PasswordHasher hasher{testing::cheap_config()};
    const auto hash = io::run_blocking(hasher.hash(Secret{"correct horse"})).value();
    EXPECT_TRUE(hash.starts_with("$argon2id$")) << hash;
    EXPECT_NE(io::run_blocking(hasher.hash(Secret{"correct horse"})).value(), hash);
    EXPECT_TRUE(io::run_blocking(hasher.matches(Secret{"correct horse"}, hash)).value());
    EXPECT_FALSE(io::run_blocking(hasher.matches(Secret{"incorrect horse"}, hash)).value());
    EXPECT_FALSE(io::run_blocking(hasher.matches(Secret{"correct horse"}, std::nullopt)).value());
    EXPECT_FALSE(io::run_blocking(hasher.matches(Secret{"correct horse"}, "no hash")).value());
}

TEST(PasswordHasher, KnowsWhichHashesAreOfYesterday) {
    PasswordHasher hasher{testing::cheap_config()};
    const auto hash = io::run_blocking(hasher.hash(Secret{"correct horse"})).value();
    EXPECT_FALSE(hasher.outdated(hash));
    auto config = testing::cheap_config();
    config.password_passes = 2;
    PasswordHasher stronger{config};
    EXPECT_TRUE(stronger.outdated(hash));
    EXPECT_TRUE(io::run_blocking(stronger.matches(Secret{"correct horse"}, hash)).value());
}

TEST(PasswordHasher, RefusesAStormAndServesTheRest) {
    auto config = testing::cheap_config();
    config.password_memory = config::ByteSize{8 * 1024 * 1024};
    config.password_queue = 4;
    PasswordHasher hasher{config};
    boost::asio::io_context loop;
    std::vector<std::future<Result<std::string>>> all;
    for (int i = 0; i < 50; ++i) all.push_back(boost::asio::co_spawn(loop, hasher.hash(Secret{"correct horse"}), boost::asio::use_future));
    loop.run();
    int made = 0, refused = 0;
    for (auto& one : all) {
        const auto answer = one.get();
        if (answer) ++made;
        else if (answer.error().reason == "logins_busy" && answer.error().kind == Errc::unavailable) ++refused;
    }
    EXPECT_GE(made, 4);
    EXPECT_GT(refused, 0);
    EXPECT_EQ(made + refused, 50);
}

}  // namespace
}  // namespace ae::accounts
