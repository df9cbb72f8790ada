#include "accounts/account_routes.hpp"

#include <algorithm>

#include "accounts/route_testing.hpp"

namespace ae::accounts {
namespace {

namespace json = boost::json;
using testing::Browser;

class AccountRoutes : public testing::AccountServer {};
AE_ON_BOTH_ENGINES(AccountRoutes);

TEST_P(AccountRoutes, SignSomebodyUpAndIn) {
    auto ada = browser();
    EXPECT_EQ(Browser::code(ada.get("/api/auth/user")), "not_signed_in");
    const auto entered = ada.post("/api/auth/register", {{"email", "Ada@Mail.test"}, {"password", "correct horse"}});
    EXPECT_EQ(entered.status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(entered).at("user"), "email"), "ada@mail.test");
    EXPECT_TRUE(Browser::json(entered).at("user").at("username").is_null());

    const auto me = ada.get("/api/auth/user");
    EXPECT_EQ(me.status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(me), "role"), "viewer");
    EXPECT_FALSE(Browser::json(me).at("onboarded").as_bool());
    EXPECT_FALSE(Browser::json(me).at("emailVerified").as_bool());
    EXPECT_EQ(Browser::text(Browser::json(me), "theme"), "dark");
    EXPECT_EQ(Browser::text(Browser::json(me), "language"), "en");
    EXPECT_EQ(me.header("cache-control"), "no-store");
}

TEST_P(AccountRoutes, RefuseARegistrationThatIsNone) {
    auto one = browser();
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "nobody"}, {"password", "correct horse"}})), "email_invalid");
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "a@b.test"}, {"password", "short"}})), "password_weak");
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "a@b.test"}, {"password", "Password123"}})), "password_weak");
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "abcdef@b.test"}, {"password", "ABCDEF@b.test"}})), "password_weak");
    somebody("ada");
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "ADA@mail.test"}, {"password", "correct horse"}})), "email_taken");
    EXPECT_EQ(one.cookie, "");
    auto config = testing::cheap_config();
    config.registration = "closed";
    serve(config);
    auto late = browser();
    EXPECT_EQ(Browser::code(late.post("/api/auth/register", {{"email", "b@b.test"}, {"password", "correct horse"}})), "registration_closed");
}

TEST_P(AccountRoutes, TakeNothingThatIsNotAskedFor) {
    auto one = browser();
    for (const char* more : {"role", "id", "emailVerified", "externalId", "disabled", "onboarded"}) {
        json::object body{{"email", "a@b.test"}, {"password", "correct horse"}};
        body[more] = "admin";
        EXPECT_EQ(one.post("/api/auth/register", body).status(), 422) << more;
    }
    auto ada = somebody("ada");
    for (const char* more : {"role", "id", "email", "avatar", "followerCount", "createdAt"}) {
        json::object body{{"bio", "Hello"}};
        body[more] = "admin";
        EXPECT_EQ(ada.put("/api/profile", body).status(), 422) << more;
    }
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "bio"), "");
}

TEST_P(AccountRoutes, LetInByNameOrAddress) {
    somebody("ada");
    for (const char* login : {"ada", "ADA", "ada@mail.test", "Ada@Mail.Test"}) {
        auto one = browser();
        EXPECT_EQ(one.post("/api/auth/login", {{"login", login}, {"password", "correct horse"}}).status(), 200) << login;
        EXPECT_EQ(one.get("/api/auth/user").status(), 200);
    }
}

TEST_P(AccountRoutes, SayTheSameWhateverIsWrongWithALogin) {
    auto ada = somebody("ada");
    auto one = browser();
    const auto wrong = one.post("/api/auth/login", {{"login", "ada"}, {"password", "incorrect horse"}});
    const auto unknown = one.post("/api/auth/login", {{"login", "eve"}, {"password", "incorrect horse"}});
    EXPECT_EQ(wrong.status(), 401);
    EXPECT_EQ(Browser::code(wrong), "login_wrong");
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(one.cookie, "");
    // Who came from outside has no password to be wrong about.
    const ExternalIdentity identity{.external_id = "oidc|1", .email = "out@side.test", .email_verified = true};
    ASSERT_TRUE(io::run_blocking(world().accounts.service.find_or_create_external(identity)));
    EXPECT_EQ(one.post("/api/auth/login", {{"login", "out@side.test"}, {"password", "incorrect horse"}}).body, wrong.body);
}

