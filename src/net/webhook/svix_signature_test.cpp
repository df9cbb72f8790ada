#include "net/webhook/svix_signature.hpp"

#include <gtest/gtest.h>

namespace ae::webhook {
namespace {

// The example of Svix's own documentation.
const Secret kWritten{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view kTime = "1614265330";
constexpr std::string_view kBody = R"({"test": 2432232314})";
constexpr std::string_view kSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const WallTime kNow{std::chrono::seconds{1614265330}};

std::vector<Secret> keys() { return {svix_key(kWritten).value()}; }
std::string_view judged(SvixHeaders headers, std::string_view body = kBody, WallTime now = kNow) {
    const auto all = keys();
    const auto believed = verify_svix(all, headers, body, now);
    return believed ? "" : believed.error().reason;
}

TEST(SvixSignature, OfTheDocumentationIsBelieved) {
    EXPECT_EQ(judged({kId, kTime, kSignature}), "");
    EXPECT_EQ(sign_svix(keys()[0], kId, kTime, kBody), kSignature);
}

TEST(SvixSignature, OverAnythingElseIsRefused) {
    EXPECT_EQ(judged({kId, kTime, kSignature}, R"({"test": 2432232315})"), "webhook_signature_invalid");
    EXPECT_EQ(judged({kId, kTime, kSignature}, ""), "webhook_signature_invalid");
    EXPECT_EQ(judged({"msg_other", kTime, kSignature}), "webhook_signature_invalid");
    EXPECT_EQ(judged({kId, "1614265331", kSignature}), "webhook_signature_invalid");
    // The dot between the parts does not move.
    EXPECT_EQ(judged({"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330", kTime, kSignature}), "webhook_signature_invalid");
}

TEST(SvixSignature, IsOneOfSeveralWhileSecretsChange) {
    const auto both = std::string{"v1,AAAA v2,x v1a,zzz "} + std::string{kSignature};
    EXPECT_EQ(judged({kId, kTime, both}), "");
    const std::vector<Secret> rotated{Secret{std::string(24, 'n')}, keys()[0]};
    EXPECT_TRUE(verify_svix(rotated, {kId, kTime, kSignature}, kBody, kNow));
    EXPECT_FALSE(verify_svix(std::span{rotated}.first(1), {kId, kTime, kSignature}, kBody, kNow));
    EXPECT_FALSE(verify_svix({}, {kId, kTime, kSignature}, kBody, kNow));
}

TEST(SvixSignature, IsWorthFiveMinutes) {
    using std::chrono::seconds;
    EXPECT_EQ(judged({kId, kTime, kSignature}, kBody, kNow + seconds{300}), "");
    EXPECT_EQ(judged({kId, kTime, kSignature}, kBody, kNow + seconds{301}), "webhook_too_old");
    EXPECT_EQ(judged({kId, kTime, kSignature}, kBody, kNow - seconds{300}), "");
    EXPECT_EQ(judged({kId, kTime, kSignature}, kBody, kNow - seconds{301}), "webhook_too_old");
}

TEST(SvixSignature, OfAnyOtherFormIsRefused) {
    for (const char* wrong : {"v1", "v1,", "v1,!!!!", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                              "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O", "v1,AAAA"}) {
        EXPECT_EQ(judged({kId, kTime, wrong}), "webhook_signature_invalid") << wrong;
    }
    for (const char* time : {"", "now", "1614265330.5", " 1614265330", "-5", "99999999999999999999"}) {
        EXPECT_EQ(judged({kId, time, kSignature}), "webhook_headers_invalid") << time;
    }
    EXPECT_EQ(judged({"", kTime, kSignature}), "webhook_headers_invalid");
    EXPECT_EQ(judged({kId, kTime, ""}), "webhook_headers_invalid");
}

TEST(SvixSecret, IsWrittenOneWay) {
    EXPECT_TRUE(svix_key(kWritten));
    for (const char* wrong : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!", "whsec_AAAA"})
        EXPECT_FALSE(svix_key(Secret{wrong})) << wrong;
}

}  // namespace
}  // namespace ae::webhook
