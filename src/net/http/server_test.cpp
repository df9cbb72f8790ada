#include "net/http/server.hpp"

#include <array>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "net/http/connection.hpp"
#include "net/http/render.hpp"
#include "net/http/test_server.hpp"

namespace ae::http {
namespace {

using test::RawClient;
using test::TestServer;

io::Task<Response> echo(Request request) {
    co_return text_response(200, "text/plain", std::string{method_name(request.method)} + " " + request.path + " " + request.body);
}
io::Task<Response> fail(Request) {
    throw std::runtime_error("broken on purpose");
    co_return Response{};
}

/// Keeps requests until the test lets them go.
struct Parked {
    std::vector<ResponderPtr> waiting;
    int gone = 0;
    DirectHandler handler() {
        return [this](const Request&, ResponderPtr responder) {
            responder->on_gone([this, raw = responder.get()] {
                ++gone;
                std::erase_if(waiting, [&](const auto& one) { return one.get() == raw; });
            });
            waiting.push_back(std::move(responder));
        };
    }
};

Router small_router(Parked& parked) {
    Router router;
    router.add(Method::get, "/hello", {.name = "hello"}, test::text_handler("hello"));
    router.add(Method::get, "/items/{id}", {.name = "items.get"}, Handler{echo});
    router.add(Method::post, "/items", {.name = "items.add", .body_limit = 1000}, Handler{echo});
    router.add(Method::get, "/fail", {.name = "fail"}, Handler{fail});
    router.add_direct(Method::get, "/parked", {.name = "parked", .quiet = true}, parked.handler());
    const auto wire = wire_response(200, {}, {std::make_shared<Bytes>(Bytes{'o', 'n', 'e'}), std::make_shared<Bytes>(Bytes{'t', 'w', 'o'})});
    router.add_direct(Method::get, "/wire", {.name = "wire", .quiet = true},
                      [wire](const Request&, ResponderPtr responder) { responder->send(wire); });
    return router;
}

class ServerTest : public ::testing::Test {
  protected:
    Parked parked_;
    TestServer server_{small_router(parked_)};
};

TEST_F(ServerTest, AnswersARequestAndKeepsTheConnection) {
    auto client = server_.connect();
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/hello");
        EXPECT_EQ(answer.status(), 200);
        EXPECT_EQ(answer.body, "hello");
        EXPECT_EQ(answer.header("connection"), "");
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    }
}

TEST_F(ServerTest, SendsSharedBytesAsTheyAre) {
    auto client = server_.connect();
    for (int i = 0; i < 3; ++i) {
        const auto answer = client.get("/wire");
        EXPECT_EQ(answer.body, "onetwo");
        EXPECT_EQ(answer.header("date"), "");
        EXPECT_EQ(answer.header("x-request-id"), "");
    }
    const auto closing = client.get("/wire", "Connection: close\r\n");
    EXPECT_EQ(closing.body, "onetwo");
    EXPECT_EQ(closing.header("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
    auto client = server_.connect();
    std::string all;
    for (int i = 0; i < 200; ++i) all += "GET /items/" + std::to_string(i) + " HTTP/1.1\r\nHost: test\r\n\r\n";
    client.send(all);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(client.read().body, "GET /items/" + std::to_string(i) + " ");
}

TEST_F(ServerTest, TakesARequestHoweverItIsCut) {
    const std::string bytes =
        "POST /items?x=1 HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n3;a=b\r\nand\r\n0\r\nT: x\r\n\r\n";
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        auto client = server_.connect();
        client.send(bytes.substr(0, cut));
        server_.run([] {});  // the first part has been read when the second comes
        client.send(bytes.substr(cut));
        EXPECT_EQ(client.read().body, "POST /items bodyand") << cut;
    }
}

TEST_F(ServerTest, AnswersHeadWithTheHeadOfGet) {
    auto client = server_.connect();
    const auto answer = client.ask("HEAD /hello HTTP/1.1\r\nHost: test\r\n\r\n", true);
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.header("content-length"), "5");
    const auto wire = client.ask("HEAD /wire HTTP/1.1\r\nHost: test\r\n\r\n", true);
    EXPECT_EQ(wire.header("content-length"), "6");
    EXPECT_EQ(client.get("/hello").body, "hello");
}

TEST_F(ServerTest, RefusesAnUnknownAddressAndMethod) {
    auto client = server_.connect();
    const auto nothing = client.get("/nothing");
    EXPECT_EQ(nothing.status(), 404);
    EXPECT_EQ(nothing.header("content-type"), "application/problem+json");
    EXPECT_NE(nothing.body.find("\"code\":\"not_found\""), std::string::npos);
    const auto method = client.ask("DELETE /hello HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(method.status(), 405);
    EXPECT_EQ(method.header("allow"), "GET, HEAD, OPTIONS");
    const auto options = client.ask("OPTIONS /items HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(options.status(), 204);
    EXPECT_EQ(options.header("allow"), "POST, OPTIONS");
}

TEST_F(ServerTest, TurnsAnExceptionIntoA500) {
    auto client = server_.connect();
    const auto answer = client.get("/fail");
    EXPECT_EQ(answer.status(), 500);
    EXPECT_EQ(answer.body.find("broken on purpose"), std::string::npos);
    EXPECT_EQ(client.get("/hello").status(), 200);
}

TEST_F(ServerTest, RefusesABodyThatIsTooLarge) {
    auto client = server_.connect();
    const auto announced = client.ask("POST /items HTTP/1.1\r\nHost: test\r\nContent-Length: 1001\r\n\r\n");
    EXPECT_EQ(announced.status(), 413);
    EXPECT_EQ(announced.header("connection"), "close");
    auto chunks = server_.connect();
    chunks.send("POST /items HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 3; ++i) chunks.send("190\r\n" + std::string(0x190, 'x') + "\r\n");
    EXPECT_EQ(chunks.read().status(), 413);
    auto none = server_.connect();
    EXPECT_EQ(none.get("/hello", "Content-Length: 1\r\n").status(), 413);
}

TEST_F(ServerTest, TellsAClientToContinue) {
    auto client = server_.connect();
    const auto interim = client.ask("POST /items HTTP/1.1\r\nHost: test\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(interim.status(), 100);
    EXPECT_EQ(client.ask("body").body, "POST /items body");
}

TEST_F(ServerTest, AnswersAParkedRequestLater) {
    auto client = server_.connect();
    client.send("GET /parked HTTP/1.1\r\nHost: test\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
    bool answered = false;
    while (!answered) {
        server_.run([&] {
            if (parked_.waiting.empty()) return;
            auto responder = std::move(parked_.waiting.front());
            parked_.waiting.clear();
            responder->send(text_response(200, "text/plain", "at last"));
            answered = true;
        });
    }
    EXPECT_EQ(client.read().body, "at last");
    EXPECT_EQ(client.read().body, "hello");
}

TEST_F(ServerTest, TellsWhoeverParkedARequestThatItsClientHasGone) {
    auto client = server_.connect();
    client.send("GET /parked HTTP/1.1\r\nHost: test\r\n\r\n");
    std::size_t waiting = 0;
    while (waiting == 0) server_.run([&] { waiting = parked_.waiting.size(); });
    client.close();
    int gone = 0;
    while (gone == 0) server_.run([&] { gone = parked_.gone; });
    EXPECT_EQ(gone, 1);
    server_.run([&] { EXPECT_TRUE(parked_.waiting.empty()); });
}

TEST_F(ServerTest, AnswersADroppedRequestWith503) {
    auto client = server_.connect();
    client.send("GET /parked HTTP/1.1\r\nHost: test\r\n\r\n");
    std::size_t dropped = 0;
    while (dropped == 0) {
        server_.run([&] {
            dropped = parked_.waiting.size();
            parked_.waiting.clear();
        });
    }
    EXPECT_EQ(client.read().status(), 503);
}

TEST_F(ServerTest, EchoesAValidRequestIdAndReplacesABadOne) {
    auto client = server_.connect();
    EXPECT_EQ(client.get("/hello", "X-Request-Id: abc-123\r\n").header("x-request-id"), "abc-123");
    EXPECT_EQ(client.get("/hello", "X-Request-Id: a b\r\n").header("x-request-id").size(), 26);
}

TEST_F(ServerTest, StopsWhenRequestsInProgressHaveTheirAnswers) {
    auto idle = server_.connect();
    EXPECT_EQ(idle.get("/hello").status(), 200);
    auto busy = server_.connect();
    busy.send("GET /parked HTTP/1.1\r\nHost: test\r\n\r\n");
    std::size_t waiting = 0;
    while (waiting == 0) server_.run([&] { waiting = parked_.waiting.size(); });

    auto stopped = boost::asio::co_spawn(server_.shards().at(0).context(), server_.server().stop(std::chrono::seconds{10}), boost::asio::use_future);
    EXPECT_TRUE(idle.closed());
    server_.run([&] { parked_.waiting.front()->send(text_response(200, "text/plain", "last")); });
    const auto answer = busy.read();
    EXPECT_EQ(answer.body, "last");
    EXPECT_EQ(answer.header("connection"), "close");
    busy.close();
    const auto result = stopped.get();
    EXPECT_EQ(result.waited_for, 1);
    EXPECT_EQ(result.cut, 0);
}

io::Task<Response> answer_shard(Request) { co_return text_response(200, "text/plain", std::to_string(io::Shard::current()->index())); }

TEST(Server, SpreadsConnectionsOverItsShards) {
    Router router;
    router.add(Method::get, "/shard", {.name = "shard"}, Handler{answer_shard});
    TestServer server{std::move(router), test::test_config(), 2};
    std::array<std::atomic<int>, 2> on_shard{};
    const auto browse = [&] {
        std::vector<RawClient> clients;
        for (int i = 0; i < 16; ++i) clients.push_back(server.connect());
        for (int round = 0; round < 5; ++round) {
            for (auto& client : clients) ++on_shard.at(static_cast<std::size_t>(std::stoi(client.get("/shard").body)));
        }
    };
    std::vector<std::jthread> browsers;
    for (int i = 0; i < 4; ++i) browsers.emplace_back(browse);
    browsers.clear();
    EXPECT_EQ(on_shard[0] + on_shard[1], 4 * 16 * 5);
    EXPECT_GT(on_shard[0], 40);
    EXPECT_GT(on_shard[1], 40);
}

TEST(Connection, IsSmall) { EXPECT_LE(sizeof(Connection), 400); }

}  // namespace
}  // namespace ae::http
