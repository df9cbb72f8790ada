#include <future>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "accounts/factors/factor_store.hpp"
#include "accounts/factors/passkey_service.hpp"
#include "accounts/factors/second_factors.hpp"
#include "accounts/factors/testing.hpp"
#include "accounts/factors/totp.hpp"
#include "accounts/user_store.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::factors {
namespace {

using accounts::UserId;

class FactorServiceTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(migrations());
        for (const auto* user : {&ada_, &bob_}) {
            const accounts::User made{.id = *user, .email = user->str() + "@example.org"};
            db().write_blocking(
                [&](db::Transaction& transaction) { accounts::store::insert(transaction, made, "profile-" + user->str(), std::nullopt); });
        }
    }
    template <class T>
    T run(io::Task<T> task) {
        return io::run_blocking(std::move(task));
    }
    template <class T>
    std::string_view refusal(io::Task<Result<T>> task) {
        const auto result = run(std::move(task));
        return result ? "" : result.error().reason;
    }
    /// Sets up an app for Ada; answers its secret and the recovery codes.
    std::pair<Secret, std::vector<std::string>> turn_on() {
        auto secret = run(factors_.begin(ada_)).value();
        auto codes = run(factors_.confirm(ada_, code(secret))).value();
        clock_.advance(std::chrono::seconds{30});
        return {std::move(secret), std::move(codes)};
    }
    std::string code(const Secret& secret, int apart = 0) { return totp_code(secret, totp_step(clock_.wall()) + apart); }

    std::string_view add(const testing::Authenticator& key, const UserId& user, std::string session = "s", std::string name = "Phone") {
        const auto challenge = passkeys_.creation_challenge(session);
        return refusal(passkeys_.add(user, session, std::move(name), key.client_data("webauthn.create", challenge), key.attestation(), us_));
    }
    PasskeyProof proof(const testing::Authenticator& key) {
        return {.credential_id = key.credential_id, .assertion = key.use(passkeys_.login_challenge()), .user_handle = {}};
    }

    UserId ada_{"ada"}, bob_{"bob"};
    RelyingParty us_{.id = "live.example.org", .origin = "https://live.example.org"};
    ManualClock clock_;
    SystemRandom random_;
    Secret secret_{std::string(32, 's')};
    SecondFactors factors_{db(), clock_, random_, secret_};
    PasskeyService passkeys_{db(), clock_, random_, secret_};
};
AE_ON_BOTH_ENGINES(FactorServiceTest);

TEST_P(FactorServiceTest, AnAppIsAskedForOnceItsFirstCodeWasRight) {
    EXPECT_FALSE(run(factors_.wanted(ada_)));
    EXPECT_EQ(refusal(factors_.confirm(ada_, "000000")), "totp_not_begun");
    const auto secret = run(factors_.begin(ada_)).value();
    EXPECT_FALSE(run(factors_.wanted(ada_)));
    EXPECT_EQ(refusal(factors_.check(ada_, code(secret))), "second_factor_wrong") << "it is not on yet";
    EXPECT_EQ(refusal(factors_.confirm(ada_, "000000")), "second_factor_wrong");
    EXPECT_EQ(run(factors_.confirm(ada_, code(secret))).value().size(), 10U);
    EXPECT_TRUE(run(factors_.wanted(ada_)));
    EXPECT_FALSE(run(factors_.wanted(bob_)));
    EXPECT_EQ(refusal(factors_.begin(ada_)), "totp_already_on");
    EXPECT_EQ(refusal(factors_.confirm(ada_, code(secret, 1))), "totp_already_on");
    EXPECT_EQ(run(factors_.status(ada_)).recovery_codes_left, 10);
}

TEST_P(FactorServiceTest, BeginningAgainForgetsTheFirstSecret) {
    const auto first = run(factors_.begin(ada_)).value();
    const auto second = run(factors_.begin(ada_)).value();
    EXPECT_EQ(refusal(factors_.confirm(ada_, code(first))), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.confirm(ada_, code(second))), "");
}

TEST_P(FactorServiceTest, ACodeOfTheAppWorksOnce) {
    const auto [secret, codes] = turn_on();
    const auto now = code(secret);
    EXPECT_EQ(refusal(factors_.check(ada_, now.substr(0, 3) + " " + now.substr(3))), "");
    EXPECT_EQ(refusal(factors_.check(ada_, now)), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, code(secret, -1))), "second_factor_wrong");
    clock_.advance(std::chrono::seconds{30});
    EXPECT_EQ(refusal(factors_.check(bob_, code(secret))), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, code(secret))), "");
}

