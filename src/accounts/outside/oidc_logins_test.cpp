#include "accounts/outside/oidc_logins.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "accounts/outside/outside_store.hpp"
#include "accounts/testing.hpp"
#include "accounts/user_store.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "net/http/router.hpp"
#include "net/http/target.hpp"
#include "net/http/test_server.hpp"
#include "net/jose/testing.hpp"
#include "store/db/testing.hpp"

namespace ae::outside {
namespace {

using crypto::SignatureAlgorithm;
using jose::testing::SigningKey;

/// A provider of OpenID Connect that says what it is told to.
class Provider {
  public:
    Provider() {
        http::Router router;
        router.add(http::Method::get, "/.well-known/openid-configuration", {.name = "discovery"}, [this](http::Request) { return discovery(this); });
        router.add(http::Method::get, "/jwks", {.name = "jwks"}, http::test::text_handler("{\"keys\":[" + key.jwk("k1") + "]}"));
        router.add(http::Method::post, "/token", {.name = "token", .body_limit = 10'000},
                   [this](http::Request request) { return token(this, std::move(request)); });
        router.add(http::Method::get, "/me", {.name = "me"}, [this](http::Request) { return me(this); });
        server_ = std::make_unique<http::test::TestServer>(std::move(router));
        issuer = fmt::format("http://127.0.0.1:{}", server_->port());
    }

    std::string issuer;
    SigningKey key{SignatureAlgorithm::rs256};
    unsigned token_status = 200;
    /// The ID token, and what the token endpoint was asked.
    std::string id_token, asked, authorization;
    std::string userinfo = R"({"sub":"42","email":"ada@example.org","email_verified":true})";
    bool is_away = false;

  private:
    static io::Task<http::Response> discovery(Provider* self) {
        if (self->is_away) co_return http::text_response(503, "text/plain", "");
        co_return http::text_response(
            200, "application/json",
            fmt::format(
                R"({{"issuer":"{0}","authorization_endpoint":"{0}/auth","token_endpoint":"{0}/token","jwks_uri":"{0}/jwks","userinfo_endpoint":"{0}/me"}})",
                self->issuer));
    }
    static io::Task<http::Response> token(Provider* self, http::Request request) {
        self->asked = request.body;
        self->authorization = request.headers.get("authorization");
        co_return http::text_response(self->token_status, "application/json",
                                      fmt::format(R"({{"access_token":"at","token_type":"Bearer","id_token":"{}"}})", self->id_token));
    }
    static io::Task<http::Response> me(Provider* self) { co_return http::text_response(200, "application/json", self->userinfo); }

    std::unique_ptr<http::test::TestServer> server_;
};

class OidcLoginsTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(migrations());
        shards_.start();
        config_.providers = {"id " + provider_.issuer + " live-client Identity"};
        config_.secrets = Secret{"id=a+secret"};
        config_.private_providers = {"id"};
        logins_ = std::make_unique<OidcLogins>(config_, Secret{std::string(32, 's')}, world_.accounts.service, shards_.at(0), client_);
    }
    void TearDown() override { db().close_blocking(); }

    template <class T>
    T run(io::Task<T> task) {
        return io::run_blocking(std::move(task));
    }
    std::int64_t now() { return std::chrono::floor<std::chrono::seconds>(world_.clock.wall()).time_since_epoch().count(); }
    /// A parameter of an address.
    static std::string parameter(const std::string& url, const std::string& name) {
        const auto at = url.find(name + "=");
        const auto raw = url.substr(at + name.size() + 1, url.find('&', at) - at - name.size() - 1);
        std::string plain;
        EXPECT_TRUE(http::percent_decode(raw, true, plain));
        return plain;
    }
    OidcDeparture depart(const std::string& next = "/dashboard") { return run(logins_->depart("id", next)).value(); }
    std::string claims(const OidcDeparture& departure, const std::string& more = R"(,"email":"ada@example.org","email_verified":true,"name":"Ada")") {
        return fmt::format(R"({{"iss":"{}","sub":"42","aud":"live-client","exp":{},"iat":{},"nonce":"{}"{}}})", provider_.issuer, now() + 60, now(),
                           parameter(departure.url, "nonce"), more);
    }
    Result<OidcArrival> arrive(const OidcDeparture& departure, const std::string& state = "", const std::string& issuer = "") {
        return run(logins_->arrive("id", departure.ticket, state.empty() ? parameter(departure.url, "state") : state, issuer, "code-1", {}));
    }
    std::string_view refusal(const OidcDeparture& departure, const std::string& state = "", const std::string& issuer = "") {
        const auto arrived = arrive(departure, state, issuer);
        return arrived ? "" : arrived.error().reason;
    }