TEST_P(AccountRoutes, GiveACookieThatOnlyTheBrowserReads) {
    auto ada = browser();
    const auto answer = ada.post("/api/auth/register", {{"email", "ada@mail.test"}, {"password", "correct horse"}});
    const auto set = answer.header("set-cookie");
    EXPECT_TRUE(set.starts_with("aethex_session=")) << set;
    for (const char* flag : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=2592000"}) EXPECT_NE(set.find(flag), std::string::npos) << flag;
    EXPECT_EQ(set.find("Domain"), std::string::npos);
    const auto secure = session_cookie(Secret{"x"}, std::chrono::hours{1}, true);
    EXPECT_EQ(api::cookie_header(secure), "__Host-aethex_session=x; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure");
}

TEST_P(AccountRoutes, KeepNoSessionThatCanBeRead) {
    auto ada = somebody("ada");
    const auto token = ada.cookie.substr(ada.cookie.find('=') + 1);
    const db::Query everything{"test.sessions", "SELECT id, device, address, token_hash FROM sessions"};
    db().read_blocking([&](db::Transaction& transaction) {
        for (const auto& row : transaction.query(everything)) {
            for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(row.text(i).find(token), std::string::npos);
            EXPECT_EQ(row.blob(3), hash_of(Secret{token}));
        }
    });
}

TEST_P(AccountRoutes, MakeANewSessionAtEachLogin) {
    auto ada = somebody("ada");
    const auto planted = ada.cookie;
    // Somebody's own session, and one that nobody made, are both gone after a login.
    for (const auto& before : {planted, std::string{"aethex_session=abcdefghijklmnopqrstuvwxyz"}}) {
        auto victim = browser();
        victim.cookie = before;
        EXPECT_EQ(victim.post("/api/auth/login", login_).status(), 200);
        EXPECT_NE(victim.cookie, before);
        EXPECT_EQ(victim.get("/api/auth/user").status(), 200);
        auto attacker = browser();
        attacker.cookie = before;
        EXPECT_EQ(attacker.get("/api/auth/user").status(), 401);
    }
}

TEST_P(AccountRoutes, LetOut) {
    auto ada = somebody("ada");
    const auto cookie = ada.cookie;
    EXPECT_EQ(ada.poke("/api/auth/logout").status(), 204);
    EXPECT_EQ(ada.cookie, "");
    ada.cookie = cookie;
    EXPECT_EQ(ada.get("/api/auth/user").status(), 401);
    auto stranger = browser();
    EXPECT_EQ(stranger.poke("/api/auth/logout").status(), 204);
}

TEST_P(AccountRoutes, ListSessionsAndEndThem) {
    auto ada = somebody("ada");
    auto phone = browser();
    phone.device = "Phone";
    phone.post("/api/auth/login", login_);
    auto list = Browser::json(ada.get("/api/auth/sessions")).as_array();
    ASSERT_EQ(list.size(), 2U);
    const auto other = std::ranges::find_if(list, [](const auto& one) { return !one.at("isCurrent").as_bool(); });
    EXPECT_EQ(Browser::text(*other, "device"), "Phone");
    EXPECT_EQ(Browser::text(*other, "address"), "127.0.0.1");

    auto eve = somebody("eve");
    EXPECT_EQ(Browser::code(eve.del("/api/auth/sessions/" + Browser::text(*other, "id"))), "session_not_found");
    EXPECT_EQ(phone.get("/api/auth/user").status(), 200);
    EXPECT_EQ(ada.del("/api/auth/sessions/" + Browser::text(*other, "id")).status(), 204);
    EXPECT_EQ(phone.get("/api/auth/user").status(), 401);
    EXPECT_EQ(Browser::json(ada.get("/api/auth/sessions")).as_array().size(), 1U);

    phone.post("/api/auth/login", login_);
    EXPECT_EQ(ada.poke("/api/auth/logout/everywhere").status(), 204);
    EXPECT_EQ(phone.get("/api/auth/user").status(), 401);
    EXPECT_EQ(eve.get("/api/auth/user").status(), 200);
}

TEST_P(AccountRoutes, ForgetASessionThatNobodyUses) {
    auto ada = somebody("ada");
    world().clock.advance(std::chrono::hours{24 * 29});
    EXPECT_EQ(ada.get("/api/auth/user").status(), 200);
    world().clock.advance(std::chrono::hours{24 * 29});
    EXPECT_EQ(ada.get("/api/auth/user").status(), 200);
    world().clock.advance(std::chrono::hours{24 * 31});
    EXPECT_EQ(ada.get("/api/auth/user").status(), 401);
}

TEST_P(AccountRoutes, KeepFiftySessionsOfAnAccount) {
    auto ada = somebody("ada");
    const auto first = ada.cookie;
    for (int i = 0; i < 50; ++i) {
        world().clock.advance(std::chrono::minutes{1});
        auto one = browser();
        EXPECT_EQ(one.post("/api/auth/login", login_).status(), 200);
        ada.cookie = one.cookie;
    }
    EXPECT_EQ(Browser::json(ada.get("/api/auth/sessions")).as_array().size(), 50U);
    ada.cookie = first;
    EXPECT_EQ(ada.get("/api/auth/user").status(), 401);
}

TEST_P(AccountRoutes, HashAPasswordAgainWhenHashesBecomeDearer) {
    somebody("ada");
    const auto hash = [&] {
        return db().read_blocking([](db::Transaction& transaction) { return store::credentials(transaction, "ada")->password_hash.value(); });
    };
    const auto before = hash();
    auto config = testing::cheap_config();
    config.password_passes = 2;
    serve(config);
    auto one = browser();
    EXPECT_EQ(one.post("/api/auth/login", login_).status(), 200);
    EXPECT_NE(hash(), before);
    EXPECT_FALSE(world().passwords.outdated(hash()));
    EXPECT_EQ(one.post("/api/auth/login", login_).status(), 200);
}

TEST_P(AccountRoutes, RefuseAnotherSitesPage) {
    auto ada = somebody("ada");
    ada.origin = "";
    EXPECT_EQ(Browser::code(ada.put("/api/profile", {{"bio", "x"}})), "origin_refused");
    ada.origin = "http://evil.test";
    EXPECT_EQ(Browser::code(ada.put("/api/profile", {{"bio", "x"}})), "origin_refused");
    EXPECT_EQ(Browser::code(ada.poke("/api/auth/logout")), "origin_refused");
    ada.origin = "http://test";
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "bio"), "");
    EXPECT_EQ(ada.put("/api/profile", {{"bio", "x"}}).status(), 200);
}