TEST_P(FactorServiceTest, OfTwoWithTheSameCodeAtOnceOneGetsIn) {
    const auto [secret, codes] = turn_on();
    boost::asio::io_context loop;
    auto first = boost::asio::co_spawn(loop, factors_.check(ada_, code(secret)), boost::asio::use_future);
    auto second = boost::asio::co_spawn(loop, factors_.check(ada_, code(secret)), boost::asio::use_future);
    loop.run();
    EXPECT_NE(first.get().has_value(), second.get().has_value());
    db().close_blocking();
}

TEST_P(FactorServiceTest, ARecoveryCodeWorksOnce) {
    const auto [secret, codes] = turn_on();
    EXPECT_EQ(refusal(factors_.check(bob_, codes[0])), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, codes[0])), "");
    EXPECT_EQ(refusal(factors_.check(ada_, codes[0])), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, codes[1])), "");
    EXPECT_EQ(run(factors_.status(ada_)).recovery_codes_left, 8);
    EXPECT_EQ(refusal(factors_.check(ada_, "")), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, "' OR 1=1")), "second_factor_wrong");
}

TEST_P(FactorServiceTest, NewRecoveryCodesReplaceTheOldOnes) {
    EXPECT_EQ(refusal(factors_.renew_codes(ada_)), "totp_not_on");
    const auto [secret, codes] = turn_on();
    const auto fresh = run(factors_.renew_codes(ada_)).value();
    EXPECT_EQ(refusal(factors_.check(ada_, codes[0])), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, fresh[0])), "");
}

TEST_P(FactorServiceTest, TurnedOffIsForgotten) {
    EXPECT_EQ(refusal(factors_.turn_off(ada_)), "totp_not_on");
    const auto [secret, codes] = turn_on();
    EXPECT_EQ(refusal(factors_.turn_off(ada_)), "");
    EXPECT_FALSE(run(factors_.wanted(ada_)));
    EXPECT_EQ(refusal(factors_.check(ada_, codes[0])), "second_factor_wrong");
    EXPECT_EQ(refusal(factors_.check(ada_, code(secret))), "second_factor_wrong");
    EXPECT_EQ(run(factors_.status(ada_)).recovery_codes_left, 0);
}

TEST_P(FactorServiceTest, NeitherSecretNorCodesAreInTheDatabase) {
    const auto [secret, codes] = turn_on();
    const auto kept = db().read_blocking([&](db::Transaction& transaction) { return store::find_totp(transaction, ada_); });
    EXPECT_EQ(as_text(kept->sealed_secret).find(secret.reveal().substr(0, 8)), std::string_view::npos);
    SecondFactors stranger{db(), clock_, random_, Secret{std::string(32, 'x')}};
    EXPECT_THROW(static_cast<void>(run(stranger.check(ada_, "123456"))), std::runtime_error);
    EXPECT_EQ(refusal(stranger.check(ada_, codes[0])), "second_factor_wrong");
}

TEST_P(FactorServiceTest, APasskeyLetsItsOwnerIn) {
    const testing::Authenticator key;
    EXPECT_EQ(add(key, ada_), "");
    EXPECT_EQ(run(passkeys_.use(proof(key), us_)).value(), ada_);
    const auto kept = run(passkeys_.list(ada_));
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].name, "Phone");
    EXPECT_EQ(kept[0].last_used_at, clock_.wall());
    EXPECT_TRUE(run(passkeys_.list(bob_)).empty());
    auto handed = proof(key);
    handed.user_handle = {'a', 'd', 'a'};
    EXPECT_EQ(refusal(passkeys_.use(handed, us_)), "");
    handed = proof(key);
    handed.user_handle = {'b', 'o', 'b'};
    EXPECT_EQ(refusal(passkeys_.use(handed, us_)), "passkey_unknown");
}

TEST_P(FactorServiceTest, AnAnswerIsTakenOnce) {
    const testing::Authenticator key;
    const auto challenge = passkeys_.creation_challenge("s");
    const auto client = key.client_data("webauthn.create", challenge);
    EXPECT_EQ(refusal(passkeys_.add(ada_, "s", "Phone", client, key.attestation(), us_)), "");
    testing::Authenticator other;
    other.credential_id = Bytes(16, 0xc2);
    EXPECT_EQ(refusal(passkeys_.add(ada_, "s", "Phone", other.client_data("webauthn.create", challenge), other.attestation(), us_)),
              "passkey_challenge_refused");
    const auto once = proof(key);
    EXPECT_EQ(refusal(passkeys_.use(once, us_)), "");
    EXPECT_EQ(refusal(passkeys_.use(once, us_)), "passkey_challenge_refused");
    const auto late = proof(key);
    clock_.advance(std::chrono::minutes{5});
    EXPECT_EQ(refusal(passkeys_.use(late, us_)), "passkey_challenge_refused");
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "");
}