    Provider provider_;
    accounts::testing::World world_{db()};
    OidcConfig config_;
    io::Shards shards_{1};
    io::HttpClient client_;
    std::unique_ptr<OidcLogins> logins_;
};
AE_ON_BOTH_ENGINES(OidcLoginsTest);

TEST_P(OidcLoginsTest, SendsTheBrowserWithEverythingTheProviderNeeds) {
    const auto departure = depart();
    EXPECT_TRUE(departure.url.starts_with(provider_.issuer + "/auth?"));
    EXPECT_EQ(parameter(departure.url, "response_type"), "code");
    EXPECT_EQ(parameter(departure.url, "client_id"), "live-client");
    EXPECT_EQ(parameter(departure.url, "redirect_uri"), "https://live.test/api/auth/oidc/id/callback");
    EXPECT_EQ(parameter(departure.url, "scope"), "openid email profile");
    EXPECT_EQ(parameter(departure.url, "code_challenge_method"), "S256");
    EXPECT_EQ(departure.url.find(departure.ticket), std::string::npos);
    EXPECT_EQ(run(logins_->depart("other", "/")).error().reason, "oidc_provider_unknown");
}

TEST_P(OidcLoginsTest, MakesAnAccountTheFirstTimeAndFindsItTheSecond) {
    auto departure = depart("/dashboard");
    provider_.id_token = provider_.key.token("k1", claims(departure));
    const auto first = arrive(departure);
    ASSERT_TRUE(first) << first.error().reason;
    EXPECT_EQ(first->who.user.email, "ada@example.org");
    EXPECT_TRUE(first->who.user.email_verified_at);
    EXPECT_EQ(first->who.user.display_name, "Ada");
    EXPECT_EQ(first->who.user.external_id, "oidc:" + provider_.issuer + "|42");
    EXPECT_EQ(first->return_to, "/dashboard");
    EXPECT_TRUE(run(world_.accounts.service.sessions().find(first->who.token, "")));

    // The code went with our secret and with the verifier that belongs to the challenge.
    EXPECT_EQ(provider_.authorization, "Basic " + to_base64(as_bytes("live-client:a%2Bsecret")));
    EXPECT_EQ(parameter(provider_.asked, "code"), "code-1");
    EXPECT_EQ(pkce_challenge(parameter(provider_.asked, "code_verifier")), parameter(departure.url, "code_challenge"));

    departure = depart();
    provider_.id_token = provider_.key.token("k1", claims(departure, R"(,"email":"new@example.org","email_verified":true)"));
    EXPECT_EQ(arrive(departure)->who.user.id, first->who.user.id) << "the subject counts, not the address";
}

TEST_P(OidcLoginsTest, AsksTheUserinfoWhenTheTokenHasNoAddress) {
    auto departure = depart();
    provider_.id_token = provider_.key.token("k1", claims(departure, ""));
    EXPECT_EQ(arrive(departure)->who.user.email, "ada@example.org");
    departure = depart();
    provider_.id_token = provider_.key.token("k1", claims(departure, ""));
    provider_.userinfo = R"({"sub":"43","email":"eve@example.org","email_verified":true})";
    EXPECT_EQ(refusal(departure), "oidc_token_refused") << "of somebody else";
    departure = depart();
    provider_.id_token = provider_.key.token("k1", claims(departure, ""));
    provider_.userinfo = R"({"sub":"42"})";
    EXPECT_EQ(refusal(departure), "oidc_email_missing");
}

TEST_P(OidcLoginsTest, TheWayBackBelongsToTheBrowserThatWentAway) {
    const auto departure = depart();
    const auto other = depart();
    provider_.id_token = provider_.key.token("k1", claims(departure));
    EXPECT_EQ(refusal(departure, parameter(other.url, "state")), "oidc_ticket_invalid") << "somebody else's login";
    EXPECT_EQ(refusal({.url = departure.url, .ticket = ""}), "oidc_ticket_invalid") << "no cookie";
    EXPECT_EQ(refusal({.url = departure.url, .ticket = other.ticket}), "oidc_ticket_invalid");
    EXPECT_EQ(refusal(departure, "", "https://evil.example.org"), "oidc_ticket_invalid") << "another issuer answered";
    EXPECT_EQ(run(logins_->arrive("other", departure.ticket, parameter(departure.url, "state"), "", "code", {})).error().reason,
              "oidc_provider_unknown");
    EXPECT_EQ(refusal(departure, "", provider_.issuer), "");
    const auto late = depart();
    world_.clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(refusal(late), "oidc_ticket_invalid");
}

TEST_P(OidcLoginsTest, BelievesNoTokenThatIsNotForThisLogin) {
    const SigningKey stranger{SignatureAlgorithm::rs256};
    const auto with = [&](const std::string& name, const std::string& value) {
        const auto departure = depart();
        auto all = claims(departure);
        const auto at = all.find("\"" + name + "\":");
        const auto end = all.find_first_of(",}", at);
        all = all.substr(0, at) + "\"" + name + "\":" + value + all.substr(end);
        provider_.id_token = provider_.key.token("k1", all);
        return refusal(departure);
    };
    EXPECT_EQ(with("sub", "\"42\""), "");
    EXPECT_EQ(with("nonce", "\"another\""), "oidc_token_refused");
    EXPECT_EQ(with("nonce", "7"), "oidc_token_refused");
    EXPECT_EQ(with("aud", "\"other-client\""), "oidc_token_refused");
    EXPECT_EQ(with("aud", R"(["live-client","other-client"])"), "oidc_token_refused") << "for several, and made out to nobody";
    EXPECT_EQ(with("iss", "\"https://evil.example.org\""), "oidc_token_refused");
    EXPECT_EQ(with("exp", std::to_string(now() - 10)), "oidc_token_refused");
    const auto departure = depart();
    for (const auto& forged :
         {stranger.token("k1", claims(departure)), std::string{"x.y.z"}, to_base64url(as_bytes(R"({"alg":"none"})")) + ".e30."}) {
        provider_.id_token = forged;
        EXPECT_EQ(refusal(departure), "oidc_token_refused") << forged.substr(0, 20);
    }
    provider_.id_token = "";
    EXPECT_EQ(refusal(departure), "oidc_provider_broken");
}

TEST_P(OidcLoginsTest, SaysWhenTheProviderRefusesOrIsAway) {
    const auto departure = depart();
    provider_.token_status = 400;
    EXPECT_EQ(refusal(departure), "oidc_code_refused");
    provider_.token_status = 503;
    EXPECT_EQ(refusal(departure), "oidc_provider_unavailable");
    provider_.is_away = true;
    world_.clock.advance(std::chrono::hours{2});
    EXPECT_TRUE(run(logins_->depart("id", "/"))) << "what it said an hour ago still stands";
    OidcLogins fresh{config_, Secret{std::string(32, 's')}, world_.accounts.service, shards_.at(0), client_};
    EXPECT_EQ(run(fresh.depart("id", "/")).error().reason, "oidc_provider_unavailable");
}

TEST_P(OidcLoginsTest, ReachesNoPrivateNetworkUnlessTold) {
    config_.providers = {"id https://127.0.0.1:1 live-client"};
    config_.private_providers = {};
    OidcLogins careful{config_, Secret{std::string(32, 's')}, world_.accounts.service, shards_.at(0), client_};
    EXPECT_EQ(run(careful.depart("id", "/")).error().reason, "oidc_provider_unavailable");
    EXPECT_EQ(careful.providers().size(), 1U);
}

TEST_P(OidcLoginsTest, AnUnprovenAddressTakesOverNobody) {
    auto bob = run(world_.accounts.service.register_account("bob@example.org", Secret{"correct horse battery"}, {}));
    ASSERT_TRUE(bob && *bob);
    for (const char* more : {R"(,"email":"bob@example.org","email_verified":false)", R"(,"email":"bob@example.org")",
                             R"(,"email":"bob@example.org","email_verified":true)"}) {
        const auto departure = depart();
        provider_.id_token = provider_.key.token("k1", claims(departure, more));
        EXPECT_EQ(refusal(departure), "email_taken") << more;
    }
}

}  // namespace
}  // namespace ae::outside