TEST_P(AccountRoutes, AskAgainForAPasswordBeforeWhatHurts) {
    auto ada = somebody("ada");
    EXPECT_EQ(ada.get("/api/auth/export").status(), 200);
    world().clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(Browser::code(ada.get("/api/auth/export")), "login_not_recent");
    EXPECT_EQ(Browser::code(ada.put("/api/auth/password", {{"password", "another horse"}})), "login_not_recent");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/confirm")), "proof_missing");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/confirm", {{"password", "incorrect horse"}})), "password_wrong");
    EXPECT_EQ(Browser::code(ada.get("/api/auth/export")), "login_not_recent");
    EXPECT_EQ(ada.post("/api/auth/confirm", {{"password", "correct horse"}}).status(), 204);
    EXPECT_EQ(ada.get("/api/auth/export").status(), 200);

    world().second_factor.wanting.insert(id_of(ada));
    world().clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(Browser::code(ada.post("/api/auth/confirm", {{"code", "000000"}})), "second_factor_wrong");
    EXPECT_EQ(ada.post("/api/auth/confirm", {{"code", "123456"}}).status(), 204);
    EXPECT_EQ(ada.get("/api/auth/export").status(), 200);
}

TEST_P(AccountRoutes, ChangeAPasswordAndEndWhatItOpened) {
    auto ada = somebody("ada");
    auto phone = browser();
    phone.post("/api/auth/login", login_);
    EXPECT_EQ(Browser::code(ada.put("/api/auth/password", {{"password", "12345678"}})), "password_weak");
    EXPECT_EQ(ada.put("/api/auth/password", {{"password", "another horse"}}).status(), 204);
    EXPECT_EQ(ada.get("/api/auth/user").status(), 200);
    EXPECT_EQ(phone.get("/api/auth/user").status(), 401);
    EXPECT_EQ(Browser::code(phone.post("/api/auth/login", login_)), "login_wrong");
    EXPECT_EQ(phone.post("/api/auth/login", {{"login", "ada"}, {"password", "another horse"}}).status(), 200);
    EXPECT_EQ(world().mailer.take().back().subject, "Your password was changed");
}

