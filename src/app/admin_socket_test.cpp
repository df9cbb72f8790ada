#include "app/admin_socket.hpp"

#include <sys/stat.h>

#include <gtest/gtest.h>
#include <boost/json/object.hpp>

#include "store/db/testing.hpp"

namespace ae::app {
namespace {

io::Task<Result<boost::json::object>> greet(boost::json::object arguments) {
    if (!arguments.contains("name")) co_return Error{Errc::invalid, "name_missing", "Say who."};
    co_return boost::json::object{{"hello", arguments["name"]}};
}

class AdminSocketTest : public ::testing::Test {
  protected:
    AdminSocketTest() {
        shards.start();
        socket.start();
    }
    ~AdminSocketTest() override {
        socket.stop();
        shards.stop();
        shards.join();
    }
    db::testing::TemporaryDirectory folder;
    std::filesystem::path path = folder.path() / "admin.sock";
    AdminCommands commands{{"greet", greet}};
    io::Shards shards{1};
    AdminSocket socket{shards.at(0), path, commands};
};

TEST_F(AdminSocketTest, IsForItsOwnerAlone) {
    struct stat found{};
    ASSERT_EQ(::stat(path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST_F(AdminSocketTest, CarriesAnswersAndRefusals) {
    const auto answer = ask_running_server_blocking(path, "greet", {{"name", "Ada"}});
    ASSERT_TRUE(answer && *answer);
    EXPECT_EQ((**answer).at("hello").as_string(), "Ada");
    const auto refused = ask_running_server_blocking(path, "greet", {});
    ASSERT_TRUE(refused && !*refused);
    EXPECT_EQ(refused->error().kind, Errc::invalid);
    EXPECT_EQ(refused->error().reason, "name_missing");
    EXPECT_EQ(refused->error().detail, "Say who.");
}

TEST_F(AdminSocketTest, RefusesWhatItDoesNotKnow) {
    const auto refused = ask_running_server_blocking(path, "drop.everything", {});
    ASSERT_TRUE(refused && !*refused);
    EXPECT_EQ(refused->error().reason, "command_unknown");
}

TEST(AdminSocket, SaysWhenNoServerListens) {
    const db::testing::TemporaryDirectory folder;
    EXPECT_FALSE(ask_running_server_blocking(folder.path() / "admin.sock", "greet", {}));
}

}  // namespace
}  // namespace ae::app
