#include "base/public_key.hpp"

#include <gtest/gtest.h>

namespace ae::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }

// RFC 6979 appendix A.2.5, "sample" with SHA-256.
const Bytes kX = hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6");
const Bytes kY = hex("7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
const Bytes kRaw =
    hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
const Bytes kDer =
    hex("3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843a"
        "cda8");

TEST(PublicKeyP256, VerifiesBothForms) {
    const auto key = PublicKey::p256(kX, kY).value();
    EXPECT_EQ(key.algorithm(), SignatureAlgorithm::es256);
    EXPECT_TRUE(key.verify(as_bytes("sample"), kRaw));
    EXPECT_TRUE(key.verify(as_bytes("sample"), kDer, EcdsaForm::der));
    EXPECT_FALSE(key.verify(as_bytes("Sample"), kRaw));
    EXPECT_FALSE(key.verify(as_bytes("sample"), kDer)) << "one form is not taken for the other";
    EXPECT_FALSE(key.verify(as_bytes("sample"), kRaw, EcdsaForm::der));
    EXPECT_FALSE(key.verify(as_bytes("sample"), {}));
    EXPECT_FALSE(key.verify(as_bytes("sample"), Bytes(64)));
    auto changed = kRaw;
    changed[40] ^= 1;
    EXPECT_FALSE(key.verify(as_bytes("sample"), changed));
}

TEST(PublicKeyP256, TakesOnlyPointsOnTheCurve) {
    auto off = kY;
    off[31] ^= 1;
    EXPECT_FALSE(PublicKey::p256(kX, off));
    EXPECT_FALSE(PublicKey::p256(Bytes(32), Bytes(32)));
    EXPECT_FALSE(PublicKey::p256(kX, {}));
    EXPECT_FALSE(PublicKey::p256(BytesView{kX}.first(31), kY));
}

// RFC 8032 section 7.1, test 2.
TEST(PublicKeyEd25519, Verifies) {
    const auto key = PublicKey::ed25519(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")).value();
    const auto signature =
        hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(key.verify(hex("72"), signature));
    EXPECT_FALSE(key.verify(hex("73"), signature));
    EXPECT_FALSE(PublicKey::ed25519(Bytes(31)));
}

TEST(PublicKeyRsa, TakesNoShortOrStrangeKeys) {
    const Bytes exponent{1, 0, 1};
    Bytes modulus(256, 0xff);
    EXPECT_TRUE(PublicKey::rsa(modulus, exponent));
    EXPECT_FALSE(PublicKey::rsa(BytesView{modulus}.first(128), exponent)) << "1024 bits";
    EXPECT_FALSE(PublicKey::rsa(modulus, {}));
    EXPECT_FALSE(PublicKey::rsa(modulus, Bytes{1}));
    EXPECT_FALSE(PublicKey::rsa(modulus, Bytes{2}));
    EXPECT_FALSE(PublicKey::rsa(modulus, Bytes(9, 0xff)));
    EXPECT_FALSE(PublicKey::rsa(Bytes(2000, 0xff), exponent));
    modulus[255] = 0xfe;
    EXPECT_FALSE(PublicKey::rsa(modulus, exponent)) << "an even modulus";
    EXPECT_FALSE(PublicKey::rsa({}, exponent));
}

TEST(SignatureAlgorithms, HaveNames) {
    EXPECT_EQ(algorithm_named("RS256"), SignatureAlgorithm::rs256);
    EXPECT_EQ(algorithm_named("ES256"), SignatureAlgorithm::es256);
    EXPECT_EQ(algorithm_named("EdDSA"), SignatureAlgorithm::eddsa);
    EXPECT_EQ(algorithm_named("none"), std::nullopt);
    EXPECT_EQ(algorithm_named("HS256"), std::nullopt);
}

}  // namespace
}  // namespace ae::crypto