TEST_P(AccountRoutes, AskForASecondFactor) {
    auto ada = somebody("ada");
    world().second_factor.wanting.insert(id_of(ada));
    EXPECT_TRUE(Browser::json(ada.get("/api/auth/user")).at("twoFactor").as_bool());
    auto one = browser();
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", login_)), "second_factor_required");
    json::object with = login_;
    with["code"] = "000000";
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", with)), "second_factor_wrong");
    EXPECT_EQ(one.get("/api/auth/user").status(), 401);
    with["code"] = "123456";
    EXPECT_EQ(one.post("/api/auth/login", with).status(), 200);
    // Whoever has not the password is not told that there is a second factor.
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", {{"login", "ada"}, {"password", "incorrect horse"}})), "login_wrong");
}

TEST_P(AccountRoutes, SlowDownWhoTriesOneAccountFromEverywhere) {
    somebody("ada");
    auto one = browser();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(Browser::code(one.post("/api/auth/login", {{"login", "ada"}, {"password", "incorrect horse"}})), "login_wrong");
    }
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", login_)), "too_many_tries");
    for (int i = 0; i < 20; ++i) one.post("/api/auth/login", {{"login", "nobody"}, {"password", "incorrect horse"}});
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", {{"login", "nobody"}, {"password", "incorrect horse"}})), "too_many_tries");
    world().clock.advance(std::chrono::minutes{5});
    EXPECT_EQ(one.post("/api/auth/login", login_).status(), 200);
}

TEST_P(AccountRoutes, SlowDownAnAddress) {
    auto config = testing::cheap_config();
    config.register_limit = 2;
    config.login_limit = 15;
    serve(config);
    auto one = browser();
    for (int i = 0; i < 2; ++i) EXPECT_EQ(one.post("/api/auth/register", {{"email", "x"}, {"password", "x"}}).status(), 422);
    EXPECT_EQ(Browser::code(one.post("/api/auth/register", {{"email", "x"}, {"password", "x"}})), "rate_limited");
    for (int i = 0; i < 15; ++i) EXPECT_EQ(one.post("/api/auth/login", {{"login", std::to_string(i)}, {"password", "x"}}).status(), 401);
    EXPECT_EQ(Browser::code(one.post("/api/auth/login", login_)), "rate_limited");
}

