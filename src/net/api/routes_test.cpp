#include "net/api/routes.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include "net/api/health.hpp"
#include "net/http/test_server.hpp"

namespace ae::api {
namespace {

using http::Method;
using http::test::RawClient;
using http::test::TestServer;

enum class Visibility { public_, unlisted };
BOOST_DESCRIBE_ENUM(Visibility, public_, unlisted)

struct ChannelTag {};
using ChannelId = Id<ChannelTag>;

struct StreamView {
    std::string title;
    std::int64_t viewers = 0;
};
BOOST_DESCRIBE_STRUCT(StreamView, (), (title, viewers))

struct ChannelView {
    ChannelId id;
    std::string slug;
    Visibility visibility = Visibility::public_;
    WallTime created_at;
    std::optional<StreamView> stream;
    std::vector<std::string> tags;
    double rating = 0;
    LongNumber views;
};
BOOST_DESCRIBE_STRUCT(ChannelView, (), (id, slug, visibility, created_at, stream, tags, rating, views))

struct ChannelPath {
    std::string slug;
};
BOOST_DESCRIBE_STRUCT(ChannelPath, (), (slug))

struct ListQuery {
    std::optional<std::string> cursor;
    std::optional<int> limit;
    std::optional<Visibility> visibility;
    static void rules(Rules& rules) { rules.field("limit").range(1, 100).says("How many at most."); }
};
BOOST_DESCRIBE_STRUCT(ListQuery, (), (cursor, limit, visibility))

struct NewChannel {
    std::string slug;
    std::optional<std::string> title;
    std::vector<int> numbers;
    static void rules(Rules& rules) { rules.field("slug").length(1, 10); }
};
BOOST_DESCRIBE_STRUCT(NewChannel, (), (slug, title, numbers))

RouteSpec spec(Method method, std::string_view path, std::string_view name) {
    return {.method = method,
            .path = path,
            .name = name,
            .summary = "For tests.",
            .who = Who::anyone(),
            .rate = RateLimit::none(),
            .body = BodyLimit::bytes(10'000),
            .cache = CacheControl::revalidate(),
            .cors = Cors::same_origin(),
            .refusals = {{404, "channel_unknown", "there is none of that name."}}};
}

ChannelView channel(std::string slug) {
    return {ChannelId{"01m31s23r0000000000000000a"},
            std::move(slug),
            Visibility::unlisted,
            from_micros(1'790'000'000'000'000),
            StreamView{"Hi \"you\"", 7},
            {"a", "b"},
            4.5,
            {9'007'199'254'740'993}};
}

io::Task<Result<ChannelView>> show(Input<ChannelPath> in) {
    if (in.path.slug == "nobody") co_return Error{Errc::not_found, "channel_unknown", "There is no such channel."};
    co_return channel(in.path.slug);
}
io::Task<Result<Page<StreamView>>> list(Input<None, ListQuery> in) {
    Page<StreamView> page;
    for (int i = 0; i < in.query.limit.value_or(1); ++i) page.items.push_back({"s", i});
    if (!in.query.cursor) page.next = "more";
    co_return page;
}
io::Task<Result<Created<ChannelView>>> create(Input<None, None, NewChannel> in) {
    co_return Created<ChannelView>{channel(in.body.slug), "/api/channels/" + in.body.slug};
}
io::Task<Result<void>> remove(Input<ChannelPath>) { co_return Result<void>{}; }

void add_all(Routes& routes) {
    routes.add(spec(Method::get, "/api/channels/{slug}", "channels.get"), show);
    routes.add(spec(Method::get, "/api/streams", "streams.list"), list);
    routes.add(spec(Method::post, "/api/channels", "channels.create"), create);
    auto remove_spec = spec(Method::del, "/api/channels/{slug}", "channels.remove");
    remove_spec.who = Who::at_least(Role::creator);
    routes.add(std::move(remove_spec), [](Input<ChannelPath> in) { return remove(std::move(in)); });
    routes.add_docs();
}

http::Router router_of(const Readiness& readiness) {
    Routes routes;
    add_all(routes);
    add_health_routes(routes, readiness);
    add_metrics_route(routes, Secret{"letmein"});
    return routes.take_router();
}

class RoutesTest : public ::testing::Test {
  protected:
    Readiness readiness_;
    TestServer server_{router_of(readiness_)};
    RawClient client_ = server_.connect();

    RawClient::Answer post(std::string_view body, std::string_view type = "application/json") {
        return client_.ask("POST /api/channels HTTP/1.1\r\nHost: test\r\nContent-Type: " + std::string{type} +
                           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string{body});
    }
};

TEST_F(RoutesTest, ShowsAViewAsJson) {
    const auto answer = client_.get("/api/channels/jane");
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.header("cache-control"), "no-cache");
    EXPECT_EQ(answer.body, R"({"id":"01m31s23r0000000000000000a","slug":"jane","visibility":"unlisted","created_at":"2026-09-21T14:13:20.000Z",)"
                           R"("stream":{"title":"Hi \"you\"","viewers":7},"tags":["a","b"],"rating":4.5,"views":"9007199254740993"})");
}

TEST_F(RoutesTest, AnswersNotModifiedToAClientThatHasIt) {
    const auto etag = client_.get("/api/channels/jane").header("etag");
    ASSERT_FALSE(etag.empty());
    EXPECT_EQ(client_.get("/api/channels/jane", "If-None-Match: W/\"x\", " + etag + "\r\n").status(), 304);
    EXPECT_EQ(client_.get("/api/channels/joe", "If-None-Match: " + etag + "\r\n").status(), 200);
}

TEST_F(RoutesTest, TurnsARefusalIntoAProblem) {
    const auto answer = client_.get("/api/channels/nobody");
    EXPECT_EQ(answer.status(), 404);
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_EQ(answer.body, R"({"type":"/problems/channel_unknown","title":"Not Found","status":404,"detail":"There is no such channel.",)"
                           R"("instance":"/api/channels/nobody","code":"channel_unknown"})");
}

TEST_F(RoutesTest, ReadsTheQueryAndLinksToTheNextPage) {
    const auto answer = client_.get("/api/streams?limit=2&visibility=public&utm_source=x");
    EXPECT_EQ(answer.body, R"({"items":[{"title":"s","viewers":0},{"title":"s","viewers":1}],"next":"more"})");
    EXPECT_EQ(answer.header("link"), "</api/streams?limit=2&visibility=public&utm_source=x&cursor=more>; rel=\"next\"");
    EXPECT_EQ(client_.get("/api/streams?cursor=more").header("link"), "");
}

TEST_F(RoutesTest, RefusesParametersThatAreNotWhatTheyMustBe) {
    for (const std::string query : {"limit=0", "limit=101", "limit=x", "limit=", "visibility=secret", "limit=1.5"}) {
        const auto answer = client_.get("/api/streams?" + query);
        EXPECT_EQ(answer.status(), 400) << query;
        EXPECT_NE(answer.body.find("\"pointer\":\"query/" + query.substr(0, query.find('='))), std::string::npos) << answer.body;
    }
}

TEST_F(RoutesTest, CreatesWithALocation) {
    const auto answer = post(R"({"slug":"jane","numbers":[1,2]})");
    EXPECT_EQ(answer.status(), 201);
    EXPECT_EQ(answer.header("location"), "/api/channels/jane");
}

TEST_F(RoutesTest, NamesEverythingThatIsWrongWithABody) {
    const auto answer = post(R"({"slug":"","numbers":[1,"x",1.5],"owner":"me","a/b":1,"title":7})");
    EXPECT_EQ(answer.status(), 422);
    for (const std::string pointer : {"/slug", "/numbers/1", "/numbers/2", "/owner", "/a~1b", "/title"}) {
        EXPECT_NE(answer.body.find("\"pointer\":\"" + pointer + "\""), std::string::npos) << pointer << " " << answer.body;
    }
    EXPECT_NE(post("{}").body.find(R"({"pointer":"/slug","detail":"is missing"})"), std::string::npos);
}

TEST_F(RoutesTest, RefusesWhatIsNoJson) {
    for (const std::string body : {"", "{", "nul", "{} {}", R"({"slug":"a","slug":"b"})", R"({"slug":"\ud800"})", "{\"slug\":\"\xff\"}", "[1,]"}) {
        EXPECT_EQ(post(body).status(), 400) << body;
    }
    EXPECT_EQ(post(std::string(100, '[') + std::string(100, ']')).status(), 400);
    EXPECT_EQ(post("[]").status(), 422);
    EXPECT_EQ(post(R"({"slug":"a","numbers":[]})", "text/plain").status(), 415);
    EXPECT_EQ(post(R"({"slug":"a","numbers":[]})", "application/json; charset=utf-8").status(), 201);
}

TEST_F(RoutesTest, LetsNobodyThroughWithoutAGate) {
    const auto answer = client_.ask("DELETE /api/channels/jane HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(answer.status(), 401);
    EXPECT_NE(answer.body.find("not_signed_in"), std::string::npos);
}

TEST_F(RoutesTest, ServesTheDocumentAndThePage) {
    const auto document = client_.get("/api/openapi.json");
    EXPECT_NO_THROW((void)boost::json::parse(document.body));
    EXPECT_EQ(document.header("access-control-allow-origin"), "*");
    const auto page = client_.get("/api/docs");
    EXPECT_EQ(page.status(), 200);
    const auto csp = page.header("content-security-policy");
    const auto nonce = csp.substr(csp.find("'nonce-") + 7, 22);
    EXPECT_NE(page.body.find("nonce=\"" + nonce + "\""), std::string::npos);
    EXPECT_NE(client_.get("/api/docs").header("content-security-policy"), csp);
    EXPECT_EQ(client_.get("/api/docs/docs.js").header("content-type"), "text/javascript; charset=utf-8");
}

TEST_F(RoutesTest, SaysWhetherItLivesAndIsReady) {
    EXPECT_EQ(client_.get("/healthz").body, "ok\n");
    EXPECT_EQ(client_.get("/readyz").status(), 200);
    server_.run([&] { readiness_.set_draining([] { return true; }); });
    EXPECT_EQ(client_.get("/readyz").status(), 503);
    EXPECT_EQ(client_.get("/healthz").status(), 200);
}

io::Task<Result<void>> broken_check() { co_return Error{Errc::unavailable, "db_gone", "The database is gone."}; }

TEST_F(RoutesTest, IsNotReadyWhenACheckFailsAndSaysNotWhich) {
    server_.run([&] { readiness_.add("db", broken_check); });
    const auto answer = client_.get("/readyz");
    EXPECT_EQ(answer.status(), 503);
    EXPECT_EQ(answer.body, "not ready\n");
}

TEST_F(RoutesTest, ShowsMetricsToWhoeverHasTheToken) {
    EXPECT_EQ(client_.get("/metrics").status(), 401);
    EXPECT_EQ(client_.get("/metrics", "Authorization: Bearer letmeout\r\n").status(), 401);
    const auto answer = client_.get("/metrics", "Authorization: Bearer letmein\r\n");
    EXPECT_EQ(answer.status(), 200);
    EXPECT_NE(answer.body.find("aethex_http_requests_total{"), std::string::npos);
}

TEST(OpenApi, DescribesRoutesTheSameEachTime) {
    Routes one, two;
    add_all(one);
    add_all(two);
    const std::string text = openapi(one);
    EXPECT_EQ(text, openapi(two));

    const auto document = boost::json::parse(text);
    const auto& get = document.at("paths").at("/api/channels/{slug}").at("get");
    EXPECT_EQ(get.at("operationId").as_string(), "channels.get");
    EXPECT_EQ(get.at("responses").at("200").at("content").at("application/json").at("schema").at("$ref").as_string(),
              "#/components/schemas/ChannelView");
    EXPECT_NE(get.at("responses").at("404").at("description").as_string().find("channel_unknown"), boost::json::string::npos);
    EXPECT_EQ(document.at("paths").at("/api/channels/{slug}").at("delete").at("responses").at("204").at("description").as_string(), "No Content");

    const auto& view = document.at("components").at("schemas").at("ChannelView");
    EXPECT_EQ(view.at("required").as_array().size(), 8);
    EXPECT_EQ(view.at("properties").at("visibility").at("enum").at(0).as_string(), "public");
    const auto& body = document.at("components").at("schemas").at("NewChannel");
    EXPECT_EQ(body.at("required").as_array().size(), 2);
    EXPECT_EQ(body.at("properties").at("slug").at("maxLength").as_int64(), 10);
    EXPECT_EQ(document.at("paths").at("/api/streams").at("get").at("parameters").at(1).at("schema").at("maximum").as_double(), 100);
}

TEST(Cursors, OpenOnlyWhatTheySealed) {
    crypto::start();
    const Cursors cursors{Secret{"a key of the server"}};
    const std::string cursor = cursors.seal("streams", "2026|x");
    EXPECT_EQ(cursors.open("streams", cursor).value(), "2026|x");
    EXPECT_FALSE(cursors.open("channels", cursor));
    EXPECT_FALSE(Cursors{Secret{"another"}}.open("streams", cursor));
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        std::string bent = cursor;
        bent[i] = bent[i] == 'A' ? 'B' : 'A';
        const auto opened = cursors.open("streams", bent);
        EXPECT_TRUE(!opened || *opened == "2026|x") << i;
    }
    EXPECT_FALSE(cursors.open("streams", ""));
}

// A route that leaves out who may, how often, how much or how long does not compile: none of these can be made from nothing.
static_assert(!std::is_default_constructible_v<Who>);
static_assert(!std::is_default_constructible_v<RateLimit>);
static_assert(!std::is_default_constructible_v<BodyLimit>);
static_assert(!std::is_default_constructible_v<CacheControl>);
static_assert(!std::is_default_constructible_v<Cors>);
template <class T>
concept MadeWithoutRules = requires { T{.method = Method::get, .path = "/", .name = "x", .summary = "x"}; };
static_assert(!MadeWithoutRules<RouteSpec>);

}  // namespace
}  // namespace ae::api
