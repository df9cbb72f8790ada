#include "accounts/route_testing.hpp"

namespace ae::accounts {
namespace {

namespace json = boost::json;
using testing::Browser;

class RecoveryRoutes : public testing::AccountServer {
  protected:
    std::string subject_of_latest() {
        auto mails = world().mailer.take();
        return mails.empty() ? "" : mails.back().subject;
    }
    const json::object ada_{{"email", "ada@mail.test"}, {"password", "correct horse"}};
};
AE_ON_BOTH_ENGINES(RecoveryRoutes);

TEST_P(RecoveryRoutes, LetNobodyInBeforeAnAddressIsProven) {
    world().mailer.set_delivers(true);
    auto ada = browser();
    const auto entered = ada.post("/api/auth/register", ada_);
    EXPECT_EQ(entered.status(), 200);
    EXPECT_TRUE(Browser::json(entered).at("user").is_null());
    EXPECT_EQ(ada.cookie, "");
    const json::object login{{"login", "ada@mail.test"}, {"password", "correct horse"}};
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", login)), "email_not_verified");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", {{"login", "ada@mail.test"}, {"password", "incorrect horse"}})), "login_wrong");

    const auto token = world().mailer.latest_token();
    EXPECT_EQ(ada.post("/api/auth/verify", {{"token", token}}).status(), 204);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify", {{"token", token}})), "link_expired");
    EXPECT_EQ(ada.post("/api/auth/login", login).status(), 200);
    EXPECT_TRUE(Browser::json(ada.get("/api/auth/user")).at("emailVerified").as_bool());
}

TEST_P(RecoveryRoutes, AnswerARegistrationTheSameWhoeverHasTheAddress) {
    world().mailer.set_delivers(true);
    auto ada = browser();
    const auto first = ada.post("/api/auth/register", ada_);
    EXPECT_EQ(subject_of_latest(), "Verify your e-mail address");
    const auto second = browser().post("/api/auth/register", ada_);
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(first.status(), second.status());
    EXPECT_EQ(second.header("set-cookie"), "");
    EXPECT_EQ(subject_of_latest(), "You already have an account");
}

TEST_P(RecoveryRoutes, SendAProofAgain) {
    world().mailer.set_delivers(true);
    auto ada = browser();
    ada.post("/api/auth/register", ada_);
    const auto old = world().mailer.latest_token();
    EXPECT_EQ(ada.post("/api/auth/verify/send", {{"email", "ADA@mail.test"}}).status(), 204);
    const auto token = world().mailer.latest_token();
    EXPECT_NE(token, old);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify", {{"token", old}})), "link_expired");
    EXPECT_EQ(ada.post("/api/auth/verify", {{"token", token}}).status(), 204);
    world().mailer.take();
    EXPECT_EQ(ada.post("/api/auth/verify/send", {{"email", "ada@mail.test"}}).status(), 204);
    EXPECT_TRUE(world().mailer.take().empty());
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify/send")), "email_missing");
}

TEST_P(RecoveryRoutes, ProveTheAddressOfWhoeverIsIn) {
    auto ada = somebody("ada");
    EXPECT_EQ(ada.post("/api/auth/verify/send").status(), 204);
    EXPECT_EQ(ada.post("/api/auth/verify", {{"token", world().mailer.latest_token()}}).status(), 204);
    EXPECT_TRUE(Browser::json(ada.get("/api/auth/user")).at("emailVerified").as_bool());
}

TEST_P(RecoveryRoutes, RefuseALinkThatIsTooOld) {
    auto ada = somebody("ada");
    ada.post("/api/auth/verify/send");
    world().clock.advance(std::chrono::hours{24});
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify", {{"token", world().mailer.latest_token()}})), "link_expired");
    ada.post("/api/auth/reset/ask", {{"email", "ada@mail.test"}});
    world().clock.advance(std::chrono::hours{1});
    EXPECT_EQ(Browser::code(ada.post("/api/auth/reset", {{"token", world().mailer.latest_token()}, {"password", "another horse"}})), "link_expired");
}

