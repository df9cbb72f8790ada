#include <gtest/gtest.h>

#include "accounts/outside/clerk_config.hpp"
#include "accounts/outside/clerk_event.hpp"
#include "accounts/outside/oidc_client.hpp"
#include "accounts/outside/oidc_config.hpp"
#include "accounts/outside/oidc_ticket.hpp"

namespace ae::outside {
namespace {

std::string_view refusal(const OidcConfig& config) {
    const auto read = providers_of(config);
    return read ? "" : read.error().reason;
}

TEST(OidcConfigText, NamesProvidersOneALine) {
    OidcConfig config{.providers = {"google https://accounts.google.com 123.apps Google", "corp http://10.0.0.7/realms/x client-7"},
                      .secrets = Secret{"google=abc=def corp=xyz"},
                      .private_providers = {"corp"}};
    const auto all = providers_of(config).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].issuer, "https://accounts.google.com");
    EXPECT_EQ(all[0].client_id, "123.apps");
    EXPECT_EQ(all[0].title, "Google");
    EXPECT_EQ(all[0].client_secret.reveal(), "abc=def");
    EXPECT_FALSE(all[0].is_private);
    EXPECT_EQ(all[1].title, "corp");
    EXPECT_EQ(all[1].client_secret.reveal(), "xyz");
    EXPECT_TRUE(all[1].is_private);
    EXPECT_TRUE(providers_of({}).value().empty());
}

TEST(OidcConfigText, RefusesWhatCannotWork) {
    for (const char* line : {"", "google", "google https://a.example", "Google https://a.example id", "a/b https://a.example id",
                             "google ftp://a.example id", "google https://a.example?x id", "corp http://a.example id"}) {
        EXPECT_EQ(refusal({.providers = {line}, .secrets = {}, .private_providers = {}}), "oidc_config_invalid") << line;
    }
    EXPECT_EQ(refusal({.providers = {"a https://a.example x", "a https://b.example y"}, .secrets = {}, .private_providers = {}}),
              "oidc_config_invalid");
}

class Tickets : public ::testing::Test {
  protected:
    WallTime now_{std::chrono::seconds{1'800'000'000}};
    SystemRandom random_;
    OidcTickets tickets_{Secret{std::string(32, 's')}};
};

TEST_F(Tickets, ComeBackAsTheyWent) {
    const auto ticket = make_ticket("google", "/dashboard?x=1", now_, random_);
    const auto again = tickets_.open(tickets_.seal(ticket, random_), now_).value();
    EXPECT_EQ(again.provider, "google");
    EXPECT_EQ(again.state, ticket.state);
    EXPECT_EQ(again.nonce, ticket.nonce);
    EXPECT_EQ(again.verifier, ticket.verifier);
    EXPECT_EQ(again.return_to, "/dashboard?x=1");
    EXPECT_GE(ticket.verifier.size(), 43U) << "RFC 7636 section 4.1";
    EXPECT_NE(ticket.state, ticket.nonce);
    EXPECT_NE(make_ticket("google", "/", now_, random_).state, ticket.state);
}

TEST_F(Tickets, AreSealedAndEnd) {
    const auto sealed = tickets_.seal(make_ticket("google", "/", now_, random_), random_);
    EXPECT_FALSE(tickets_.open(sealed, now_ + kTicketLife));
    EXPECT_FALSE(OidcTickets{Secret{std::string(32, 't')}}.open(sealed, now_));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        auto changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tickets_.open(changed, now_)) << at;
    }
    for (const char* wrong : {"", "AAAA", "!"}) EXPECT_FALSE(tickets_.open(wrong, now_));
}

TEST_F(Tickets, LeadBackToOurOwnPagesOnly) {
    for (const char* own : {"/", "/dashboard", "/streams/ada?t=1", "/a//b"}) EXPECT_EQ(own_path(own), own);
    for (const char* wrong : {"", "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
                              "/a\r\nSet-Cookie: x", "javascript:alert(1)", "dashboard", "/ä"}) {
        EXPECT_EQ(own_path(wrong), "/") << wrong;
    }
    EXPECT_EQ(own_path("/" + std::string(500, 'x')), "/");
}

