// Tables for the small parsers: targets, ranges, codings, forwarded addresses, tags.
#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "net/http/byte_range.hpp"
#include "net/http/etag.hpp"
#include "net/http/forwarded.hpp"
#include "net/http/gzip.hpp"
#include "net/http/negotiation.hpp"
#include "net/http/origin.hpp"
#include "net/http/rate_limiter.hpp"
#include "net/http/render.hpp"
#include "net/http/router.hpp"
#include "net/http/target.hpp"

namespace ae::http {
namespace {

using std::chrono::seconds;

TEST(Target, DecodesOnce) {
    std::string path;
    std::vector<std::pair<std::string, std::string>> query;
    EXPECT_EQ(parse_target("/a%20b/%C3%A4?x=%2541&y=1+2&&z", path, query), "");
    EXPECT_EQ(path, "/a b/\xC3\xA4");
    const std::vector<std::pair<std::string, std::string>> wanted{{"x", "%41"}, {"y", "1 2"}, {"z", ""}};
    EXPECT_EQ(query, wanted);
    EXPECT_EQ(parse_target("/a+b", path, query), "");
    EXPECT_EQ(path, "/a+b");
}

TEST(Target, BoundsTheNumberOfParameters) {
    std::string path, target = "/?";
    std::vector<std::pair<std::string, std::string>> query;
    for (int i = 0; i < 64; ++i) target += "a&";
    EXPECT_EQ(parse_target(target, path, query), "");
    EXPECT_EQ(parse_target(target + "a", path, query), "target_too_many_parameters");
}

TEST(ByteRange, FollowsTheTable) {
    using Kind = ByteRange::Kind;
    struct Row {
        const char* range;
        std::uint64_t size;
        Kind kind;
        std::uint64_t first, length;
    };
    for (const Row& row :
         {Row{"bytes=0-3", 10, Kind::part, 0, 4}, Row{"bytes=3-", 10, Kind::part, 3, 7}, Row{"bytes=-4", 10, Kind::part, 6, 4},
          Row{"bytes=-40", 10, Kind::part, 0, 10}, Row{"bytes=0-99", 10, Kind::part, 0, 10}, Row{"bytes=9-9", 10, Kind::part, 9, 1},
          Row{"bytes=10-", 10, Kind::unsatisfiable, 0, 0}, Row{"bytes=-0", 10, Kind::unsatisfiable, 0, 0},
          Row{"bytes=0-", 0, Kind::unsatisfiable, 0, 0}, Row{"bytes=3-2", 10, Kind::whole, 0, 10}, Row{"bytes=0-1,3-4", 10, Kind::whole, 0, 10},
          Row{"bytes=x-", 10, Kind::whole, 0, 10}, Row{"bytes=-", 10, Kind::whole, 0, 10}, Row{"bytes=", 10, Kind::whole, 0, 10},
          Row{"items=0-3", 10, Kind::whole, 0, 10}, Row{"bytes=+1-3", 10, Kind::whole, 0, 10},
          Row{"bytes=0-18446744073709551615", 10, Kind::part, 0, 10}, Row{"bytes=0-18446744073709551616", 10, Kind::whole, 0, 10}}) {
        const auto got = parse_range(row.range, row.size);
        EXPECT_EQ(got.kind, row.kind) << row.range;
        if (row.kind != Kind::part) continue;
        EXPECT_EQ(got.first, row.first) << row.range;
        EXPECT_EQ(got.size, row.length) << row.range;
    }
}

TEST(Negotiation, ChoosesWhatTheClientWouldRatherHave) {
    EXPECT_EQ(choose_coding("gzip, deflate, br", true, true), Coding::brotli);
    EXPECT_EQ(choose_coding("gzip, deflate, br", true, false), Coding::gzip);
    EXPECT_EQ(choose_coding("gzip, deflate, br", false, false), Coding::identity);
    EXPECT_EQ(choose_coding("", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("br;q=0.5, gzip;q=0.8", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("br;q=0, gzip;q=0", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("gzip;q=0.0", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("*", true, true), Coding::brotli);
    EXPECT_EQ(choose_coding("*;q=0.5, br;q=0", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("identity, gzip;q=0.5", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("GZIP ; Q=1.000", true, true), Coding::gzip);
    EXPECT_EQ(choose_coding("gzip;q=abc", true, true), Coding::identity);
    EXPECT_EQ(choose_coding("gzipped, xbr", true, true), Coding::identity);
}

TEST(Etag, MatchesByName) {
    EXPECT_TRUE(if_none_match_names("\"a\"", "\"a\""));
    EXPECT_TRUE(if_none_match_names("\"b\", W/\"a\"", "\"a\""));
    EXPECT_TRUE(if_none_match_names("*", "\"a\""));
    EXPECT_FALSE(if_none_match_names("\"b\"", "\"a\""));
    EXPECT_FALSE(if_none_match_names("a", "\"a\""));
    EXPECT_FALSE(if_none_match_names("", "\"a\""));
    crypto::start();
    EXPECT_NE(etag_of(as_bytes("a")), etag_of(as_bytes("b")));
    EXPECT_NE(etag_of(as_bytes("a")), etag_of(as_bytes("a"), "gz"));
}

Headers header(std::string_view name, std::string_view value) {
    Headers headers;
    headers.add(name, value);
    return headers;
}

TEST(TrustedProxies, BelieveOnlyTheTrusted) {
    const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "2001:db8::/32"}).value();
    const auto seen = [&](std::string_view peer, std::string_view chain) {
        return proxies.client_of({std::string{peer}, "http", "h"}, header("x-forwarded-for", chain)).address;
    };
    EXPECT_EQ(seen("192.0.2.9", "198.51.100.1"), "192.0.2.9");
    EXPECT_EQ(seen("10.1.2.3", "198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(seen("10.1.2.3", "1.1.1.1, 198.51.100.1"), "198.51.100.1");
    EXPECT_EQ(seen("10.1.2.3", "1.1.1.1, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
    EXPECT_EQ(seen("10.1.2.3", "10.0.0.7, 10.9.9.9"), "10.0.0.7");
    EXPECT_EQ(seen("10.1.2.3", "198.51.100.1, nonsense, 10.9.9.9"), "10.9.9.9");
    EXPECT_EQ(seen("10.1.2.3", ""), "10.1.2.3");
    EXPECT_EQ(seen("2001:db8::5", "198.51.100.1:4711"), "198.51.100.1");
    EXPECT_EQ(seen("2001:db9::5", "198.51.100.1"), "2001:db9::5");
    EXPECT_EQ(seen("10.1.2.3", "[2001:db9::7]:80"), "2001:db9::7");
    EXPECT_EQ(seen("10.1.2.3", "::ffff:198.51.100.1"), "198.51.100.1");
}

TEST(TrustedProxies, ReadOneKindOfHeaderOnly) {
    Headers both = header("x-forwarded-for", "198.51.100.1");
    both.add("forwarded", "for=203.0.113.5;proto=https;host=live.example, for=\"[2001:db9::1]:99\";by=x");
    const auto x = TrustedProxies::parse({"10.0.0.1"}).value();
    EXPECT_EQ(x.client_of({"10.0.0.1", "http", "h"}, both).address, "198.51.100.1");
    const auto forwarded = TrustedProxies::parse({"10.0.0.1"}, ForwardedKind::forwarded).value();
    EXPECT_EQ(forwarded.client_of({"10.0.0.1", "http", "h"}, both).address, "2001:db9::1");
    const auto one = forwarded.client_of({"10.0.0.1", "http", "h"}, header("forwarded", "For=\"203.0.113.5\"; Proto=https; host=live.example"));
    EXPECT_EQ(one.address, "203.0.113.5");
    EXPECT_EQ(one.scheme, "https");
    EXPECT_EQ(one.host, "live.example");
    EXPECT_EQ(forwarded.client_of({"10.0.0.1", "http", "h"}, header("forwarded", "for=_hidden")).address, "10.0.0.1");
}

TEST(Network, KnowsItsAddresses) {
    const auto holds = [](std::string_view network, std::string_view address) {
        return Network::parse(network).value().holds(parse_address(address).value());
    };
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.0.1"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
    EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
    EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.100"));
    EXPECT_TRUE(holds("0.0.0.0/0", "8.8.8.8"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(holds("::/0", "2001:db8::1"));
    EXPECT_TRUE(holds("127.0.0.1", "127.0.0.1"));
    for (const auto bad : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "x", "10.0.0.0/-1"}) EXPECT_FALSE(Network::parse(bad)) << bad;
}

TEST(RateLimiter, GivesTokensBackWithTime) {
    RateLimiter limiter;
    const SteadyTime start{seconds{1000}};
    for (std::uint32_t left = 4; left > 0; --left) EXPECT_EQ(limiter.take(0, "a", 4, seconds{60}, start).remaining, left - 1);
    const auto refused = limiter.take(0, "a", 4, seconds{60}, start);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.reset, seconds{15});
    EXPECT_TRUE(limiter.take(0, "b", 4, seconds{60}, start).allowed);
    EXPECT_TRUE(limiter.take(1, "a", 4, seconds{60}, start).allowed);
    EXPECT_FALSE(limiter.take(0, "a", 4, seconds{60}, start + seconds{14}).allowed);
    EXPECT_TRUE(limiter.take(0, "a", 4, seconds{60}, start + seconds{15}).allowed);
}

TEST(RateLimiter, KeepsABoundedTable) {
    RateLimiter limiter{64};
    for (int i = 0; i < 100'000; ++i) limiter.take(0, std::to_string(i), 10, seconds{60}, SteadyTime{seconds{1000}});
    EXPECT_LE(limiter.size(), 64 * 16);
}

TEST(ClientKey, IsTheNetworkOfAnIpv6Subscriber) {
    const auto key = [](std::string_view text) { return client_key(parse_address(text).value()); };
    EXPECT_EQ(key("2001:db8:1:2:3::4"), key("2001:db8:1:2:ffff::1"));
    EXPECT_NE(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    EXPECT_NE(key("192.0.2.1"), key("192.0.2.2"));
    EXPECT_EQ(key("::ffff:192.0.2.1"), key("192.0.2.1"));
}

TEST(Origin, TellsAnotherSitesPage) {
    const auto elsewhere = [](std::string_view name, std::string_view value) {
        Request request;
        request.scheme = "https";
        request.host = "live.example";
        if (!name.empty()) request.headers.add(name, value);
        return comes_from_elsewhere(request);
    };
    EXPECT_FALSE(elsewhere("", ""));
    EXPECT_FALSE(elsewhere("sec-fetch-site", "same-origin"));
    EXPECT_FALSE(elsewhere("sec-fetch-site", "none"));
    EXPECT_TRUE(elsewhere("sec-fetch-site", "cross-site"));
    EXPECT_TRUE(elsewhere("sec-fetch-site", "same-site"));
    EXPECT_FALSE(elsewhere("origin", "https://live.example"));
    EXPECT_TRUE(elsewhere("origin", "http://live.example"));
    EXPECT_TRUE(elsewhere("origin", "https://evil.example"));
    EXPECT_TRUE(elsewhere("origin", "null"));
}

TEST(Gzip, ComesBackAsItWas) {
    for (const std::size_t size : {0u, 1u, 1000u, 300'000u}) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>('a' + i * i % 23));
        const auto bytes = gzip(text);
        EXPECT_EQ(gunzip(bytes, size).value(), text);
        EXPECT_EQ(gzip(text), bytes);
        if (size > 0) {
            EXPECT_FALSE(gunzip(bytes, size - 1));
        }
        EXPECT_FALSE(gunzip(bytes.substr(0, bytes.size() - 1), size));
    }
}

TEST(Router, PrefersLiteralTextThenNarrowNames) {
    Router router;
    const auto add = [&](std::string_view pattern) { router.add(Method::get, pattern, {.name = std::string{pattern}}, Handler{}); };
    for (const auto pattern :
         {"/", "/{page}", "/{stream}.m3u8", "/api/{name}", "/api/me", "/api/{name}/keys", "/files/{path...}", "/live/{s}/{t}.m4s"})
        add(pattern);
    Router::Parameters parameters;
    const auto found = [&](std::string_view path) {
        const auto match = router.find(Method::get, path, parameters);
        return match.route == nullptr ? std::string{"none"} : match.route->pattern;
    };
    EXPECT_EQ(found("/"), "/");
    EXPECT_EQ(found("/about"), "/{page}");
    EXPECT_EQ(found("/abc.m3u8"), "/{stream}.m3u8");
    EXPECT_EQ(parameters.at(0).second, "abc");
    EXPECT_EQ(found("/.m3u8"), "/{page}");
    EXPECT_EQ(found("/api/me"), "/api/me");
    EXPECT_EQ(found("/api/me/keys"), "/api/{name}/keys");
    EXPECT_EQ(parameters.size(), 1);
    EXPECT_EQ(found("/api/you"), "/api/{name}");
    EXPECT_EQ(found("/api/"), "none");
    EXPECT_EQ(found("/files/a/b/c"), "/files/{path...}");
    EXPECT_EQ(parameters.at(0).second, "a/b/c");
    EXPECT_EQ(found("/files/"), "/files/{path...}");
    EXPECT_EQ(found("/live/x/7.m4s"), "/live/{s}/{t}.m4s");
    EXPECT_EQ(parameters.at(1).second, "7");
    EXPECT_EQ(found("//"), "none");
    EXPECT_EQ(found("/api/me/"), "none");
}

TEST(Render, KeepsHeadersOnTheirLine) {
    Response response;
    response.headers.add("location", "/a\r\nset-cookie: x=y");
    const auto head = render_head(response, {});
    EXPECT_NE(head.find("location: /aset-cookie: x=y\r\n"), std::string::npos);
    EXPECT_EQ(http_date(from_micros(784'111'777'000'000)), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace ae::http