TEST_P(RecoveryRoutes, ResetAPasswordAndEndWhatTheOldOneOpened) {
    auto ada = somebody("ada");
    const auto made = Browser::json(ada.post("/api/auth/tokens", {{"name", "Bot"}, {"scopes", json::array{"read"}}}));
    auto stranger = browser();
    EXPECT_EQ(stranger.post("/api/auth/reset/ask", {{"email", "Ada@mail.test"}}).status(), 204);
    const auto mail = world().mailer.take().back();
    EXPECT_EQ(mail.to, "ada@mail.test");
    const auto at = mail.text.find("https://live.test/auth/reset?token=");
    ASSERT_NE(at, std::string::npos) << mail.text;
    EXPECT_NE(mail.html.find("https://live.test/auth/reset?token="), std::string::npos);
    const auto token = mail.text.substr(at + 35, mail.text.find('\n', at) - at - 35);

    // What is no password does not use the link up.
    EXPECT_EQ(Browser::code(stranger.post("/api/auth/reset", {{"token", token}, {"password", "12345678"}})), "password_weak");
    EXPECT_EQ(stranger.post("/api/auth/reset", {{"token", token}, {"password", "another horse"}}).status(), 204);
    EXPECT_EQ(stranger.cookie, "");
    EXPECT_EQ(ada.get("/api/auth/user").status(), 401);
    auto program = browser();
    program.bearer = Browser::text(made, "secret");
    EXPECT_EQ(program.get("/api/auth/user").status(), 401);
    EXPECT_EQ(Browser::code(stranger.post("/api/auth/login", login_)), "login_wrong");
    EXPECT_EQ(stranger.post("/api/auth/login", {{"login", "ada"}, {"password", "another horse"}}).status(), 200);
    EXPECT_TRUE(Browser::json(stranger.get("/api/auth/user")).at("emailVerified").as_bool());
    EXPECT_EQ(Browser::code(stranger.post("/api/auth/reset", {{"token", token}, {"password", "a third horse"}})), "link_expired");
    EXPECT_EQ(subject_of_latest(), "Your password was changed");
}

TEST_P(RecoveryRoutes, KeepALinkForWhatItIsFor) {
    auto ada = somebody("ada");
    ada.post("/api/auth/verify/send");
    const auto verify = world().mailer.latest_token();
    EXPECT_EQ(Browser::code(ada.post("/api/auth/reset", {{"token", verify}, {"password", "another horse"}})), "link_expired");
    ada.post("/api/auth/reset/ask", {{"email", "ada@mail.test"}});
    const auto reset = world().mailer.latest_token();
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify", {{"token", reset}})), "link_expired");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/claim", {{"token", reset}})), "link_expired");
}

TEST_P(RecoveryRoutes, WriteToNobodyWhoIsNotThere) {
    auto stranger = browser();
    const auto unknown = stranger.post("/api/auth/reset/ask", {{"email", "nobody@mail.test"}});
    EXPECT_EQ(unknown.status(), 204);
    EXPECT_EQ(stranger.post("/api/auth/verify/send", {{"email", "nobody@mail.test"}}).status(), 204);
    EXPECT_TRUE(world().mailer.take().empty());
    somebody("ada");
    ASSERT_TRUE(io::run_blocking(world().accounts.overseer.set_disabled("ada", true, {})));
    EXPECT_EQ(stranger.post("/api/auth/reset/ask", {{"email", "ada@mail.test"}}).body, unknown.body);
    EXPECT_TRUE(world().mailer.take().empty());
}

