#include "accounts/outside/clerk_service.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "accounts/outside/outside_store.hpp"
#include "accounts/testing.hpp"
#include "accounts/user_store.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "net/http/router.hpp"
#include "net/http/test_server.hpp"
#include "net/jose/testing.hpp"
#include "store/db/testing.hpp"

namespace ae::outside {
namespace {

using crypto::SignatureAlgorithm;
using jose::testing::SigningKey;

const Secret kWebhookSecret{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};

const SigningKey& clerk_key() {
    static const SigningKey kKey{SignatureAlgorithm::rs256};
    return kKey;
}

class ClerkServiceTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(migrations());
        http::Router router;
        router.add(http::Method::get, "/.well-known/jwks.json", {.name = "jwks"},
                   http::test::text_handler("{\"keys\":[" + clerk_key().jwk("ins_1") + "]}"));
        server_ = std::make_unique<http::test::TestServer>(std::move(router));
        shards_.start();
        config_.issuer = fmt::format("http://127.0.0.1:{}", server_->port());
        config_.is_private = true;
        config_.authorized_parties = {"https://live.example.org"};
        config_.webhook_secrets = kWebhookSecret;
        clerk_ = std::make_unique<ClerkService>(config_, world_.accounts, shards_.at(0), client_);
    }
    void TearDown() override { db().close_blocking(); }

    template <class T>
    T run(io::Task<T> task) {
        return io::run_blocking(std::move(task));
    }
    std::int64_t now() { return std::chrono::floor<std::chrono::seconds>(world_.clock.wall()).time_since_epoch().count(); }

    /// A session token with these claims beside the usual ones.
    std::string token(const std::string& more = "", const std::string& subject = "user_1") {
        return clerk_key().token(
            "ins_1", fmt::format(R"({{"iss":"{}","sub":"{}","sid":"sess_1","azp":"https://live.example.org","exp":{},"nbf":{},"iat":{}{}}})",
                                 config_.issuer, subject, now() + 60, now() - 10, now() - 10, more));
    }
    std::string event(const std::string& type, const std::string& email, std::int64_t updated_at, bool verified = true,
                      const std::string& name = "Ada") {
        return fmt::format(
            R"({{"type":"{}","data":{{"id":"user_1","first_name":"{}","primary_email_address_id":"idn_1","updated_at":{},"email_addresses":[{{"id":"idn_1","email_address":"{}","verification":{{"status":"{}"}}}}]}}}})",
            type, name, updated_at, email, verified ? "verified" : "unverified");
    }
    std::string_view take(const std::string& id, const std::string& body) {
        const auto timestamp = std::to_string(now());
        const auto signature = webhook::sign_svix(*webhook::svix_key(kWebhookSecret), id, timestamp, body);
        const auto taken = run(clerk_->take(id, timestamp, signature, body));
        return taken ? "" : taken.error().reason;
    }
    std::optional<accounts::User> user() {
        return db().read_blocking([](db::Transaction& transaction) { return accounts::store::find_by_external_id(transaction, "clerk|user_1"); });
    }

    accounts::testing::World world_{db()};
    ClerkConfig config_;
    std::unique_ptr<http::test::TestServer> server_;
    io::Shards shards_{1};
    io::HttpClient client_;
    std::unique_ptr<ClerkService> clerk_;
};
AE_ON_BOTH_ENGINES(ClerkServiceTest);

TEST_P(ClerkServiceTest, AUserOfClerkBecomesOneOfOurs) {
    EXPECT_EQ(run(clerk_->find(token())), std::nullopt) << "nobody of this name is here yet";
    EXPECT_EQ(take("msg_1", event("user.created", "Ada@Example.org", 1000)), "");
    const auto made = user();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->email, "ada@example.org");
    EXPECT_TRUE(made->email_verified_at);
    EXPECT_EQ(made->display_name, "Ada");
    const auto presence = run(clerk_->find(token()));
    ASSERT_TRUE(presence);
    EXPECT_EQ(presence->user.id, made->id);
    EXPECT_EQ(presence->session, "sess_1");
    EXPECT_FALSE(presence->recent);
}

