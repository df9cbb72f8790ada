// Slow, greedy and strange clients: each is cut within its time, and the others notice nothing.
#include <gtest/gtest.h>

#include "net/http/assets.hpp"
#include "net/http/gzip.hpp"
#include "net/http/test_server.hpp"

namespace ae::http {
namespace {

using std::chrono::seconds;
using test::RawClient;
using test::TestServer;

std::string big_text() {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += "line " + std::to_string(i) + "\n";
    return text;
}

io::Task<Response> answer_large(Request) {
    Response response;
    response.body = std::make_shared<const std::string>(std::string(64 << 20, 'x'));
    co_return response;
}

io::Task<Response> answer_seen(Request request) {
    co_return text_response(200, "text/plain", request.address + " " + request.scheme + " " + request.host);
}

const std::string_view kScript = "console.log('hello from the embedded file')";
const std::string_view kSmall = "small";
const std::vector<Asset>& assets() {
    static const std::string zipped = gzip(kScript);
    static const std::vector<Asset> all{
        {"/assets/app-1.js", "text/javascript", "\"one\"", true, as_bytes(kScript), as_bytes(zipped), as_bytes("(brotli)")},
        {"/robots.txt", "text/plain", "\"two\"", false, as_bytes(kSmall), {}, {}},
    };
    return all;
}

Router all_router(const AssetSource& source) {
    Router router;
    router.add(Method::get, "/hello", {.name = "hello"}, test::text_handler("hello"));
    router.add(Method::get, "/text", {.name = "text", .cache_control = "no-cache"}, test::text_handler(big_text()));
    router.add(Method::get, "/large", {.name = "large"}, Handler{answer_large});
    router.add(Method::get, "/seen", {.name = "seen"}, Handler{answer_seen});
    router.add(Method::post, "/items", {.name = "items", .body_limit = 1000}, test::text_handler("taken"));
    router.add(Method::get, "/open", {.name = "open", .any_origin = true}, test::text_handler("open"));
    router.add(Method::get, "/limited", {.name = "limited", .rate_count = 3, .rate_window = seconds{60}}, test::text_handler("yes"));
    router.add_direct(Method::get, "/{path...}", {.name = "assets"}, source.handler());
    return router;
}

class LimitsTest : public ::testing::Test {
  protected:
    AssetSource source_{assets()};
    TestServer server_{all_router(source_), config()};

