#include "net/jose/jwks_cache.hpp"

#include <future>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "io/run_blocking.hpp"
#include "net/http/router.hpp"
#include "net/http/test_server.hpp"
#include "net/jose/testing.hpp"

namespace ae::jose {
namespace {

using crypto::SignatureAlgorithm;

/// An issuer that counts how often it is asked.
class JwksCacheTest : public ::testing::Test {
  protected:
    JwksCacheTest() {
        http::Router router;
        router.add(http::Method::get, "/jwks", {.name = "jwks"}, [this](http::Request) { return answer(this); });
        server_ = std::make_unique<http::test::TestServer>(std::move(router));
        shards_.start();
        cache_ = std::make_unique<JwksCache>(
            JwksSource{.purpose = "test", .url = fmt::format("http://127.0.0.1:{}/jwks", server_->port()), .may_connect = io::is_any_address},
            shards_.at(0), client_, clock_);
    }
    static io::Task<http::Response> answer(JwksCacheTest* test) {
        ++test->asked_;
        co_return http::text_response(test->status_, "application/json", test->body_);
    }
    std::string_view find(const std::string& id) {
        const auto found = io::run_blocking(cache_->find(id, SignatureAlgorithm::es256));
        return found ? "" : found.error().reason;
    }

    testing::SigningKey first_{SignatureAlgorithm::es256}, second_{SignatureAlgorithm::es256};
    std::atomic<int> asked_{0};
    std::atomic<unsigned> status_{200};
    std::string body_ = "{\"keys\":[" + first_.jwk("first") + "]}";
    std::unique_ptr<http::test::TestServer> server_;
    ManualClock clock_;
    io::Shards shards_{1};
    io::HttpClient client_;
    std::unique_ptr<JwksCache> cache_;
};

TEST_F(JwksCacheTest, AsksOnceAndRemembers) {
    EXPECT_EQ(asked_, 0) << "nothing is fetched before it is needed";
    EXPECT_EQ(find("first"), "");
    EXPECT_EQ(find("first"), "");
    EXPECT_EQ(asked_, 1);
    clock_.advance(std::chrono::minutes{61});
    EXPECT_EQ(find("first"), "");
    EXPECT_EQ(asked_, 2);
}

TEST_F(JwksCacheTest, AsksForUnknownNamesOnceAMinuteAtMost) {
    EXPECT_EQ(find("first"), "");
    for (int i = 0; i < 50; ++i) EXPECT_EQ(find("made-up-" + std::to_string(i)), "token_key_unknown");
    EXPECT_EQ(asked_, 1);
    body_ = "{\"keys\":[" + second_.jwk("second") + "]}";
    EXPECT_EQ(find("second"), "token_key_unknown");
    clock_.advance(std::chrono::seconds{60});
    EXPECT_EQ(find("second"), "");
    EXPECT_EQ(asked_, 2);
    EXPECT_EQ(find("first"), "token_key_unknown") << "what the issuer took back is no longer believed";
}

TEST_F(JwksCacheTest, ServesOldKeysForADayWhileTheIssuerIsAway) {
    EXPECT_EQ(find("first"), "");
    status_ = 503;
    clock_.advance(std::chrono::hours{2});
    EXPECT_EQ(find("first"), "");
    EXPECT_EQ(asked_, 2);
    clock_.advance(std::chrono::hours{21});
    EXPECT_EQ(find("first"), "");
    clock_.advance(std::chrono::hours{2});
    EXPECT_EQ(find("first"), "token_keys_unavailable");
    status_ = 200;
    clock_.advance(std::chrono::minutes{1});
    EXPECT_EQ(find("first"), "");
}

TEST_F(JwksCacheTest, SaysWhenThereAreNoKeysAtAll) {
    body_ = "no keys here";
    EXPECT_EQ(find("first"), "token_keys_unavailable");
    EXPECT_EQ(find("first"), "token_keys_unavailable");
    EXPECT_EQ(asked_, 1) << "a broken issuer is not asked by everybody";
}

TEST_F(JwksCacheTest, ManyAtOnceWaitForOneFetch) {
    const auto found = [](JwksCache& cache) -> io::Task<bool> {  // the cache outlives it
        const auto key = co_await cache.find("first", SignatureAlgorithm::es256);
        co_return key.has_value();
    };
    std::vector<std::future<bool>> all;
    all.reserve(20);
    for (int i = 0; i < 20; ++i) all.push_back(boost::asio::co_spawn(shards_.at(0).context(), found(*cache_), boost::asio::use_future));
    for (auto& each : all) EXPECT_TRUE(each.get());
    EXPECT_EQ(asked_, 1);
}

TEST_F(JwksCacheTest, ReachesNoAddressItMayNot) {
    JwksCache careful{{.purpose = "test", .url = fmt::format("http://127.0.0.1:{}/jwks", server_->port())}, shards_.at(0), client_, clock_};
    EXPECT_EQ(io::run_blocking(careful.find("first", SignatureAlgorithm::es256)).error().reason, "token_keys_unavailable");
    EXPECT_EQ(asked_, 0);
}

}  // namespace
}  // namespace ae::jose
