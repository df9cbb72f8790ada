#include "accounts/factors/totp.hpp"

#include <gtest/gtest.h>

namespace ae::factors {
namespace {

const Secret kSecret{"12345678901234567890"};
WallTime at(std::int64_t seconds) { return WallTime{std::chrono::seconds{seconds}}; }

// RFC 6238 appendix B, the last six of its eight digits.
TEST(Totp, MakesTheCodesOfTheStandard) {
    const std::pair<std::int64_t, const char*> table[]{{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                                                       {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    for (const auto& [seconds, code] : table) EXPECT_EQ(totp_code(kSecret, totp_step(at(seconds))), code) << seconds;
}

TEST(Totp, TakesTheCodeOfNowAndOfOneStepBeforeOrAfter) {
    const auto now = at(1111111111);
    const auto step = totp_step(now);
    for (int apart = -3; apart <= 3; ++apart) {
        const auto found = find_totp_step(kSecret, totp_code(kSecret, step + apart), now, 0);
        if (apart >= -1 && apart <= 1) EXPECT_EQ(found, step + apart);
        else EXPECT_EQ(found, std::nullopt) << apart;
    }
}

TEST(Totp, TakesNoCodeTwice) {
    const auto now = at(1111111111);
    const auto step = totp_step(now);
    EXPECT_EQ(find_totp_step(kSecret, totp_code(kSecret, step), now, step - 1), step);
    EXPECT_EQ(find_totp_step(kSecret, totp_code(kSecret, step), now, step), std::nullopt);
    EXPECT_EQ(find_totp_step(kSecret, totp_code(kSecret, step - 1), now, step), std::nullopt) << "nor an older one";
    EXPECT_EQ(find_totp_step(kSecret, totp_code(kSecret, step + 1), now, step), step + 1);
}

TEST(Totp, TakesNothingElse) {
    for (const char* wrong : {"", "0", "050470", "50471", "0504710", " 050471", "05047a"}) {
        EXPECT_EQ(find_totp_step(kSecret, wrong, at(1111111111), 0), std::nullopt) << wrong;
    }
}

TEST(Totp, SaysItsSecretAsAppsReadIt) {
    EXPECT_EQ(totp_secret_text(kSecret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(totp_secret_text(Secret{"f"}), "MY");
    EXPECT_EQ(totp_uri(kSecret, "AeThex LIVE", "ada@example.org"),
              "otpauth://totp/"
              "AeThex%20LIVE:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=AeThex%20LIVE&algorithm=SHA1&digits=6&period=30");
    SystemRandom random;
    EXPECT_EQ(make_totp_secret(random).reveal().size(), 20U);
    EXPECT_NE(make_totp_secret(random).reveal(), make_totp_secret(random).reveal());
}

}  // namespace
}  // namespace ae::factors