TEST_P(ClerkServiceTest, ATokenSaysWhetherTheLoginIsRecent) {
    EXPECT_EQ(take("msg_1", event("user.created", "ada@example.org", 1000)), "");
    EXPECT_TRUE(run(clerk_->find(token(R"(,"fva":[3,-1])")))->recent);
    EXPECT_FALSE(run(clerk_->find(token(R"(,"fva":[10,-1])")))->recent);
    EXPECT_FALSE(run(clerk_->find(token(R"(,"fva":[-1,-1])")))->recent);
    EXPECT_FALSE(run(clerk_->find(token(R"(,"fva":"now")")))->recent);
}

TEST_P(ClerkServiceTest, BelievesNoOtherToken) {
    EXPECT_EQ(take("msg_1", event("user.created", "ada@example.org", 1000)), "");
    ASSERT_TRUE(run(clerk_->find(token())));
    const SigningKey stranger{SignatureAlgorithm::rs256}, elliptic{SignatureAlgorithm::es256};
    const auto claims = [&](std::string_view issuer, std::string_view party, std::int64_t from, std::int64_t to) {
        return fmt::format(R"({{"iss":"{}","sub":"user_1","azp":"{}","exp":{},"nbf":{},"iat":{}}})", issuer, party, to, from, from);
    };
    const std::string party = "https://live.example.org";
    const auto good = claims(config_.issuer, party, now() - 10, now() + 60);
    for (const auto& [what, forged] : std::vector<std::pair<std::string, std::string>>{
             {"another key", stranger.token("ins_1", good)},
             {"an unknown key", stranger.token("ins_2", good)},
             {"another algorithm", elliptic.token("ins_1", good)},
             {"over", clerk_key().token("ins_1", claims(config_.issuer, party, now() - 100, now() - 10))},
             {"not yet", clerk_key().token("ins_1", claims(config_.issuer, party, now() + 10, now() + 60))},
             {"another issuer", clerk_key().token("ins_1", claims("https://clerk.evil.org", party, now() - 10, now() + 60))},
             {"another party", clerk_key().token("ins_1", claims(config_.issuer, "https://evil.org", now() - 10, now() + 60))},
             {"no party", clerk_key().token("ins_1", fmt::format(R"({{"iss":"{}","sub":"user_1","exp":{}}})", config_.issuer, now() + 60))},
             {"a session that still lacks a step", token(R"(,"sts":"pending")")},
             {"nobody", ""}}) {
        EXPECT_EQ(run(clerk_->find(forged)), std::nullopt) << what;
    }
}

TEST_P(ClerkServiceTest, WhatChangesThereChangesHere) {
    EXPECT_EQ(take("msg_1", event("user.created", "ada@example.org", 1000)), "");
    EXPECT_EQ(take("msg_2", event("user.updated", "lovelace@example.org", 2000, false, "Countess")), "");
    EXPECT_EQ(user()->email, "lovelace@example.org");
    EXPECT_FALSE(user()->email_verified_at) << "a new address that nobody proved";
    EXPECT_EQ(user()->display_name, "Countess");
    EXPECT_EQ(take("msg_3", event("user.updated", "lovelace@example.org", 3000)), "");
    EXPECT_TRUE(user()->email_verified_at);
}

TEST_P(ClerkServiceTest, AnOlderEventChangesNothing) {
    EXPECT_EQ(take("msg_2", event("user.updated", "new@example.org", 2000)), "") << "the creation is still under way";
    EXPECT_EQ(user()->email, "new@example.org");
    EXPECT_EQ(take("msg_1", event("user.created", "old@example.org", 1000)), "");
    EXPECT_EQ(user()->email, "new@example.org");
}

