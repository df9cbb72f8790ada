#include "app/user_commands.hpp"

#include <gtest/gtest.h>

#include "app/account_ports.hpp"
#include "app/schema.hpp"
#include "base/crypto.hpp"
#include "io/run_blocking.hpp"
#include "store/db/testing.hpp"

namespace ae::app {
namespace {

namespace json = boost::json;

class UserCommands : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        crypto::start();
        const auto all = migrations();
        migrate(all);
        config_.password_memory = config::ByteSize{8 * 1024};
        accounts_ = std::make_unique<LoneAccounts>(db(), clock_, random_, config_);
        commands_ = user_commands((**accounts_).overseer);
    }
    Result<json::object> run(const char* name, json::object arguments) {
        return io::run_blocking(run_admin_command(commands_, name, std::move(arguments)));
    }
    bool lets_in(const std::string& login, const std::string& password) {
        return io::run_blocking((**accounts_).service.log_in(login, Secret{password}, std::nullopt, {})).has_value();
    }
    json::object create(const char* name, const char* role) {
        return run("user.create", {{"email", std::string{name} + "@mail.test"}, {"username", name}, {"role", role}}).value();
    }

  private:
    ManualClock clock_;
    SystemRandom random_;
    accounts::AccountConfig config_;
    std::unique_ptr<LoneAccounts> accounts_;
    AdminCommands commands_;
};
AE_ON_BOTH_ENGINES(UserCommands);

TEST_P(UserCommands, MakeAnAccountThatCanLogIn) {
    const auto made = create("ada", "admin");
    EXPECT_EQ(made.at("role").as_string(), "admin");
    EXPECT_TRUE(lets_in("ada", std::string{made.at("password").as_string()}));
    EXPECT_EQ(run("user.create", {{"email", "ada@mail.test"}, {"username", "other"}, {"role", "viewer"}}).error().reason, "email_taken");
    EXPECT_EQ(run("user.create", {{"email", "b@mail.test"}, {"username", "ada"}, {"role", "viewer"}}).error().reason, "username_taken");
    EXPECT_EQ(run("user.create", {{"email", "b@mail.test"}, {"username", "api"}, {"role", "viewer"}}).error().reason, "username_reserved");
    EXPECT_EQ(run("user.create", {{"email", "nobody"}, {"username", "b"}, {"role", "viewer"}}).error().reason, "email_invalid");
    EXPECT_EQ(run("user.create", {{"email", "b@mail.test"}, {"username", "bob"}, {"role", "king"}}).error().reason, "role_unknown");
}

TEST_P(UserCommands, PromoteByNameAddressOrId) {
    const auto made = create("ada", "viewer");
    for (const auto& who : {std::string{"ada"}, std::string{"ADA@mail.test"}, std::string{made.at("id").as_string()}}) {
        EXPECT_EQ(run("user.promote", {{"user", who}, {"role", "moderator"}}).value().at("role").as_string(), "moderator");
    }
    EXPECT_EQ(run("user.promote", {{"user", "nobody"}, {"role", "admin"}}).error().reason, "user_not_found");
}

TEST_P(UserCommands, DisableAndLetInAgain) {
    const std::string password{create("ada", "viewer").at("password").as_string()};
    EXPECT_TRUE(run("user.disable", {{"user", "ada"}}).value().at("disabled").as_bool());
    EXPECT_FALSE(lets_in("ada", password));
    EXPECT_FALSE(run("user.enable", {{"user", "ada"}}).value().at("disabled").as_bool());
    EXPECT_TRUE(lets_in("ada", password));
    create("boss", "admin");
    EXPECT_EQ(run("user.disable", {{"user", "boss"}}).error().reason, "last_admin");
}

TEST_P(UserCommands, GiveANewPassword) {
    const std::string before{create("ada", "viewer").at("password").as_string()};
    const std::string after{run("user.reset_password", {{"user", "ada"}}).value().at("password").as_string()};
    EXPECT_NE(before, after);
    EXPECT_FALSE(lets_in("ada", before));
    EXPECT_TRUE(lets_in("ada", after));
}

}  // namespace
}  // namespace ae::app
