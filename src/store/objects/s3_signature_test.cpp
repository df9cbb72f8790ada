// The worked examples of the S3 API reference.
#include "store/objects/s3_signature.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace ae::objects {
namespace {

class S3SignatureTest : public testing::Test {
  protected:
    void SetUp() override { crypto::start(); }

    std::string signature(const S3Request& request, std::string_view body = {}) {
        const auto headers = signed_headers(request, as_bytes(body), kCredentials, kNow);
        const auto& text = headers.at("authorization");
        return text.substr(text.find("Signature=") + 10);
    }

    const S3Credentials kCredentials{"AKIAIOSFODNN7EXAMPLE", Secret{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}, "us-east-1"};
    const WallTime kNow = *from_rfc3339("2013-05-24T00:00:00Z");
    const std::string kHost = "examplebucket.s3.amazonaws.com";
};

TEST_F(S3SignatureTest, SignsAGetOfAnObject) {
    EXPECT_EQ(signature({.method = "GET", .host = kHost, .path = "/test.txt", .headers = {{"range", "bytes=0-9"}}}),
              "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST_F(S3SignatureTest, SignsAPutOfAnObject) {
    EXPECT_EQ(signature({.method = "PUT",
                         .host = kHost,
                         .path = "/" + s3_encoded("test$file.text", true),
                         .headers = {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}}},
                        "Welcome to Amazon S3."),
              "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
}

TEST_F(S3SignatureTest, SignsQueriesWithAndWithoutValues) {
    EXPECT_EQ(signature({.method = "GET", .host = kHost, .query = {{"lifecycle", ""}}}),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    EXPECT_EQ(signature({.method = "GET", .host = kHost, .query = {{"prefix", "J"}, {"max-keys", "2"}}}),
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST_F(S3SignatureTest, PresignsAnAddress) {
    const auto query = presigned_query({.method = "GET", .host = kHost, .path = "/test.txt"}, kCredentials, kNow, std::chrono::hours{24});
    EXPECT_EQ(query,
              "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date="
              "20130524T000000Z"
              "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST_F(S3SignatureTest, SaysTheBodysHashAndNeverTheSecret) {
    const auto headers = signed_headers({.method = "PUT", .host = kHost, .path = "/a"}, as_bytes("Welcome to Amazon S3."), kCredentials, kNow);
    EXPECT_EQ(headers.at("x-amz-content-sha256"), "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
    for (const auto& [name, value] : headers) EXPECT_EQ(value.find("wJalr"), std::string::npos) << name;
    EXPECT_FALSE(headers.contains("host"));
}

TEST_F(S3SignatureTest, EncodesWhatIsNotPlain) {
    EXPECT_EQ(s3_encoded("a/b c~ä+", true), "a/b%20c~%C3%A4%2B");
    EXPECT_EQ(s3_encoded("a/b", false), "a%2Fb");
}

}  // namespace
}  // namespace ae::objects
