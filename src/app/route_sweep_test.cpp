// Every route of the server times every kind of caller: the answer that the declaration promises, whoever wrote the route.
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>

#include "accounts/user_store.hpp"
#include "app/wiring.hpp"
#include "io/run_blocking.hpp"
#include "net/http/test_server.hpp"
#include "store/db/testing.hpp"

namespace ae::app {
namespace {

using http::test::RawClient;

/// Who calls, and what the gate makes of it.
struct Kind {
    std::string name;
    std::optional<accounts::Role> role;
    bool recent = true;
    bool only_reads = false;
    bool with_origin = true;
};

const std::vector<Kind>& kinds() {
    using accounts::Role;
    static const std::vector<Kind> kAll{
        {"stranger", std::nullopt},
        {"viewer", Role::viewer},
        {"creator", Role::creator},
        {"moderator", Role::moderator},
        {"admin", Role::admin},
        {"admin of yesterday", Role::admin, false},
        {"admin's reading program", Role::admin, false, true},
        {"admin on another site's page", Role::admin, true, false, false},
    };
    return kAll;
}

api::Role rank_of(const std::optional<accounts::Role>& role) {
    return role ? static_cast<api::Role>(static_cast<int>(*role) + 1) : api::Role::anyone;
}

/// The refusal that the declaration promises; empty: none.
std::string promised(const api::RouteSpec& spec, const Kind& kind) {
    const bool writes = http::is_unsafe(spec.method);
    if (!kind.role && spec.who.role() != api::Role::anyone) return "not_signed_in";
    if (kind.role && writes && !kind.with_origin && !kind.only_reads) return "origin_refused";
    if (rank_of(kind.role) < spec.who.role()) return "not_allowed";
    if (kind.only_reads && writes) return "scope_missing";
    if (spec.who.recent() && !kind.recent) return "login_not_recent";
    return "";
}

const std::set<std::string> kRefusalsOfTheGate{"not_signed_in", "origin_refused", "not_allowed", "scope_missing", "login_not_recent"};

class RouteSweep : public ::testing::Test {
  protected:
    void SetUp() override {
        log::configure(log::Level::error, log::Form::automatic);
        config_.server.data = folder_.path().string();
        config_.server.shards = 1;
        config_.http.listen = "127.0.0.1:0";
        config_.rtmp.listen = {"127.0.0.1:0"};
        config_.db.url = Secret{"sqlite::memory:"};
        config_.metrics.listen = "";
        config_.accounts.password_memory = config::ByteSize{8 * 1024};
        ground_ = Ground::open_blocking(config_).value();
        house_ = std::make_unique<House>(*ground_, config_);
        house_->stage().start_blocking();
        house_->shards().start();
        ASSERT_TRUE(house_->ingest().start());
        ASSERT_TRUE(house_->web().start());
    }
    void TearDown() override {
        auto& main = house_->shards().at(0).context();
        boost::asio::co_spawn(main, house_->ingest().stop(std::chrono::milliseconds{100}), boost::asio::use_future).get();
        boost::asio::co_spawn(main, house_->web().stop(std::chrono::milliseconds{100}), boost::asio::use_future).get();
        house_->shards().stop();
        house_->shards().join();
        ground_->db().close_blocking();
    }

    /// A new account each time: some routes take it away.
    std::string credentials_of(const Kind& kind) {
        if (!kind.role) return "";
        auto& random = ground_->random();
        const auto now = ground_->clock().wall();
        const accounts::User user{.id = accounts::UserId{make_id_text(now, random)},
                                  .email = make_id_text(now, random) + "@mail.test",
                                  .role = *kind.role,
                                  .created_at = now,
                                  .updated_at = now};
        ground_->db().write_blocking(
            [&](db::Transaction& transaction) { accounts::store::insert(transaction, user, make_id_text(now, random), "x"); });
        auto& sessions = house_->accounts().service.sessions();
        if (kind.only_reads) {
            const auto made = io::run_blocking(sessions.create_token(user.id, "Sweep", {accounts::Scope::read}, std::nullopt));
            return "Authorization: Bearer " + made->shown.reveal() + "\r\n";
        }
        const auto opened = io::run_blocking(sessions.open(user.id, {"127.0.0.1", "Sweep"}));
        if (!kind.recent) make_old(opened.session.id);
        return "Cookie: aethex_session=" + opened.token.reveal() + "\r\n";
    }

