#include "accounts/factors/factor_routes.hpp"

#include <gtest/gtest.h>

#include "accounts/account_routes.hpp"
#include "accounts/browser.hpp"
#include "accounts/factors/factor_store.hpp"
#include "accounts/factors/testing.hpp"
#include "accounts/factors/totp.hpp"
#include "accounts/testing.hpp"
#include "accounts/user_store.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::factors {
namespace {

namespace json = boost::json;
using accounts::testing::Browser;

constexpr std::string_view kPassword = "correct horse battery";

class FactorRoutes : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(migrations());
        server_ = std::make_unique<http::test::TestServer>(router());
        ada_.emplace(*server_);
        EXPECT_EQ(ada_->post("/api/auth/register", {{"email", "ada@example.org"}, {"password", kPassword}}).status(), 200);
    }
    void TearDown() override {
        server_.reset();
        db().close_blocking();
    }

    Browser stranger() { return Browser{*server_}; }
    std::string log_in(Browser& browser, const std::string& code = "") {
        json::object body{{"login", "ada@example.org"}, {"password", kPassword}};
        if (!code.empty()) body["code"] = code;
        return Browser::code(browser.post("/api/auth/login", body));
    }
    std::string code(int apart = 0) { return totp_code(secret_, totp_step(world_.clock.wall()) + apart); }
    void later(Duration by) {
        server_->run([&] { world_.clock.advance(by); });
    }

    /// Turns the app on, and answers the recovery codes.
    std::vector<std::string> turn_on() {
        const auto begun = Browser::json(ada_->poke("/api/auth/totp"));
        const auto kept = db().read_blocking([&](db::Transaction& transaction) { return store::find_totp(transaction, user_id()); });
        const auto key = crypto::derive_key(Secret{std::string(32, 's')}, "accounts.totp_secrets");
        secret_ = Secret{std::string{as_text(*crypto::open(key, kept->sealed_secret, user_id().str()))}};
        EXPECT_EQ(Browser::text(begun, "secret"), totp_secret_text(secret_));
        const auto confirmed = Browser::json(ada_->post("/api/auth/totp/confirm", {{"code", code()}}));
        std::vector<std::string> codes;
        for (const auto& each : confirmed.at("recoveryCodes").as_array()) codes.emplace_back(each.as_string());
        later(std::chrono::seconds{30});
        return codes;
    }
    accounts::UserId user_id() { return accounts::UserId{Browser::text(Browser::json(ada_->get("/api/auth/user")), "id")}; }

    static std::string base64url(std::string_view text) { return to_base64url(as_bytes(text)); }
    std::string add_passkey(const testing::Authenticator& key, const std::string& name = "Phone") {
        const auto options = Browser::json(ada_->poke("/api/auth/passkeys/options"));
        const auto challenge = from_base64url(Browser::text(options, "challenge")).value();
        return Browser::code(ada_->post("/api/auth/passkeys", {{"name", name},
                                                               {"clientDataJSON", base64url(key.client_data("webauthn.create", challenge))},
                                                               {"attestationObject", to_base64url(key.attestation())}}));
    }
    json::object assertion(Browser& browser, const testing::Authenticator& key) {
        const auto options = Browser::json(browser.poke("/api/auth/passkey/options"));
        EXPECT_EQ(Browser::text(options, "rpId"), "live.example.org");
        const auto used = key.use(from_base64url(Browser::text(options, "challenge")).value());
        return {{"id", to_base64url(key.credential_id)},
                {"clientDataJSON", base64url(used.client_data_json)},
                {"authenticatorData", to_base64url(used.authenticator_data)},
                {"signature", to_base64url(used.signature)}};
    }

    accounts::testing::World world_{db()};
    Secret secret_;
    std::optional<Browser> ada_;

  private:
    http::Router router() {
        api::Routes routes;
        routes.set_gate(accounts::make_gate(accounts_.service.sessions()));
        accounts::add_account_routes(routes, accounts_, cursors_);
        add_factor_routes(routes, {accounts_, second_, passkeys_, "Test LIVE", "https://live.example.org"});
        return routes.take_router();
    }

    api::Cursors cursors_{Secret{"cursors"}};
    SecondFactors second_{db(), world_.clock, world_.random, Secret{std::string(32, 's')}};
    PasskeyService passkeys_{db(), world_.clock, world_.random, Secret{std::string(32, 's')}};
    accounts::Accounts accounts_{{db(), world_.clock, world_.random, world_.config, world_.passwords, world_.mailer, second_, world_.dependents,
                                  [] { return std::string{"https://live.example.org"}; }}};
    std::unique_ptr<http::test::TestServer> server_;
};
AE_ON_BOTH_ENGINES(FactorRoutes);

