#include "net/jose/jwt.hpp"

#include <gtest/gtest.h>

#include <openssl/hmac.h>

#include "net/jose/testing.hpp"

namespace ae::jose {
namespace {

using crypto::SignatureAlgorithm;
using testing::SigningKey;

constexpr std::int64_t kNow = 1'800'000'000;
const WallTime kWall{std::chrono::seconds{kNow}};
const TokenRules kRules{.issuer = "https://id.example.org", .audiences = {"live"}};

/// The claims of a good token; `change` replaces one member, or takes it away when it is empty.
std::string claims(const std::string& name = "", const std::string& value = "") {
    std::vector<std::pair<std::string, std::string>> all{{"iss", R"("https://id.example.org")"},
                                                         {"sub", R"("user_1")"},
                                                         {"aud", R"("live")"},
                                                         {"exp", std::to_string(kNow + 60)},
                                                         {"nbf", std::to_string(kNow - 10)},
                                                         {"iat", std::to_string(kNow - 10)}};
    std::string out;
    for (auto& [key, text] : all) {
        if (key == name) text = value;
        if (!text.empty()) out += (out.empty() ? "" : ",") + ("\"" + key + "\":" + text);
    }
    return "{" + out + "}";
}

const SigningKey& key_of(SignatureAlgorithm algorithm) {
    static const SigningKey kRsa{SignatureAlgorithm::rs256}, kEc{SignatureAlgorithm::es256}, kEd{SignatureAlgorithm::eddsa};
    return algorithm == SignatureAlgorithm::rs256 ? kRsa : algorithm == SignatureAlgorithm::es256 ? kEc : kEd;
}

const std::vector<Jwk>& keys() {
    static const auto kKeys = read_jwks("{\"keys\":[" + key_of(SignatureAlgorithm::rs256).jwk("rsa") + "," +
                                        key_of(SignatureAlgorithm::es256).jwk("ec") + "," + key_of(SignatureAlgorithm::eddsa).jwk("ed") + "]}")
                                  .value();
    return kKeys;
}

/// What became of a token: a reason, or nothing when it was believed.
std::string_view judged(const std::string& compact, const TokenRules& rules = kRules) {
    const auto token = read_token(compact);
    if (!token) return token.error().reason;
    const auto* key = find_key(keys(), token->key_id, token->algorithm);
    if (key == nullptr) return "token_key_unknown";
    const auto believed = verify_token(*token, *key, rules, kWall);
    return believed ? "" : believed.error().reason;
}
std::string_view judged_claims(const std::string& name, const std::string& value) {
    return judged(key_of(SignatureAlgorithm::es256).token("ec", claims(name, value)));
}

TEST(Token, OfEachAlgorithmIsBelieved) {
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::rs256).token("rsa", claims())), "");
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::es256).token("ec", claims())), "");
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::eddsa).token("ed", claims())), "");
}

TEST(Token, SaysWhatItSays) {
    const auto token =
        read_token(key_of(SignatureAlgorithm::eddsa).token("ed", R"({"iss":"x","sub":"ada","exp":1800000060,"email_verified":true,"n":1})"));
    const auto believed = verify_token(*token, *find_key(keys(), "ed", SignatureAlgorithm::eddsa), {.issuer = "x"}, kWall);
    ASSERT_TRUE(believed);
    EXPECT_EQ(believed->subject(), "ada");
    EXPECT_EQ(believed->boolean("email_verified"), true);
    EXPECT_EQ(believed->text("email_verified"), std::nullopt);
    EXPECT_EQ(believed->text("n"), std::nullopt);
}

TEST(Token, OfAnyOtherAlgorithmIsRefused) {
    for (const char* algorithm : {"none", "None", "NONE", "HS256", "HS384", "HS512", "RS384", "PS256", "ES384", "ES256K", "rs256", ""}) {
        const auto header = fmt::format(R"({{"alg":"{}","kid":"rsa"}})", algorithm);
        EXPECT_EQ(judged(key_of(SignatureAlgorithm::rs256).token_with(header, claims())), "token_algorithm_refused") << algorithm;
    }
    const auto unsigned_token = to_base64url(as_bytes(R"({"alg":"none"})")) + "." + to_base64url(as_bytes(claims())) + ".";
    EXPECT_NE(judged(unsigned_token), "");
}