    static HttpConfig config() {
        auto config = test::test_config();
        config.max_connections_per_address = 50;
        config.net.trusted_proxies = {"127.0.0.1"};
        return config;
    }
    void wait_until_open(std::size_t count) {
        while (server_.server().open_connections() != count) server_.run([] {});
    }
};

TEST_F(LimitsTest, CutsASlowHeadAfterTenSeconds) {
    auto slow = server_.connect();
    auto honest = server_.connect();
    slow.send("GET /hello HTTP/1.1\r\nHost: t\r\n");
    wait_until_open(2);
    for (int i = 0; i < 9; ++i) {
        server_.advance(seconds{1});
        slow.send("X: y\r\n");
        EXPECT_EQ(honest.get("/hello").status(), 200);
    }
    server_.advance(seconds{2});
    EXPECT_EQ(slow.read().status(), 408);
    EXPECT_TRUE(slow.closed());
    EXPECT_EQ(honest.get("/hello").status(), 200);
}

TEST_F(LimitsTest, ClosesAConnectionThatSaysNothing) {
    auto silent = server_.connect();
    wait_until_open(1);
    server_.advance(seconds{11});
    EXPECT_TRUE(silent.closed());
}

TEST_F(LimitsTest, ClosesAnIdleConnectionWithoutAWord) {
    auto idle = server_.connect();
    EXPECT_EQ(idle.get("/hello").status(), 200);
    server_.advance(seconds{74});
    EXPECT_EQ(idle.get("/hello").status(), 200);
    server_.advance(seconds{76});
    EXPECT_TRUE(idle.closed());
}

TEST_F(LimitsTest, CutsABodyThatStandsStill) {
    auto slow = server_.connect();
    slow.send("POST /items HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nsome");
    EXPECT_EQ(server_.connect().get("/hello").status(), 200);
    server_.advance(seconds{29});
    slow.send("more");
    EXPECT_EQ(server_.connect().get("/hello").status(), 200);
    server_.advance(seconds{29});
    EXPECT_EQ(server_.server().open_connections() > 0, true);
    server_.advance(seconds{2});
    EXPECT_EQ(slow.read().status(), 408);
}

TEST_F(LimitsTest, CutsAReaderThatReadsNothing) {
    RawClient stuck{server_.port()};
    stuck.send("GET /large HTTP/1.1\r\nHost: t\r\n\r\n");
    char one;
    ASSERT_EQ(::recv(stuck.descriptor(), &one, 1, 0), 1);
    server_.run([] {});
    server_.advance(seconds{9});
    wait_until_open(0);
    EXPECT_LT(stuck.read_to_end().size(), std::size_t{64} << 20);
}

TEST_F(LimitsTest, SendsALargeAnswerWhole) {
    auto client = server_.connect();
    EXPECT_EQ(client.get("/large").body.size(), std::size_t{64} << 20);
    EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST_F(LimitsTest, BoundsTheConnectionsOfOneAddress) {
    std::vector<RawClient> clients;
    for (int i = 0; i < 50; ++i) clients.push_back(server_.connect());
    wait_until_open(50);
    auto one_more = server_.connect();
    EXPECT_TRUE(one_more.closed());
    EXPECT_EQ((RawClient{server_.port(), "127.0.0.2"}.get("/hello").status()), 200);
    clients.pop_back();
    EXPECT_EQ(clients.front().get("/hello").status(), 200);
}

TEST_F(LimitsTest, LimitsARouteByClientAndSaysSo) {
    auto client = server_.connect();
    for (int left = 2; left >= 0; --left) {
        const auto answer = client.get("/limited");
        EXPECT_EQ(answer.status(), 200);
        EXPECT_EQ(answer.header("ratelimit-policy"), "\"default\";q=3;w=60");
        EXPECT_EQ(answer.header("ratelimit").substr(0, 14), "\"default\";r=" + std::to_string(left) + ";");
    }
    const auto refused = client.get("/limited");
    EXPECT_EQ(refused.status(), 429);
    EXPECT_EQ(refused.header("retry-after"), "20");
    EXPECT_NE(refused.body.find("rate_limited"), std::string::npos);
    EXPECT_EQ(client.get("/limited", "X-Forwarded-For: 198.51.100.7\r\n").status(), 200);
    EXPECT_EQ((RawClient{server_.port(), "127.0.0.2"}.get("/limited", "X-Forwarded-For: 127.0.0.1\r\n").status()), 200);
    server_.advance(seconds{20});
    EXPECT_EQ(client.get("/limited").status(), 200);
}

TEST_F(LimitsTest, BelievesForwardedAddressesOfTrustedPeersAlone) {
    auto trusted = server_.connect();
    const std::string headers = "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: live.example\r\n";
    const auto believed = trusted.get("/seen", headers);
    EXPECT_EQ(believed.body, "203.0.113.9 https live.example");
    EXPECT_EQ(believed.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    RawClient stranger{server_.port(), "127.0.0.3"};
    const auto told = stranger.get("/seen", headers);
    EXPECT_EQ(told.body, "127.0.0.3 http test");
    EXPECT_EQ(told.header("strict-transport-security"), "");
}

TEST_F(LimitsTest, RefusesAnotherSitesPageWhereSomethingChanges) {
    auto client = server_.connect();
    const auto post = [&](const std::string& headers) {
        return client.ask("POST /items HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n" + headers + "\r\n").status();
    };
    EXPECT_EQ(post(""), 200);
    EXPECT_EQ(post("Origin: http://test\r\n"), 200);
    EXPECT_EQ(post("Sec-Fetch-Site: same-origin\r\n"), 200);
    EXPECT_EQ(post("Origin: http://evil.example\r\n"), 403);
    EXPECT_EQ(post("Sec-Fetch-Site: cross-site\r\n"), 403);
    EXPECT_EQ(client.get("/hello", "Sec-Fetch-Site: cross-site\r\n").status(), 200);
}

TEST_F(LimitsTest, OpensARouteToEveryOriginOnlyWhereDeclared) {
    auto client = server_.connect();
    EXPECT_EQ(client.get("/open", "Origin: http://other\r\n").header("access-control-allow-origin"), "*");
    EXPECT_EQ(client.get("/open").header("cross-origin-resource-policy"), "cross-origin");
    EXPECT_EQ(client.get("/hello", "Origin: http://other\r\n").header("access-control-allow-origin"), "");
    EXPECT_EQ(client.get("/hello").header("cross-origin-resource-policy"), "same-origin");
    const auto preflight = client.ask("OPTIONS /open HTTP/1.1\r\nHost: t\r\nOrigin: http://other\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    EXPECT_EQ(preflight.status(), 204);
    EXPECT_EQ(preflight.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    const auto closed = client.ask("OPTIONS /hello HTTP/1.1\r\nHost: t\r\nOrigin: http://other\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    EXPECT_EQ(closed.header("access-control-allow-origin"), "");
}

TEST_F(LimitsTest, CompressesTextThatIsWorthIt) {
    auto client = server_.connect();
    const auto plain = client.get("/text");
    EXPECT_EQ(plain.body, big_text());
    EXPECT_EQ(plain.header("vary"), "accept-encoding");
    const auto small = client.get("/text", "Accept-Encoding: gzip\r\n");
    EXPECT_EQ(small.header("content-encoding"), "gzip");
    EXPECT_EQ(gunzip(small.body, 1 << 20).value(), big_text());
    EXPECT_NE(small.header("etag"), plain.header("etag"));
    EXPECT_EQ(client.get("/hello", "Accept-Encoding: gzip\r\n").header("content-encoding"), "");
    EXPECT_EQ(client.get("/text", "Accept-Encoding: gzip\r\nIf-None-Match: " + small.header("etag") + "\r\n").status(), 304);
}

TEST_F(LimitsTest, ServesAssetsInTheCodingTheClientWants) {
    auto client = server_.connect();
    const auto brotli = client.get("/assets/app-1.js", "Accept-Encoding: gzip, br\r\n");
    EXPECT_EQ(brotli.body, "(brotli)");
    EXPECT_EQ(brotli.header("content-encoding"), "br");
    EXPECT_EQ(brotli.header("etag"), "\"one-br\"");
    EXPECT_EQ(brotli.header("vary"), "accept-encoding");
    EXPECT_EQ(brotli.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(gunzip(client.get("/assets/app-1.js", "Accept-Encoding: gzip\r\n").body, 1000).value(), kScript);
    EXPECT_EQ(client.get("/assets/app-1.js").body, kScript);
    EXPECT_EQ(client.get("/assets/app-1.js", "If-None-Match: \"one\"\r\n").status(), 304);
    EXPECT_EQ(client.get("/assets/app-1.js", "Accept-Encoding: br\r\nIf-None-Match: \"one\"\r\n").status(), 200);
    EXPECT_EQ(client.get("/robots.txt").header("cache-control"), "no-cache");
    EXPECT_EQ(client.get("/robots.txt").header("vary"), "");
    EXPECT_EQ(client.get("/assets/app-2.js").status(), 404);
}

TEST_F(LimitsTest, ServesARangeOfAnAsset) {
    auto client = server_.connect();
    const auto part = client.get("/assets/app-1.js", "Accept-Encoding: gzip, br\r\nRange: bytes=8-10\r\n");
    EXPECT_EQ(part.status(), 206);
    EXPECT_EQ(part.body, "log");
    EXPECT_EQ(part.header("content-range"), "bytes 8-10/" + std::to_string(kScript.size()));
    EXPECT_EQ(client.get("/assets/app-1.js", "Range: bytes=8-10\r\nIf-Range: \"one\"\r\n").status(), 206);
    EXPECT_EQ(client.get("/assets/app-1.js", "Range: bytes=8-10\r\nIf-Range: \"other\"\r\n").status(), 200);
    const auto beyond = client.get("/assets/app-1.js", "Range: bytes=1000-\r\n");
    EXPECT_EQ(beyond.status(), 416);
    EXPECT_EQ(beyond.header("content-range"), "bytes */" + std::to_string(kScript.size()));
    EXPECT_EQ(client.get("/assets/app-1.js", "Range: bytes=0-1,3-4\r\n").status(), 200);
}

TEST_F(LimitsTest, NeverLeavesTheAssetsByAPath) {
    auto client = server_.connect();
    for (const std::string target : {"/assets/..", "/..%2f..%2fetc/passwd", "/%2e%2e/etc/passwd", "/assets/%252e%252e/x", "/assets/..%5c..",
                                     "/assets/%c0%ae%c0%ae/x", "/etc/passwd", "//etc/passwd", "/assets//app-1.js", "/assets/app-1.js/",
                                     "/assets/app-1.js%00.png", "/ASSETS/app-1.js", "/assets/.%2e/robots.txt"}) {
        auto one = server_.connect();
        const int status = one.get(target).status();
        EXPECT_TRUE(status == 404 || status == 400) << target << " " << status;
    }
    EXPECT_EQ(client.get("/robots.txt").status(), 200);
}

}  // namespace
}  // namespace ae::http