TEST_P(FactorRoutes, AnAppIsTurnedOnAskedForAndTurnedOff) {
    EXPECT_FALSE(Browser::json(ada_->get("/api/auth/factors")).at("totp").as_bool());
    const auto codes = turn_on();
    ASSERT_EQ(codes.size(), 10U);
    EXPECT_TRUE(Browser::json(ada_->get("/api/auth/factors")).at("totp").as_bool());
    EXPECT_TRUE(Browser::json(ada_->get("/api/auth/user")).at("twoFactor").as_bool());

    auto browser = stranger();
    EXPECT_EQ(log_in(browser), "second_factor_required");
    EXPECT_TRUE(browser.cookie.empty());
    EXPECT_EQ(log_in(browser, "000000"), "second_factor_wrong");
    const auto now = code();
    EXPECT_EQ(log_in(browser, now), "200");
    EXPECT_EQ(log_in(browser, now), "second_factor_wrong") << "a code works once";
    EXPECT_EQ(log_in(browser, codes[0]), "200");
    EXPECT_EQ(log_in(browser, codes[0]), "second_factor_wrong");
    EXPECT_EQ(Browser::json(ada_->get("/api/auth/factors")).at("recoveryCodesLeft").as_int64(), 9);

    EXPECT_EQ(ada_->del("/api/auth/totp").status(), 204);
    EXPECT_EQ(Browser::code(ada_->del("/api/auth/totp")), "totp_not_on");
    EXPECT_EQ(log_in(browser), "200");
}

TEST_P(FactorRoutes, RecoveryCodesAreMadeAnew) {
    EXPECT_EQ(Browser::code(ada_->poke("/api/auth/recovery-codes")), "totp_not_on");
    const auto old = turn_on();
    const auto fresh = Browser::json(ada_->poke("/api/auth/recovery-codes")).at("recoveryCodes").as_array();
    auto browser = stranger();
    EXPECT_EQ(log_in(browser, old[0]), "second_factor_wrong");
    EXPECT_EQ(log_in(browser, std::string{fresh[0].as_string()}), "200");
}

TEST_P(FactorRoutes, ChangingFactorsAsksForARecentLogin) {
    later(std::chrono::minutes{11});
    for (const char* target : {"/api/auth/totp", "/api/auth/recovery-codes", "/api/auth/passkeys/options"}) {
        EXPECT_EQ(Browser::code(ada_->poke(target)), "login_not_recent") << target;
    }
    EXPECT_EQ(Browser::code(ada_->post("/api/auth/totp/confirm", {{"code", "123456"}})), "login_not_recent");
    EXPECT_EQ(Browser::code(ada_->del("/api/auth/totp")), "login_not_recent");
    EXPECT_EQ(ada_->post("/api/auth/confirm", {{"password", kPassword}}).status(), 204);
    EXPECT_EQ(ada_->poke("/api/auth/totp").status(), 200);
}

TEST_P(FactorRoutes, StrangersHaveNoFactors) {
    auto browser = stranger();
    EXPECT_EQ(Browser::code(browser.get("/api/auth/factors")), "not_signed_in");
    for (const char* target : {"/api/auth/totp", "/api/auth/recovery-codes", "/api/auth/passkeys/options"}) {
        EXPECT_EQ(Browser::code(browser.poke(target)), "not_signed_in") << target;
    }
    EXPECT_EQ(Browser::code(browser.del("/api/auth/passkeys/01m31s23r0000000000000000a")), "not_signed_in");
}