TEST(Token, CannotChooseTheAlgorithmOfAKey) {
    // Signed with one key, named after another of a different kind.
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::es256).token("rsa", claims())), "token_key_unknown");
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::rs256).token_with(R"({"alg":"ES256","kid":"ec"})", claims())), "token_signature_invalid");
    const auto token = read_token(key_of(SignatureAlgorithm::es256).token("ec", claims()));
    EXPECT_EQ(verify_token(*token, *find_key(keys(), "rsa", SignatureAlgorithm::rs256), kRules, kWall).error().reason, "token_signature_invalid");
}

TEST(Token, SignedWithThePublicKeyAsASecretIsRefused) {
    const auto secret = key_of(SignatureAlgorithm::rs256).numbers().first;
    const auto signed_part = to_base64url(as_bytes(R"({"alg":"HS256","kid":"rsa"})")) + "." + to_base64url(as_bytes(claims()));
    Bytes mac(32);
    unsigned size = 32;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), as_bytes(signed_part).data(), signed_part.size(), mac.data(), &size);
    EXPECT_EQ(judged(signed_part + "." + to_base64url(mac)), "token_algorithm_refused");
}

TEST(Token, SignedWithAKeyItBringsAlongIsRefused) {
    const SigningKey own{SignatureAlgorithm::es256};
    EXPECT_EQ(judged(own.token_with(fmt::format(R"({{"alg":"ES256","kid":"ec","jwk":{}}})", own.jwk("ec")), claims())), "token_signature_invalid");
    EXPECT_EQ(judged(own.token_with(R"({"alg":"ES256","kid":"ec","jku":"https://evil.example.org"})", claims())), "token_signature_invalid");
    EXPECT_EQ(judged(own.token("nobody", claims())), "token_key_unknown");
}

TEST(Token, ChangedByOneBitIsRefused) {
    const auto good = key_of(SignatureAlgorithm::es256).token("ec", claims());
    for (std::size_t at = 0; at < good.size(); ++at) {
        auto changed = good;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_NE(judged(changed), "") << at;
    }
}

TEST(Token, WithAnExtensionWeDoNotKnowIsRefused) {
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::es256).token_with(R"({"alg":"ES256","kid":"ec","crit":["b64"],"b64":false})", claims())),
              "token_malformed");
}