// RFC 7636 appendix B.
TEST(Pkce, IsThatOfTheStandard) {
    EXPECT_EQ(pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

constexpr std::string_view kIssuer = "https://id.example.org";
std::string discovery(const std::string& name = "", const std::string& value = "") {
    std::vector<std::pair<std::string, std::string>> all{{"issuer", R"("https://id.example.org")"},
                                                         {"authorization_endpoint", R"("https://id.example.org/auth")"},
                                                         {"token_endpoint", R"("https://id.example.org/token")"},
                                                         {"jwks_uri", R"("https://keys.example.org/jwks")"},
                                                         {"userinfo_endpoint", R"("https://id.example.org/me")"},
                                                         {"token_endpoint_auth_methods_supported", R"(["client_secret_basic"])"}};
    std::string out;
    for (auto& [key, text] : all) {
        if (key == name) text = value;
        if (!text.empty()) out += (out.empty() ? "" : ",") + ("\"" + key + "\":" + text);
    }
    return "{" + out + "}";
}

TEST(Discovery, SaysWhereThingsAre) {
    const auto found = read_discovery(discovery(), kIssuer).value();
    EXPECT_EQ(found.authorization, "https://id.example.org/auth");
    EXPECT_EQ(found.token, "https://id.example.org/token");
    EXPECT_EQ(found.jwks, "https://keys.example.org/jwks");
    EXPECT_EQ(found.userinfo, "https://id.example.org/me");
    EXPECT_FALSE(found.secret_in_form);
    EXPECT_TRUE(read_discovery(discovery("token_endpoint_auth_methods_supported", R"(["client_secret_post"])"), kIssuer)->secret_in_form);
    EXPECT_FALSE(read_discovery(discovery("token_endpoint_auth_methods_supported", ""), kIssuer)->secret_in_form);
    EXPECT_EQ(read_discovery(discovery("userinfo_endpoint", ""), kIssuer)->userinfo, "");
}

TEST(Discovery, OfAnotherIssuerOrToUnsafePlacesIsRefused) {
    EXPECT_FALSE(read_discovery(discovery("issuer", R"("https://evil.example.org")"), kIssuer));
    EXPECT_FALSE(read_discovery(discovery("issuer", R"("https://id.example.org/")"), kIssuer));
    for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"}) {
        for (const char* value :
             {R"("http://id.example.org/x")", R"("file:///etc/passwd")", R"("https://a b")", R"("https://a#b")", R"("javascript:x")"}) {
            EXPECT_FALSE(read_discovery(discovery(name, value), kIssuer)) << name << value;
        }
    }
    for (const char* name : {"authorization_endpoint", "token_endpoint", "jwks_uri"})
        EXPECT_FALSE(read_discovery(discovery(name, ""), kIssuer)) << name;
    for (const char* wrong : {"", "[]", "{}", "<html>"}) EXPECT_EQ(read_discovery(wrong, kIssuer).error().reason, "oidc_provider_broken");
}

TEST(ClerkConfigText, IsCheckedBeforeTheStart) {
    EXPECT_TRUE(webhook_keys({}));
    ClerkConfig config{
        .issuer = "https://clerk.example.org", .authorized_parties = {}, .webhook_secrets = Secret{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}};
    EXPECT_EQ(webhook_keys(config).value().size(), 1U);
    config.webhook_secrets = Secret{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw  whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    EXPECT_EQ(webhook_keys(config).value().size(), 2U);
    config.webhook_secrets = Secret{"a secret"};
    EXPECT_FALSE(webhook_keys(config));
    EXPECT_FALSE(webhook_keys({.issuer = "http://clerk.example.org", .authorized_parties = {}, .webhook_secrets = {}}));
}

TEST(ClerkEventText, SaysWhoAndHow) {
    const auto event = read_clerk_event(R"({"type":"user.updated","object":"event","data":{"id":"user_1","first_name":"Ada","last_name":"Lovelace",
        "primary_email_address_id":"idn_2","updated_at":1800000000123,"email_addresses":[
          {"id":"idn_1","email_address":"old@example.org","verification":{"status":"verified"}},
          {"id":"idn_2","email_address":"ada@example.org","verification":{"status":"verified"}}]}})")
                           .value();
    EXPECT_EQ(event.kind, ClerkEventKind::user_updated);
    EXPECT_EQ(event.user, "user_1");
    EXPECT_EQ(event.email, "ada@example.org");
    EXPECT_TRUE(event.email_verified);
    EXPECT_EQ(event.display_name, "Ada Lovelace");
    EXPECT_EQ(event.as_of, WallTime{std::chrono::milliseconds{1'800'000'000'123}});
    const auto gone = read_clerk_event(R"({"type":"user.deleted","data":{"id":"user_1","deleted":true}})").value();
    EXPECT_EQ(gone.kind, ClerkEventKind::user_deleted);
    EXPECT_EQ(gone.as_of, std::nullopt);
    EXPECT_EQ(read_clerk_event(R"({"type":"session.created","data":{}})")->kind, ClerkEventKind::other);
}

TEST(ClerkEventText, OfAnyOtherFormIsRefused) {
    for (const char* wrong :
         {"", "[]", R"({"type":"user.created"})", R"({"type":"user.created","data":[]})", R"({"type":"user.created","data":{"updated_at":1}})",
          R"({"type":"user.created","data":{"id":"","updated_at":1}})", R"({"type":"user.created","data":{"id":"user_1"}})",
          R"({"type":"user.created","data":{"id":"user_1","updated_at":-1}})",
          R"({"type":"user.created","data":{"id":"user_1","updated_at":1e300}})"}) {
        EXPECT_FALSE(read_clerk_event(wrong)) << wrong;
    }
    const auto bare =
        read_clerk_event(R"({"type":"user.created","data":{"id":"user_1","updated_at":1,"primary_email_address_id":null,"email_addresses":{}}})");
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->email, "");
}

}  // namespace
}  // namespace ae::outside