TEST_P(AccountRoutes, GiveProgramsTokensOfTheirOwn) {
    auto ada = somebody("ada");
    const auto made = ada.post("/api/auth/tokens", {{"name", "Bot"}, {"scopes", json::array{"read"}}});
    ASSERT_EQ(made.status(), 201) << made.body;
    const auto view = Browser::json(made);
    const auto secret = Browser::text(view, "secret");
    EXPECT_TRUE(secret.starts_with("aex_live_"));

    auto program = browser();
    program.origin = "";
    program.bearer = secret;
    EXPECT_EQ(Browser::text(Browser::json(program.get("/api/auth/user")), "username"), "ada");
    EXPECT_EQ(Browser::code(program.put("/api/profile", {{"bio", "x"}})), "scope_missing");
    EXPECT_EQ(Browser::code(program.get("/api/auth/export")), "login_not_recent");
    EXPECT_EQ(Browser::code(program.post("/api/auth/confirm", {{"password", "correct horse"}})), "scope_missing");

    const auto listed = ada.get("/api/auth/tokens");
    EXPECT_EQ(listed.body.find(secret), std::string::npos);
    EXPECT_EQ(Browser::text(Browser::json(listed).at(0), "lastFour"), secret.substr(secret.size() - 4));
    EXPECT_FALSE(Browser::json(listed).at(0).at("lastUsedAt").is_null());

    const auto writer = Browser::json(ada.post("/api/auth/tokens", {{"name", "Writer"}, {"scopes", json::array{"read", "write"}}}));
    program.bearer = Browser::text(writer, "secret");
    EXPECT_EQ(program.put("/api/profile", {{"bio", "By a program"}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "bio"), "By a program");
    EXPECT_EQ(Browser::code(program.post("/api/auth/confirm", {{"password", "correct horse"}})), "not_allowed");

    auto eve = somebody("eve");
    const auto id = Browser::text(writer.at("token"), "id");
    EXPECT_EQ(Browser::code(eve.del("/api/auth/tokens/" + id)), "token_not_found");
    EXPECT_EQ(ada.del("/api/auth/tokens/" + id).status(), 204);
    EXPECT_EQ(program.get("/api/auth/user").status(), 401);
}

TEST_P(AccountRoutes, EndTokensInTime) {
    auto ada = somebody("ada");
    const auto until = world().clock.wall() + std::chrono::hours{1};
    EXPECT_EQ(Browser::code(
                  ada.post("/api/auth/tokens", {{"name", "Late"}, {"scopes", json::array{"read"}}, {"expiresAt", to_rfc3339(world().clock.wall())}})),
              "token_expiry_invalid");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/tokens", {{"name", "Idle"}, {"scopes", json::array{}}})), "token_scopes_missing");
    auto program = browser();
    program.bearer = Browser::text(
        Browser::json(ada.post("/api/auth/tokens", {{"name", "Bot"}, {"scopes", json::array{"read"}}, {"expiresAt", to_rfc3339(until)}})), "secret");
    EXPECT_EQ(program.get("/api/auth/user").status(), 200);
    world().clock.advance(std::chrono::hours{1});
    EXPECT_EQ(program.get("/api/auth/user").status(), 401);
    program.bearer = "aex_live_made-up";
    EXPECT_EQ(program.get("/api/auth/user").status(), 401);
    EXPECT_EQ(program.get("/api/users/ada").status(), 200);
}

TEST_P(AccountRoutes, LetAnAdminOverseeAccounts) {
    auto ada = somebody("ada");
    auto boss = admin();
    EXPECT_EQ(Browser::code(ada.get("/api/admin/users")), "not_allowed");
    const auto found = Browser::json(boss.get("/api/admin/users?search=ADA@"));
    ASSERT_EQ(found.at("items").as_array().size(), 1U);
    EXPECT_EQ(Browser::text(found.at("items").at(0), "username"), "ada");
    EXPECT_EQ(Browser::json(boss.get("/api/admin/users?search=%25")).at("items").as_array().size(), 2U);

    EXPECT_EQ(boss.put("/api/admin/users/ada/role", {{"role", "moderator"}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "role"), "moderator");

    EXPECT_EQ(boss.put("/api/admin/users/ada/disabled", {{"disabled", true}}).status(), 200);
    EXPECT_EQ(ada.get("/api/auth/user").status(), 401);
    EXPECT_EQ(ada.get("/api/users/ada").status(), 404);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", login_)), "account_disabled");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", {{"login", "ada"}, {"password", "incorrect horse"}})), "login_wrong");
    EXPECT_EQ(boss.put("/api/admin/users/ada/disabled", {{"disabled", false}}).status(), 200);
    EXPECT_EQ(ada.post("/api/auth/login", login_).status(), 200);
}