TEST(Token, OfAnyOtherFormIsMalformed) {
    const auto good = key_of(SignatureAlgorithm::es256).token("ec", claims());
    const auto header = to_base64url(as_bytes(R"({"alg":"ES256"})"));
    for (const std::string& wrong : std::vector<std::string>{"", ".", "..", "...", "a.b.c", header, header + ".", header + "..", good + ".",
                                                             good + "=", " " + good, std::string(20'000, 'A'), header + ".bm8.AAAA",
                                                             header + "." + header + ".", to_base64url(as_bytes("[]")) + "." + header + ".AAAA",
                                                             to_base64url(as_bytes(R"({"alg":"ES256","alg":"none"})")) + "." + header + ".AAAA",
                                                             to_base64url(as_bytes(R"({"alg":"ES256","kid":7})")) + "." + header + ".AAAA"}) {
        EXPECT_EQ(judged(wrong), "token_malformed") << wrong.substr(0, 60);
    }
}

TEST(Token, IsValidWithinItsTimesAndFiveSeconds) {
    EXPECT_EQ(judged_claims("exp", std::to_string(kNow - 4)), "");
    EXPECT_EQ(judged_claims("exp", std::to_string(kNow - 5)), "token_expired");
    EXPECT_EQ(judged_claims("nbf", std::to_string(kNow + 5)), "");
    EXPECT_EQ(judged_claims("nbf", std::to_string(kNow + 6)), "token_not_yet_valid");
    EXPECT_EQ(judged_claims("iat", std::to_string(kNow + 5)), "");
    EXPECT_EQ(judged_claims("iat", std::to_string(kNow + 6)), "token_not_yet_valid");
    EXPECT_EQ(judged_claims("nbf", ""), "");
    EXPECT_EQ(judged_claims("exp", std::to_string(kNow + 60) + ".5"), "");
}

TEST(Token, WithWrongOrMissingClaimsIsRefused) {
    for (const char* wrong : {"", R"("1800000060")", "null", "-1", "1e300", "true", "[1800000060]"}) {
        EXPECT_EQ(judged_claims("exp", wrong), "token_claims_invalid") << wrong;
    }
    EXPECT_EQ(judged_claims("nbf", R"("soon")"), "token_claims_invalid");
    EXPECT_EQ(judged_claims("iat", "{}"), "token_claims_invalid");
    for (const char* wrong : {"", R"("")", "7", "null"}) EXPECT_EQ(judged_claims("sub", wrong), "token_claims_invalid") << wrong;
}

TEST(Token, OfAnotherIssuerOrForAnotherAudienceIsRefused) {
    for (const char* wrong : {"", R"("https://id.example.org/")", R"("https://evil.example.org")", R"(["https://id.example.org"])"}) {
        EXPECT_EQ(judged_claims("iss", wrong), "token_issuer_refused") << wrong;
    }
    for (const char* wrong : {"", R"("other")", "[]", R"(["other"])", R"({"live":1})"})
        EXPECT_EQ(judged_claims("aud", wrong), "token_audience_refused") << wrong;
    EXPECT_EQ(judged_claims("aud", R"(["other","live"])"), "");
}

TEST(Token, CanBeTooOldWhateverItSays) {
    auto rules = kRules;
    rules.oldest = std::chrono::minutes{5};
    const auto with_time = [&](std::int64_t issued) {
        return judged(key_of(SignatureAlgorithm::es256).token("ec", claims("iat", std::to_string(issued))), rules);
    };
    EXPECT_EQ(with_time(kNow - 300), "");
    EXPECT_EQ(with_time(kNow - 306), "token_expired");
    EXPECT_EQ(judged(key_of(SignatureAlgorithm::es256).token("ec", claims("iat", "")), rules), "token_expired");
}

TEST(KeySet, PassesOverWhatItCannotUse) {
    const SigningKey ec{SignatureAlgorithm::es256};
    const auto set =
        read_jwks("{\"keys\":[" + ec.jwk("good") + "," + ec.jwk("for-encryption", R"(,"use":"enc")") + "," + ec.jwk("other", R"(,"alg":"ES384")") +
                  R"(,{"kty":"oct","kid":"symmetric","k":"AAAA"},{"kty":"EC","crv":"P-256","kid":"off-the-curve","x":"AA","y":"AA"},
                                  {"kty":"RSA","kid":"short","n":"AQAB","e":"AQAB"},7,{}]})");
    ASSERT_TRUE(set);
    ASSERT_EQ(set->size(), 1U);
    EXPECT_EQ(set->front().id, "good");
    for (const char* wrong : {"", "[]", "{}", R"({"keys":{}})", "{\"keys\":["}) EXPECT_EQ(read_jwks(wrong).error().reason, "jwks_invalid") << wrong;
}

TEST(KeySet, AnswersATokenWithoutANameOnlyWhenThereIsNoChoice) {
    const SigningKey one{SignatureAlgorithm::es256}, two{SignatureAlgorithm::es256};
    auto set = read_jwks("{\"keys\":[" + one.jwk("one") + "]}").value();
    EXPECT_NE(find_key(set, "", SignatureAlgorithm::es256), nullptr);
    EXPECT_EQ(find_key(set, "", SignatureAlgorithm::rs256), nullptr);
    EXPECT_EQ(find_key(set, "two", SignatureAlgorithm::es256), nullptr);
    set = read_jwks("{\"keys\":[" + one.jwk("one") + "," + two.jwk("two") + "]}").value();
    EXPECT_EQ(find_key(set, "", SignatureAlgorithm::es256), nullptr);
    EXPECT_EQ(find_key(set, "two", SignatureAlgorithm::es256)->id, "two");
}

// RFC 8037 appendix A.4.
TEST(Token, OfTheStandardVerifies) {
    const auto keys = read_jwks(R"({"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})").value();
    const auto signature = from_base64url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg").value();
    EXPECT_TRUE(keys.at(0).key.verify(as_bytes("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"), signature));
    EXPECT_FALSE(keys.at(0).key.verify(as_bytes("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmd"), signature));
}

}  // namespace
}  // namespace ae::jose