TEST_P(RecoveryRoutes, ChangeAnAddressWhenTheNewOneIsProven) {
    auto ada = somebody("ada");
    world().mailer.set_delivers(true);
    EXPECT_EQ(Browser::code(ada.put("/api/auth/email", {{"email", "nobody"}})), "email_invalid");
    EXPECT_EQ(ada.put("/api/auth/email", {{"email", "New@mail.test"}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "email"), "ada@mail.test");
    auto mails = world().mailer.take();
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_EQ(mails[0].to, "new@mail.test");
    EXPECT_EQ(mails[1].to, "ada@mail.test");
    const auto at = mails[0].text.find("?token=") + 7;
    const auto token = mails[0].text.substr(at, mails[0].text.find('\n', at) - at);
    EXPECT_EQ(ada.post("/api/auth/verify", {{"token", token}}).status(), 204);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "email"), "new@mail.test");
}

TEST_P(RecoveryRoutes, ChangeAnAddressAtOnceWhereNothingIsDelivered) {
    auto ada = somebody("ada");
    somebody("eve");
    EXPECT_EQ(Browser::code(ada.put("/api/auth/email", {{"email", "eve@mail.test"}})), "email_taken");
    EXPECT_EQ(ada.put("/api/auth/email", {{"email", "new@mail.test"}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "email"), "new@mail.test");
    world().clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(Browser::code(ada.put("/api/auth/email", {{"email", "late@mail.test"}})), "login_not_recent");
}

TEST_P(RecoveryRoutes, LetTheFirstWhoProvesAnAddressHaveIt) {
    auto ada = somebody("ada");
    auto eve = somebody("eve");
    world().mailer.set_delivers(true);
    ada.put("/api/auth/email", {{"email", "shared@mail.test"}});
    auto of_ada = world().mailer.take()[0].text;
    eve.put("/api/auth/email", {{"email", "shared@mail.test"}});
    auto of_eve = world().mailer.take()[0].text;
    const auto token_in = [](const std::string& text) {
        return text.substr(text.find("?token=") + 7, text.find('\n', text.find("?token=")) - text.find("?token=") - 7);
    };
    EXPECT_EQ(eve.post("/api/auth/verify", {{"token", token_in(of_eve)}}).status(), 204);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/verify", {{"token", token_in(of_ada)}})), "email_taken");
    EXPECT_EQ(Browser::text(Browser::json(eve.get("/api/auth/user")), "email"), "shared@mail.test");
}

TEST_P(RecoveryRoutes, LetAnOutsideIdentityStandIn) {
    auto& service = world().accounts.service;
    const ExternalIdentity identity{.external_id = "oidc:x|1", .email = "Out@side.test", .email_verified = true, .display_name = "Out"};
    const auto made = io::run_blocking(service.find_or_create_external(identity));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->email, "out@side.test");
    EXPECT_TRUE(made->email_verified_at);
    EXPECT_EQ(io::run_blocking(service.find_or_create_external(identity))->id, made->id);
    const auto entered = io::run_blocking(service.sign_in(made->id, {"192.0.2.1", "Browser"}));
    ASSERT_TRUE(entered);
    auto one = browser();
    one.cookie = "aethex_session=" + entered->token.reveal();
    EXPECT_EQ(Browser::text(Browser::json(one.get("/api/auth/user")), "displayName"), "Out");

    // Its address is somebody else's whose address is not proven: neither gets into the other's account.
    somebody("ada");
    const ExternalIdentity other{.external_id = "oidc:x|2", .email = "ada@mail.test", .email_verified = true};
    EXPECT_EQ(io::run_blocking(service.find_or_create_external(other)).error().reason, "email_taken");
    auto eve = somebody("eve");
    eve.post("/api/auth/verify/send");
    eve.post("/api/auth/verify", {{"token", world().mailer.latest_token()}});
    const ExternalIdentity linked{.external_id = "oidc:x|3", .email = "eve@mail.test", .email_verified = true};
    EXPECT_EQ(io::run_blocking(service.find_or_create_external(linked))->id, id_of(eve));
    const ExternalIdentity unproven{.external_id = "oidc:x|4", .email = "eve@mail.test", .email_verified = false};
    EXPECT_EQ(io::run_blocking(service.find_or_create_external(unproven)).error().reason, "email_taken");
}

}  // namespace
}  // namespace ae::accounts