TEST_P(AccountRoutes, KeepAnAdmin) {
    auto boss = admin();
    EXPECT_EQ(Browser::code(boss.put("/api/admin/users/boss/role", {{"role", "viewer"}})), "last_admin");
    EXPECT_EQ(Browser::code(boss.put("/api/admin/users/boss/disabled", {{"disabled", true}})), "last_admin");
    EXPECT_EQ(Browser::code(boss.del("/api/auth/user")), "last_admin");
    auto ada = somebody("ada");
    EXPECT_EQ(boss.put("/api/admin/users/ada/role", {{"role", "admin"}}).status(), 200);
    EXPECT_EQ(boss.put("/api/admin/users/boss/role", {{"role", "viewer"}}).status(), 200);
    EXPECT_EQ(Browser::code(boss.get("/api/admin/users")), "not_allowed");
}

TEST_P(AccountRoutes, MakeTheFirstAdminByALinkOnce) {
    auto ada = somebody("ada");
    const auto old = io::run_blocking(world().accounts.overseer.first_admin_token());
    const auto token = io::run_blocking(world().accounts.overseer.first_admin_token());
    ASSERT_TRUE(token);
    auto stranger = browser();
    EXPECT_EQ(Browser::code(stranger.post("/api/auth/claim", {{"token", token->reveal()}})), "not_signed_in");
    EXPECT_EQ(Browser::code(ada.post("/api/auth/claim", {{"token", old->reveal()}})), "link_expired");
    EXPECT_EQ(ada.post("/api/auth/claim", {{"token", token->reveal()}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")), "role"), "admin");
    auto eve = somebody("eve");
    EXPECT_EQ(Browser::code(eve.post("/api/auth/claim", {{"token", token->reveal()}})), "link_expired");
    EXPECT_FALSE(io::run_blocking(world().accounts.overseer.first_admin_token()));
}

TEST_P(AccountRoutes, TakeAnAccountAwayWithAllThatHangsOnIt) {
    auto ada = somebody("ada");
    auto eve = somebody("eve");
    const auto id = id_of(ada);
    EXPECT_EQ(ada.poke("/api/users/eve/follow").status(), 200);
    EXPECT_EQ(eve.poke("/api/users/ada/follow").status(), 200);
    EXPECT_EQ(ada.del("/api/auth/user").status(), 204);
    EXPECT_EQ(ada.cookie, "");
    EXPECT_TRUE(world().dependents.gone.contains(id));
    EXPECT_EQ(eve.get("/api/users/ada").status(), 404);
    const auto left = Browser::json(eve.get("/api/users/eve"));
    EXPECT_EQ(left.at("followerCount").as_int64(), 0);
    EXPECT_EQ(left.at("followingCount").as_int64(), 0);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", login_)), "login_wrong");
    EXPECT_EQ(somebody("ada").get("/api/auth/user").status(), 200);
}

TEST_P(AccountRoutes, HandEverythingOut) {
    auto ada = somebody("ada");
    auto eve = somebody("eve");
    eve.poke("/api/users/ada/follow");
    const auto answer = ada.get("/api/auth/export");
    EXPECT_EQ(answer.header("content-disposition"), "attachment; filename=\"account.json\"");
    const auto all = Browser::json(answer);
    EXPECT_EQ(Browser::text(all.at("account"), "email"), "ada@mail.test");
    EXPECT_EQ(Browser::text(all.at("followers").at(0), "username"), "eve");
    EXPECT_EQ(all.at("sessions").as_array().size(), 1U);
    EXPECT_EQ(Browser::text(all.at("audit").at(0), "action"), "registered");
    EXPECT_TRUE(all.at("channels").is_array());
    EXPECT_EQ(answer.body.find("argon2"), std::string::npos);
    EXPECT_EQ(answer.body.find("eve@"), std::string::npos);
}

}  // namespace
}  // namespace ae::accounts
