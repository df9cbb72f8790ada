#include "base/crypto.hpp"

#include <type_traits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/log.hpp"

namespace ae::crypto {
namespace {

class CryptoTest : public testing::Test {
  protected:
    void SetUp() override { start(); }
    SystemRandom random;
};

TEST_F(CryptoTest, KeepsToTheHashVectorsOfTheStandards) {
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, cases 2 and 6 (a key longer than a block).
    EXPECT_EQ(to_hex(hmac_sha256(Secret{"Jefe"}, as_bytes("what do ya want for nothing?"))),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(Secret{std::string(131, '\xaa')}, as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_F(CryptoTest, DerivesKeysAsRfc5869Says) {
    // Test case 3 of the RFC has no salt and no info; its first 32 bytes of output.
    const Secret input{std::string(22, '\x0b')};
    EXPECT_EQ(to_hex(as_bytes(derive_key(input, "").reveal())), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    EXPECT_NE(derive_key(input, "tokens").reveal(), derive_key(input, "stream keys").reveal());
}

TEST_F(CryptoTest, OpensOnlyWhatItSealedUnchanged) {
    const auto key = derive_key(Secret{"server secret"}, "test");
    const auto box = seal(key, as_bytes("stream key"), "channel 1", random);
    EXPECT_EQ(as_text(*open(key, box, "channel 1")), "stream key");
    EXPECT_FALSE(open(key, box, "channel 2"));
    EXPECT_FALSE(open(derive_key(Secret{"another"}, "test"), box, "channel 1"));
    for (std::size_t i = 0; i < box.size(); ++i) {
        auto broken = box;
        broken[i] ^= 1;
        EXPECT_FALSE(open(key, broken, "channel 1")) << i;
        EXPECT_FALSE(open(key, BytesView{box}.first(i), "channel 1")) << i;
    }
    EXPECT_NE(seal(key, as_bytes("stream key"), "channel 1", random), box);
    EXPECT_TRUE(open(key, seal(key, {}, "", random), "")->empty());
}

TEST_F(CryptoTest, ComparesWholeTexts) {
    EXPECT_TRUE(equal_constant_time(as_bytes("same"), as_bytes("same")));
    EXPECT_FALSE(equal_constant_time(as_bytes("same"), as_bytes("sane")));
    EXPECT_FALSE(equal_constant_time(as_bytes("same"), as_bytes("same ")));
    EXPECT_TRUE(equal_constant_time({}, {}));
}

TEST_F(CryptoTest, MakesTokensOfBase32) {
    const auto token = random_token(random, 20);
    EXPECT_EQ(token.size(), 32u);
    EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
    EXPECT_NE(random_token(random, 20), token);

    struct Fixed final : Random {
        void fill(std::span<std::uint8_t> out) override { std::ranges::copy(as_bytes("foob").first(out.size()), out.begin()); }
    } fixed;
    // RFC 4648 section 10, without the padding.
    EXPECT_EQ(random_token(fixed, 3), "mzxw6");
    EXPECT_EQ(random_token(fixed, 4), "mzxw6yq");
}

TEST(Secret, HasNoWayIntoALogOrAFormat) {
    static_assert(!std::is_convertible_v<Secret, std::string>);
    static_assert(!std::is_convertible_v<Secret, std::string_view>);
    static_assert(!std::is_constructible_v<log::Field, std::string_view, Secret>);
    static_assert(!fmt::is_formattable<Secret>::value);
    EXPECT_EQ(Secret{"live_abcdefgh"}.redacted(), "live…");
    EXPECT_EQ(Secret{"short123"}.redacted(), "…");
    EXPECT_EQ(Secret{}.redacted(), "…");
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
    Secret from{"live_abcdefgh"};
    const Secret to{std::move(from)};
    EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(to.reveal(), "live_abcdefgh");
}

}  // namespace
}  // namespace ae::crypto