TEST_P(ClerkServiceTest, AWebhookHasOneEffect) {
    const auto body = event("user.created", "ada@example.org", 1000);
    EXPECT_EQ(take("msg_1", body), "");
    const auto first = user()->id;
    EXPECT_EQ(take("msg_1", body), "");
    EXPECT_EQ(take("msg_1", R"({"type":"user.deleted","data":{"id":"user_1"}})"), "") << "this id was taken";
    EXPECT_EQ(user()->id, first);
    EXPECT_EQ(take("msg_2", R"({"type":"user.deleted","data":{"id":"user_1"}})"), "");
    EXPECT_FALSE(user());
    EXPECT_EQ(run(clerk_->find(token())), std::nullopt);
    EXPECT_EQ(take("msg_3", body), "");
    EXPECT_FALSE(user()) << "who was deleted is not made again";
}

TEST_P(ClerkServiceTest, AWebhookThatIsNotClerksIsRefused) {
    const auto body = event("user.created", "ada@example.org", 1000);
    const auto timestamp = std::to_string(now());
    const auto signature = webhook::sign_svix(*webhook::svix_key(kWebhookSecret), "msg_1", timestamp, body);
    const auto judged = [&](std::string id, std::string time, std::string signatures, std::string text) {
        const auto taken = run(clerk_->take(std::move(id), std::move(time), std::move(signatures), std::move(text)));
        return taken ? std::string_view{} : taken.error().reason;
    };
    EXPECT_EQ(judged("msg_1", timestamp, signature, body + " "), "webhook_signature_invalid");
    EXPECT_EQ(judged("msg_2", timestamp, signature, body), "webhook_signature_invalid");
    EXPECT_EQ(judged("msg_1", timestamp, "", body), "webhook_headers_invalid");
    world_.clock.advance(std::chrono::seconds{301});
    EXPECT_EQ(judged("msg_1", timestamp, signature, body), "webhook_too_old");
    EXPECT_FALSE(user());
    EXPECT_EQ(take("msg_1", "{}"), "");
    EXPECT_EQ(take("msg_1", "no json"), "webhook_body_invalid");
    config_.webhook_secrets = {};
    const ClerkConfig without{config_};
    ClerkService deaf{without, world_.accounts, shards_.at(0), client_};
    EXPECT_EQ(run(deaf.take("msg_1", timestamp, signature, body)).error().reason, "webhook_not_configured");
}

TEST_P(ClerkServiceTest, AnAddressOfSomebodyElseIsNotGivenAway) {
    auto bob = run(world_.accounts.service.register_account("bob@example.org", Secret{"correct horse battery"}, {}));
    ASSERT_TRUE(bob && *bob);
    EXPECT_EQ(take("msg_1", event("user.created", "bob@example.org", 1000)), "");
    EXPECT_FALSE(user()) << "Bob's address was never proven here: it may not be his";
    EXPECT_EQ(take("msg_2", event("user.created", "ada@example.org", 2000)), "");
    EXPECT_EQ(take("msg_3", event("user.updated", "bob@example.org", 3000)), "");
    EXPECT_EQ(user()->email, "ada@example.org");
}

TEST_P(ClerkServiceTest, ADisabledAccountIsNobody) {
    EXPECT_EQ(take("msg_1", event("user.created", "ada@example.org", 1000)), "");
    ASSERT_TRUE(run(world_.accounts.overseer.set_disabled(user()->id.str(), true, {})));
    EXPECT_EQ(run(clerk_->find(token())), std::nullopt);
}

TEST_P(ClerkServiceTest, ATokenWithAnAddressNeedsNoWebhook) {
    const auto presence = run(clerk_->find(token(R"(,"email":"ada@example.org","email_verified":true,"name":"Ada L")")));
    ASSERT_TRUE(presence);
    EXPECT_EQ(presence->user.external_id, "clerk|user_1");
    EXPECT_EQ(presence->user.display_name, "Ada L");
    EXPECT_EQ(run(clerk_->find(token()))->user.id, presence->user.id);
}

}  // namespace
}  // namespace ae::outside
