#include "accounts/factors/recovery_codes.hpp"

#include <set>

#include <gtest/gtest.h>

namespace ae::factors {
namespace {

TEST(RecoveryCodes, AreTenAndAllDifferent) {
    SystemRandom random;
    const auto codes = make_recovery_codes(random);
    EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), 10U);
    for (const auto& code : codes) {
        EXPECT_EQ(code.size(), 11U);
        EXPECT_EQ(code[5], '-');
        EXPECT_EQ(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567-"), std::string::npos);
    }
}

TEST(RecoveryCodes, AreKnownHoweverTheyAreTyped) {
    const RecoveryCodeRing ring{Secret{std::string(32, 's')}};
    const accounts::UserId ada{"ada"}, bob{"bob"};
    const auto known = ring.hash(ada, "abcde-fgh23");
    for (const char* typed : {"ABCDE-FGH23", "abcdefgh23", " abcde fgh23 ", "a-b-c-d-e-f-g-h-2-3"}) EXPECT_EQ(ring.hash(ada, typed), known) << typed;
    EXPECT_NE(ring.hash(ada, "abcde-fgh24"), known);
    EXPECT_NE(ring.hash(bob, "abcde-fgh23"), known);
    EXPECT_NE(RecoveryCodeRing{Secret{std::string(32, 't')}}.hash(ada, "abcde-fgh23"), known);
}

}  // namespace
}  // namespace ae::factors