TEST_P(FactorRoutes, APasskeyIsMadeUsedListedAndRemoved) {
    const testing::Authenticator key;
    EXPECT_EQ(add_passkey(key), "201");
    const auto listed = Browser::json(ada_->get("/api/auth/factors")).at("passkeys").as_array();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(Browser::text(listed[0], "name"), "Phone");
    EXPECT_TRUE(listed[0].at("lastUsedAt").is_null());
    const auto options = Browser::json(ada_->poke("/api/auth/passkeys/options"));
    EXPECT_EQ(Browser::text(options.at("excludeCredentials").at(0), "id"), to_base64url(key.credential_id));
    EXPECT_EQ(Browser::text(options.at("rp"), "name"), "Test LIVE");
    EXPECT_EQ(add_passkey(key), "passkey_taken");

    auto browser = stranger();
    const auto proof = assertion(browser, key);
    const auto entered = browser.post("/api/auth/passkey/login", proof);
    ASSERT_EQ(entered.status(), 200) << entered.body;
    EXPECT_EQ(Browser::text(Browser::json(entered).at("user"), "email"), "ada@example.org");
    EXPECT_EQ(browser.get("/api/auth/user").status(), 200);
    auto thief = stranger();
    EXPECT_EQ(Browser::code(thief.post("/api/auth/passkey/login", proof)), "passkey_challenge_refused") << "what was overheard is worth nothing";
    EXPECT_FALSE(Browser::json(ada_->get("/api/auth/factors")).at("passkeys").at(0).at("lastUsedAt").is_null());

    const auto id = Browser::text(listed[0], "id");
    EXPECT_EQ(ada_->del("/api/auth/passkeys/" + id).status(), 204);
    EXPECT_EQ(Browser::code(ada_->del("/api/auth/passkeys/" + id)), "passkey_not_found");
    auto late = stranger();
    EXPECT_EQ(Browser::code(late.post("/api/auth/passkey/login", assertion(late, key))), "passkey_unknown");
}

TEST_P(FactorRoutes, APasskeyMakesALoginRecent) {
    const testing::Authenticator key;
    EXPECT_EQ(add_passkey(key), "201");
    later(std::chrono::minutes{11});
    EXPECT_EQ(Browser::code(ada_->poke("/api/auth/totp")), "login_not_recent");
    EXPECT_EQ(ada_->post("/api/auth/passkey/confirm", assertion(*ada_, key)).status(), 204);
    EXPECT_EQ(ada_->poke("/api/auth/totp").status(), 200);

    auto bob = stranger();
    EXPECT_EQ(bob.post("/api/auth/register", {{"email", "bob@example.org"}, {"password", kPassword}}).status(), 200);
    later(std::chrono::minutes{11});
    EXPECT_EQ(Browser::code(bob.post("/api/auth/passkey/confirm", assertion(bob, key))), "passkey_unknown") << "somebody else's";
    EXPECT_EQ(Browser::code(bob.poke("/api/auth/totp")), "login_not_recent");
}

TEST_P(FactorRoutes, APasskeyStandsForBothFactors) {
    const testing::Authenticator key;
    EXPECT_EQ(add_passkey(key), "201");
    turn_on();
    auto browser = stranger();
    EXPECT_EQ(browser.post("/api/auth/passkey/login", assertion(browser, key)).status(), 200);
}

TEST_P(FactorRoutes, WhatNoBrowserSendsIsRefused) {
    auto browser = stranger();
    for (const char* wrong : {"!", "AAA=", "A"}) {
        EXPECT_EQ(Browser::code(browser.post("/api/auth/passkey/login",
                                             {{"id", wrong}, {"clientDataJSON", "e30"}, {"authenticatorData", "AAAA"}, {"signature", "AAAA"}})),
                  "passkey_malformed");
    }
    EXPECT_EQ(Browser::code(browser.post("/api/auth/passkey/login", json::object{})), "body_invalid");
    EXPECT_EQ(Browser::code(ada_->post("/api/auth/passkeys", {{"name", "x"}, {"clientDataJSON", "e30"}, {"attestationObject", "AAAA"}})),
              "passkey_malformed");
}

}  // namespace
}  // namespace ae::factors