    RawClient::Answer ask(const api::RouteSpec& spec, const Kind& kind, std::size_t place) {
        std::string path{spec.path};
        for (auto open = path.find('{'); open != std::string::npos; open = path.find('{')) path.replace(open, path.find('}') - open + 1, "nobody");
        std::string text = std::string{http::method_name(spec.method)} + " " + path + " HTTP/1.1\r\nHost: test\r\n" + credentials_of(kind);
        if (kind.with_origin) text += "Origin: http://test\r\n";
        if (http::is_unsafe(spec.method)) text += "Content-Length: 0\r\n";
        // An address of its own: limits are counted by it.
        const auto from = "127.0.0." + std::to_string(2 + place);
        return RawClient{house_->web().port(), from.c_str()}.ask(text + "\r\n");
    }

    const std::vector<api::Declared>& routes() const { return house_->declared(); }

  private:
    void make_old(const accounts::SessionId& session) {
        const db::Query age{"test.age", "UPDATE sessions SET confirmed_at = 0 WHERE id = $1"};
        ground_->db().write_blocking([&](db::Transaction& transaction) { transaction.execute(age, {session}); });
    }

    db::testing::TemporaryDirectory folder_;
    AppConfig config_;
    std::unique_ptr<Ground> ground_;
    std::unique_ptr<House> house_;
};

std::string refusal_in(const RawClient::Answer& answer) {
    if (answer.status() != 401 && answer.status() != 403) return "";
    const auto code = std::string{boost::json::parse(answer.body).at("code").as_string()};
    return kRefusalsOfTheGate.contains(code) ? code : "";
}

TEST_F(RouteSweep, EveryRouteRefusesWhomItsDeclarationRefusesAndNobodyElse) {
    ASSERT_GT(routes().size(), 50U);
    for (const auto& route : routes()) {
        const auto& spec = route.spec;
        // It is for anyone, and answers after half a minute when nothing happens.
        if (spec.name == "channels.on_air") continue;
        for (std::size_t place = 0; place < kinds().size(); ++place) {
            const Kind& kind = kinds()[place];
            const auto answer = ask(spec, kind, place);
            const auto what = std::string{http::method_name(spec.method)} + " " + std::string{spec.path} + " as " + kind.name;
            EXPECT_EQ(refusal_in(answer), promised(spec, kind)) << what << ": " << answer.status() << " " << answer.body.substr(0, 200);
            EXPECT_LT(answer.status(), 500 + 4 * (answer.status() == 503)) << what << answer.body.substr(0, 200);
            EXPECT_NE(answer.status(), 429) << what;
            EXPECT_NE(answer.status(), 0) << what;
        }
    }
}

TEST_F(RouteSweep, WhatChangesSomethingIsNotForEverybodyUnlessItLetsPeopleIn) {
    // The whole list of what a stranger may send: a new one is a decision.
    const std::set<std::string_view> known{"auth.register",      "auth.login",     "auth.logout", "auth.send_verification",
                                           "auth.verify",        "auth.ask_reset", "auth.reset",  "auth.passkey_login_options",
                                           "auth.passkey_login", "webhooks.clerk"};
    for (const auto& route : routes()) {
        if (!http::is_unsafe(route.spec.method) || route.spec.who.role() != api::Role::anyone) continue;
        EXPECT_TRUE(known.contains(route.spec.name)) << route.spec.name;
    }
}

}  // namespace
}  // namespace ae::app
