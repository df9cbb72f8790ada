#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include "net/api/routes.hpp"
#include "net/http/test_server.hpp"

namespace ae::api {
namespace {

using http::Method;
using http::test::RawClient;
using http::test::TestServer;

/// Who the test's `x-who` header says: a role's word, with marks behind it.
io::Task<Result<Caller>> believing_gate(std::string who) {
    Caller caller;
    if (who.find("broken") != std::string::npos) co_return Error{Errc::unavailable, "gate_broken", "Nobody can say who you are."};
    if (who.starts_with("viewer")) caller.role = Role::signed_in;
    if (who.starts_with("creator")) caller.role = Role::creator;
    if (who.starts_with("admin")) caller.role = Role::admin;
    if (caller.role != Role::anyone) caller.account = "somebody";
    if (caller.role != Role::anyone && who.find("token") == std::string::npos) caller.session = "a session";
    caller.recent = who.find("recent") != std::string::npos;
    caller.only_reads = who.find("reads") != std::string::npos;
    co_return caller;
}

struct Name {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Name, (), (name))

io::Task<Result<Name>> who_asks(Input<> in) { co_return Name{in.caller.account}; }
io::Task<Result<WithCookies<None>>> leave(Input<>) { co_return WithCookies<None>{{}, {{"sid", "", std::chrono::seconds{0}, true}}}; }
io::Task<Result<OrMoved<Name>>> move(Input<None, Name> in) {
    OrMoved<Name> answer;
    if (in.query.name == "old") answer.moved_to = "/moved?name=new";
    else answer.view = Name{in.query.name};
    co_return answer;
}
io::Task<Result<OrSuggestions<Name>>> suggest(Input<>) {
    OrSuggestions<Name> answer;
    answer.refusal = Suggestions{{Errc::conflict, "name_taken", "Taken."}, {"one", "two"}};
    co_return answer;
}
io::Task<http::Response> raw_who(http::Request, Caller caller) { co_return http::text_response(200, "text/plain", caller.account + "."); }

RouteSpec spec(Method method, std::string_view path, Who who) {
    return {.method = method,
            .path = path,
            .name = path,
            .summary = "For tests.",
            .who = who,
            .rate = RateLimit::none(),
            .body = BodyLimit::none(),
            .cache = CacheControl::revalidate(),
            .cors = Cors::same_origin(),
            .refusals = {{409, "name_taken", "it is."}}};
}

http::Router gated() {
    Routes routes;
    routes.set_gate([](const http::Request& request) { return believing_gate(std::string{request.headers.get("x-who")}); });
    routes.add(spec(Method::get, "/public", Who::anyone()), who_asks);
    routes.add(spec(Method::get, "/viewers", Who::at_least(Role::signed_in)), who_asks);
    routes.add(spec(Method::get, "/creators", Who::at_least(Role::creator)), who_asks);
    routes.add(spec(Method::get, "/secrets", Who::at_least(Role::signed_in).recently()), who_asks);
    routes.add(spec(Method::post, "/write", Who::at_least(Role::signed_in)), who_asks);
    routes.add(spec(Method::post, "/leave", Who::anyone()), leave);
    routes.add(spec(Method::get, "/moved", Who::anyone()), move);
    routes.add(spec(Method::get, "/suggest", Who::anyone()), suggest);
    routes.add_raw(spec(Method::get, "/raw", Who::anyone()), {"text/plain"}, raw_who);
    return routes.take_router();
}

class GateTest : public ::testing::Test {
  protected:
    RawClient::Answer get(std::string_view path, std::string_view who) { return client_.get(path, "X-Who: " + std::string{who} + "\r\n"); }
    RawClient::Answer post(std::string_view path, std::string_view who, std::string_view more = {}) {
        return client_.ask("POST " + std::string{path} + " HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\nX-Who: " + std::string{who} + "\r\n" +
                           std::string{more} + "\r\n");
    }
    static std::string code(const RawClient::Answer& answer) { return std::string{boost::json::parse(answer.body).at("code").as_string()}; }

