#include "accounts/factors/webauthn.hpp"

#include <gtest/gtest.h>

#include "accounts/factors/challenges.hpp"
#include "accounts/factors/cose_key.hpp"
#include "accounts/factors/testing.hpp"

namespace ae::factors {
namespace {

using crypto::SignatureAlgorithm;
using testing::Authenticator;

const RelyingParty kUs{.id = "live.example.org", .origin = "https://live.example.org"};
const Bytes kChallenge(32, 0x42);

std::string_view registered(const Authenticator& authenticator, const Bytes& challenge = kChallenge) {
    const auto made = verify_registration(authenticator.client_data("webauthn.create", challenge), authenticator.attestation(), kUs, kChallenge);
    return made ? "" : made.error().reason;
}
std::string_view used(const Authenticator& authenticator, std::uint32_t known_count = 0, const Bytes& challenge = kChallenge) {
    const auto answer =
        verify_assertion(authenticator.use(challenge), {.public_key = authenticator.cose(), .sign_count = known_count}, kUs, kChallenge);
    return answer ? "" : answer.error().reason;
}

TEST(Passkey, OfEachAlgorithmIsMadeAndUsed) {
    for (const auto algorithm : {SignatureAlgorithm::es256, SignatureAlgorithm::eddsa, SignatureAlgorithm::rs256}) {
        const Authenticator authenticator{algorithm};
        const auto made = verify_registration(authenticator.client_data("webauthn.create", kChallenge), authenticator.attestation(), kUs, kChallenge);
        ASSERT_TRUE(made) << crypto::algorithm_name(algorithm) << made.error().reason;
        EXPECT_EQ(made->credential_id, authenticator.credential_id);
        EXPECT_EQ(made->public_key, authenticator.cose());
        EXPECT_TRUE(verify_assertion(authenticator.use(kChallenge), {.public_key = made->public_key}, kUs, kChallenge));
    }
}

TEST(Passkey, AnswersOneChallengeOnly) {
    const Authenticator authenticator;
    EXPECT_EQ(registered(authenticator, Bytes(32, 0x43)), "passkey_challenge_refused");
    EXPECT_EQ(used(authenticator, 0, Bytes(32, 0x43)), "passkey_challenge_refused");
    EXPECT_EQ(used(authenticator, 0, Bytes(31, 0x42)), "passkey_challenge_refused");
    EXPECT_FALSE(verify_assertion(authenticator.use({}), {.public_key = authenticator.cose()}, kUs, {}));
}

TEST(Passkey, OfAnotherSiteIsRefused) {
    for (const char* origin :
         {"http://live.example.org", "https://live.example.org:8443", "https://evil.example.org", "https://live.example.org.evil.org", ""}) {
        Authenticator authenticator;
        authenticator.origin = origin;
        EXPECT_EQ(registered(authenticator), "passkey_origin_refused") << origin;
        EXPECT_EQ(used(authenticator), "passkey_origin_refused") << origin;
    }
    Authenticator other;
    other.rp_id = "example.org";
    EXPECT_EQ(registered(other), "passkey_origin_refused");
    EXPECT_EQ(used(other), "passkey_origin_refused");
    Authenticator framed;
    framed.more_client_data = R"(,"crossOrigin":true)";
    EXPECT_EQ(used(framed), "passkey_origin_refused");
    framed.more_client_data = R"(,"crossOrigin":false)";
    EXPECT_EQ(used(framed), "");
}

TEST(Passkey, WantsToKnowThatSomebodyIsThereAndWho) {
    for (const auto flags : {0x00, 0x01, 0x04}) {
        Authenticator authenticator;
        authenticator.flags = static_cast<std::uint8_t>(flags);
        EXPECT_EQ(registered(authenticator), "passkey_not_verified") << flags;
        EXPECT_EQ(used(authenticator), "passkey_not_verified") << flags;
    }
}

TEST(Passkey, OneCeremonyIsNotTakenForTheOther) {
    const Authenticator authenticator;
    EXPECT_FALSE(verify_registration(authenticator.client_data("webauthn.get", kChallenge), authenticator.attestation(), kUs, kChallenge));
    auto assertion = authenticator.use(kChallenge);
    assertion.client_data_json = authenticator.client_data("webauthn.create", kChallenge);
    EXPECT_FALSE(verify_assertion(assertion, {.public_key = authenticator.cose()}, kUs, kChallenge));
}

TEST(Passkey, ItsSignatureCoversEverything) {
    const Authenticator authenticator, other;
    const KnownPasskey known{.public_key = authenticator.cose()};
    EXPECT_EQ(verify_assertion(other.use(kChallenge), known, kUs, kChallenge).error().reason, "passkey_signature_invalid");
    auto changed = authenticator.use(kChallenge);
    changed.client_data_json.insert(changed.client_data_json.size() - 1, " ");
    EXPECT_EQ(verify_assertion(changed, known, kUs, kChallenge).error().reason, "passkey_signature_invalid");
    changed = authenticator.use(kChallenge);
    changed.authenticator_data[36] ^= 1;
    EXPECT_EQ(verify_assertion(changed, known, kUs, kChallenge).error().reason, "passkey_signature_invalid");
    changed = authenticator.use(kChallenge);
    changed.signature.clear();
    EXPECT_EQ(verify_assertion(changed, known, kUs, kChallenge).error().reason, "passkey_signature_invalid");
    EXPECT_FALSE(verify_assertion(authenticator.use(kChallenge), {.public_key = {}}, kUs, kChallenge));
}

TEST(Passkey, ThatCountsMustCountUp) {
    Authenticator authenticator;
    EXPECT_EQ(used(authenticator, 0), "") << "it does not count";
    EXPECT_EQ(used(authenticator, 1), "passkey_counter_refused");
    authenticator.sign_count = 7;
    EXPECT_EQ(used(authenticator, 6), "");
    EXPECT_EQ(used(authenticator, 7), "passkey_counter_refused");
    EXPECT_EQ(used(authenticator, 8), "passkey_counter_refused");
}

TEST(Passkey, OfAnUnknownAlgorithmIsRefused) {
    const Authenticator authenticator;
    auto attestation = authenticator.attestation();
    // alg -7 becomes -6.
    const auto cose = authenticator.cose();
    const auto at = std::search(attestation.begin(), attestation.end(), cose.begin(), cose.end());
    ASSERT_NE(at, attestation.end());
    *(at + 4) = 0x25;
    EXPECT_EQ(verify_registration(authenticator.client_data("webauthn.create", kChallenge), attestation, kUs, kChallenge).error().reason,
              "passkey_algorithm_refused");
}

TEST(Passkey, OfAnyOtherFormIsMalformed) {
    const Authenticator authenticator;
    const auto good = authenticator.attestation();
    const auto client = authenticator.client_data("webauthn.create", kChallenge);
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(verify_registration(client, BytesView{good}.first(size), kUs, kChallenge).error().reason, "passkey_malformed") << size;
    }
    auto longer = good;
    longer.push_back(0);
    EXPECT_EQ(verify_registration(client, longer, kUs, kChallenge).error().reason, "passkey_malformed");
    for (const char* wrong : {"", "[]", "{}", R"({"type":"webauthn.create"})", R"({"type":"x","challenge":"QUI","origin":"x"})",
                              R"({"type":"webauthn.create","type":"webauthn.get","challenge":"QUI"})", R"({"type":"webauthn.get","challenge":""})",
                              R"({"type":"webauthn.get","challenge":"?"})", R"({"type":"webauthn.get","challenge":"QUI","crossOrigin":"no"})"}) {
        EXPECT_FALSE(read_client_data(wrong)) << wrong;
    }
    const auto data = authenticator.authenticator_data(false);
    for (std::size_t size = 0; size < data.size(); ++size) EXPECT_FALSE(read_authenticator_data(BytesView{data}.first(size)));
}

TEST(Passkey, MayComeWithExtensions) {
    Authenticator authenticator;
    authenticator.flags = 0x85;
    EXPECT_EQ(used(authenticator), "passkey_malformed") << "announced, and not there";
    auto data = authenticator.authenticator_data(false);
    data.insert(data.end(), {0xa1, 0x61, 'x', 0xf5});
    EXPECT_TRUE(read_authenticator_data(data));
}

TEST(RelyingPartyOf, AnOriginIsItsHost) {
    EXPECT_EQ(relying_party_of("https://live.example.org")->id, "live.example.org");
    EXPECT_EQ(relying_party_of("http://localhost:8080")->id, "localhost");
    EXPECT_EQ(relying_party_of("http://localhost:8080")->origin, "http://localhost:8080");
    for (const char* wrong : {"", "localhost", "https://", "https://a/b", "https://a@b", "https://[::1]:1"})
        EXPECT_FALSE(relying_party_of(wrong)) << wrong;
}

TEST(PasskeyChallenge, IsForOnePurposeOneSubjectAndFiveMinutes) {
    const Challenges challenges{Secret{std::string(32, 's')}};
    SystemRandom random;
    const WallTime now{std::chrono::seconds{1'800'000'000}};
    const auto challenge = challenges.make("login", "session", now, random);
    EXPECT_TRUE(challenges.holds(challenge, "login", "session", now));
    EXPECT_TRUE(challenges.holds(challenge, "login", "session", now + std::chrono::seconds{299}));
    EXPECT_FALSE(challenges.holds(challenge, "login", "session", now + std::chrono::seconds{300}));
    EXPECT_FALSE(challenges.holds(challenge, "create", "session", now));
    EXPECT_FALSE(challenges.holds(challenge, "login", "other", now));
    EXPECT_FALSE(challenges.holds(challenge, "loginsession", "", now));
    EXPECT_FALSE(Challenges{Secret{std::string(32, 't')}}.holds(challenge, "login", "session", now));
    for (std::size_t at = 0; at < challenge.size(); ++at) {
        auto changed = challenge;
        changed[at] ^= 1;
        EXPECT_FALSE(challenges.holds(changed, "login", "session", now)) << at;
    }
    EXPECT_FALSE(challenges.holds({}, "login", "session", now));
    EXPECT_NE(challenges.make("login", "session", now, random), challenge);
}

}  // namespace
}  // namespace ae::factors
