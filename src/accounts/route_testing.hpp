// For tests of this room's routes: its whole table behind a real server, on both engines.
#pragma once

#include "accounts/account_routes.hpp"
#include "accounts/browser.hpp"
#include "accounts/testing.hpp"
#include "accounts/user_store.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::accounts::testing {

class AccountServer : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(migrations());
        serve(cheap_config());
    }
    void TearDown() override { server_.reset(); }
    /// Starts anew with other settings.
    void serve(AccountConfig config) {
        server_.reset();
        world_ = std::make_unique<World>(db(), std::move(config));
        api::Routes routes;
        routes.set_gate(make_gate(world_->accounts.service.sessions()));
        add_account_routes(routes, world_->accounts, cursors_);
        server_ = std::make_unique<http::test::TestServer>(routes.take_router());
    }
    Browser browser() { return Browser{*server_}; }
    /// Signed in, and onboarded.
    Browser somebody(const std::string& name) {
        auto one = browser();
        const auto answer = one.post("/api/auth/register", {{"email", name + "@mail.test"}, {"password", "correct horse"}});
        EXPECT_EQ(answer.status(), 200) << answer.body;
        const auto named = one.post("/api/auth/onboard", {{"username", name}, {"displayName", "The " + name}});
        EXPECT_EQ(named.status(), 200) << named.body;
        return one;
    }
    UserId id_of(Browser& one) { return UserId{Browser::text(Browser::json(one.get("/api/auth/user")), "id")}; }
    Browser admin() {
        auto one = somebody("boss");
        EXPECT_TRUE(io::run_blocking(world().accounts.overseer.set_role("boss", Role::admin, {})));
        return one;
    }
    World& world() { return *world_; }

    const boost::json::object login_{{"login", "ada"}, {"password", "correct horse"}};

  private:
    api::Cursors cursors_{Secret{"cursors"}};
    std::unique_ptr<World> world_;
    std::unique_ptr<http::test::TestServer> server_;
};

}  // namespace ae::accounts::testing