  private:
    TestServer server_{gated()};
    RawClient client_ = server_.connect();
};

TEST_F(GateTest, LetsRolesInByTheirOrder) {
    EXPECT_EQ(code(get("/viewers", "")), "not_signed_in");
    EXPECT_EQ(get("/viewers", "").status(), 401);
    EXPECT_EQ(get("/viewers", "viewer").status(), 200);
    EXPECT_EQ(code(get("/creators", "viewer")), "not_allowed");
    EXPECT_EQ(get("/creators", "viewer").status(), 403);
    EXPECT_EQ(get("/creators", "creator").status(), 200);
    EXPECT_EQ(get("/creators", "admin").status(), 200);
}

TEST_F(GateTest, TellsPublicRoutesWhoAsks) {
    EXPECT_EQ(get("/public", "").body, R"({"name":""})");
    EXPECT_EQ(get("/public", "viewer").body, R"({"name":"somebody"})");
    EXPECT_EQ(get("/raw", "viewer").body, "somebody.");
    EXPECT_EQ(get("/raw", "").body, ".");
}

TEST_F(GateTest, MakesPersonalAnswersPrivate) {
    EXPECT_EQ(get("/public", "").header("cache-control"), "no-cache");
    EXPECT_EQ(get("/public", "").header("vary"), "cookie, authorization");
    EXPECT_EQ(get("/public", "viewer").header("cache-control"), "private, no-cache");
    EXPECT_EQ(get("/raw", "viewer").header("cache-control"), "private, no-cache");
}

TEST_F(GateTest, AsksForARecentLogin) {
    EXPECT_EQ(code(get("/secrets", "viewer")), "login_not_recent");
    EXPECT_EQ(get("/secrets", "viewer").status(), 403);
    EXPECT_EQ(get("/secrets", "viewer recent").status(), 200);
    EXPECT_EQ(get("/secrets", "").status(), 401);
}

TEST_F(GateTest, RefusesACookieThatSomebodyElsesPageCarriesHere) {
    for (const char* page : {"", "Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
                             "Origin: null\r\n", "Origin: http://test:81\r\n", "Origin: http://test\r\nSec-Fetch-Site: cross-site\r\n"}) {
        const auto answer = post("/write", "viewer", page);
        EXPECT_EQ(answer.status(), 403) << page;
        EXPECT_EQ(code(answer), "origin_refused") << page;
    }
    for (const char* page : {"Origin: http://test\r\n", "Sec-Fetch-Site: same-origin\r\n", "Sec-Fetch-Site: none\r\n"}) {
        EXPECT_EQ(post("/write", "viewer", page).status(), 200) << page;
    }
    EXPECT_EQ(post("/write", "viewer token").status(), 200);
    EXPECT_EQ(code(post("/write", "viewer token reads")), "scope_missing");
    EXPECT_EQ(get("/viewers", "viewer token reads").status(), 200);
}

TEST_F(GateTest, AnswersStrangersWhenNobodyCanSayWhoAsks) {
    EXPECT_EQ(get("/public", "broken").status(), 200);
    EXPECT_EQ(get("/viewers", "broken").status(), 503);
}

TEST_F(GateTest, GivesCookiesThatScriptsCannotRead) {
    const auto answer = post("/leave", "");
    EXPECT_EQ(answer.status(), 204);
    EXPECT_EQ(answer.header("set-cookie"), "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

TEST_F(GateTest, SendsToWhereAThingIsNow) {
    EXPECT_EQ(get("/moved?name=new", "").body, R"({"name":"new"})");
    const auto moved = get("/moved?name=old", "");
    EXPECT_EQ(moved.status(), 308);
    EXPECT_EQ(moved.header("location"), "/moved?name=new");
    EXPECT_EQ(moved.body, R"({"movedTo":"/moved?name=new"})");
}

TEST_F(GateTest, SuggestsWhatWouldDo) {
    const auto answer = get("/suggest", "");
    EXPECT_EQ(answer.status(), 409);
    EXPECT_EQ(boost::json::parse(answer.body).at("suggestions").at(1).as_string(), "two");
}

TEST(Cookies, AreReadByTheirWholeName) {
    EXPECT_EQ(cookie_value("a=1; b=2;c=3", "a"), "1");
    EXPECT_EQ(cookie_value("a=1; b=2;c=3", "b"), "2");
    EXPECT_EQ(cookie_value("a=1; b=2;c=3", "c"), "3");
    EXPECT_EQ(cookie_value("aa=1; ab=2", "a"), "");
    EXPECT_EQ(cookie_value("a; =; ;;", "a"), "");
    EXPECT_EQ(cookie_value("a=x=y", "a"), "x=y");
    EXPECT_EQ(cookie_value("", "a"), "");
    EXPECT_EQ(cookie_value("a=1; a=1", "a"), "1");
}

TEST(Cookies, OfOneNameWithTwoValuesAreNobodys) { EXPECT_EQ(cookie_value("a=mine; a=planted", "a"), ""); }

}  // namespace
}  // namespace ae::api