TEST_P(FactorServiceTest, AChallengeIsForItsOwnUse) {
    testing::Authenticator key;
    EXPECT_EQ(refusal(passkeys_.add(ada_, "s", "Phone", key.client_data("webauthn.create", passkeys_.login_challenge()), key.attestation(), us_)),
              "passkey_challenge_refused");
    EXPECT_EQ(
        refusal(passkeys_.add(ada_, "s", "Phone", key.client_data("webauthn.create", passkeys_.creation_challenge("t")), key.attestation(), us_)),
        "passkey_challenge_refused");
    EXPECT_EQ(refusal(passkeys_.add(ada_, "s", "Phone", key.client_data("webauthn.create", Bytes(56, 1)), key.attestation(), us_)),
              "passkey_challenge_refused");
    EXPECT_EQ(add(key, ada_), "");
    const PasskeyProof wrong{.credential_id = key.credential_id, .assertion = key.use(passkeys_.creation_challenge("")), .user_handle = {}};
    EXPECT_EQ(refusal(passkeys_.use(wrong, us_)), "passkey_challenge_refused");
}

TEST_P(FactorServiceTest, APasskeyBelongsToOneAccountAndOneDomain) {
    const testing::Authenticator key;
    EXPECT_EQ(add(key, ada_), "");
    EXPECT_EQ(add(key, bob_), "passkey_taken");
    testing::Authenticator elsewhere = key;
    elsewhere.rp_id = "evil.example.org";
    elsewhere.origin = "https://evil.example.org";
    EXPECT_EQ(refusal(passkeys_.use(proof(elsewhere), {.id = "evil.example.org", .origin = "https://evil.example.org"})), "passkey_unknown");
    EXPECT_EQ(refusal(passkeys_.use(proof(elsewhere), us_)), "passkey_origin_refused");
    testing::Authenticator unknown;
    unknown.credential_id = Bytes(16, 0xee);
    EXPECT_EQ(refusal(passkeys_.use(proof(unknown), us_)), "passkey_unknown");
}

TEST_P(FactorServiceTest, ACopiedPasskeyIsNoticed) {
    testing::Authenticator key;
    key.sign_count = 5;
    EXPECT_EQ(add(key, ada_), "");
    key.sign_count = 6;
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "");
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "passkey_counter_refused");
    key.sign_count = 7;
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "");
}

TEST_P(FactorServiceTest, PasskeysAreRemovedByTheirOwner) {
    const testing::Authenticator key;
    EXPECT_EQ(add(key, ada_), "");
    const auto id = run(passkeys_.list(ada_)).at(0).id;
    EXPECT_EQ(refusal(passkeys_.remove(bob_, id)), "passkey_not_found");
    EXPECT_EQ(refusal(passkeys_.remove(ada_, id)), "");
    EXPECT_EQ(refusal(passkeys_.remove(ada_, id)), "passkey_not_found");
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "passkey_unknown");
}

TEST_P(FactorServiceTest, NamesAndNumbersHaveBounds) {
    testing::Authenticator key;
    for (const std::string& name : {std::string{}, std::string(61, 'x'), std::string{"a\nb"}, std::string{"\xff"}}) {
        EXPECT_EQ(add(key, ada_, "s", name), "passkey_name_invalid") << name;
    }
    for (int i = 0; i < 20; ++i) {
        key.credential_id = Bytes(16, static_cast<std::uint8_t>(i));
        EXPECT_EQ(add(key, ada_), "") << i;
    }
    key.credential_id = Bytes(16, 99);
    EXPECT_EQ(add(key, ada_), "too_many_passkeys");
}

TEST_P(FactorServiceTest, NothingIsLeftOfAnAccountThatIsDeleted) {
    turn_on();
    const testing::Authenticator key;
    EXPECT_EQ(add(key, ada_), "");
    db().write_blocking([&](db::Transaction& transaction) { accounts::store::remove(transaction, ada_); });
    EXPECT_FALSE(run(factors_.wanted(ada_)));
    EXPECT_EQ(run(factors_.status(ada_)).recovery_codes_left, 0);
    EXPECT_EQ(refusal(passkeys_.use(proof(key), us_)), "passkey_unknown");
}

}  // namespace
}  // namespace ae::factors
