#include "io/http_client.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <future>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/write.hpp>

#include "io/run_blocking.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"
#include "io/timeout.hpp"

namespace ae::io {
namespace {

using asio::ip::tcp;
constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);

/// A server that says the same words to everybody, and keeps what it was asked.
class PlainServer {
  public:
    explicit PlainServer(std::string answer) : answer_(std::move(answer)), acceptor_(shards_.at(0).context(), {asio::ip::address_v4::loopback(), 0}) {
        port_ = acceptor_.local_endpoint().port();
        asio::co_spawn(shards_.at(0).context(), accept(*this), asio::detached);
        shards_.start();
    }
    ~PlainServer() {
        shards_.stop();
        shards_.join();
    }
    std::string url(std::string_view path) const { return fmt::format("http://127.0.0.1:{}{}", port_, path); }
    /// What the first connection asked, and how many came.
    std::string asked() {
        auto read = [](PlainServer& server) -> Task<std::string> { co_return server.asked_; };
        return run_blocking(on(shards_.at(0), read(*this)));
    }
    int connections() {
        auto read = [](PlainServer& server) -> Task<int> { co_return server.connections_; };
        return run_blocking(on(shards_.at(0), read(*this)));
    }

  private:
    static Task<> accept(PlainServer& server) {
        while (true) {
            auto [error, socket] = co_await server.acceptor_.async_accept(kQuietly);
            if (error) co_return;
            ++server.connections_;
            asio::co_spawn(server.shards_.at(0).context(), serve(server, std::move(socket)), asio::detached);
        }
    }
    static Task<> serve(PlainServer& server, tcp::socket socket) {
        std::string request;
        while (true) {
            const auto [read_error, length] = co_await asio::async_read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", kQuietly);
            if (read_error) co_return;
            server.asked_ = request;
            request.erase(0, length);
            if (server.answer_.empty()) continue;
            const auto [write_error, written] = co_await asio::async_write(socket, asio::buffer(server.answer_), kQuietly);
            if (write_error || server.answer_.find("Connection: close") != std::string::npos) co_return;
        }
    }

    std::string answer_;
    Shards shards_{1};
    tcp::acceptor acceptor_;
    unsigned short port_ = 0;
    std::string asked_;
    int connections_ = 0;
};

HttpRequest to(std::string url) { return HttpRequest{.purpose = "test", .url = std::move(url), .may_connect = is_any_address}; }

TEST(HttpClient, BringsStatusHeadersAndBody) {
    PlainServer server{"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-Thing: a b \r\n\r\nhello"};
    HttpClient client;
    const auto answer = run_blocking(client.fetch(to(server.url("/x?y=1"))));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 201);
    EXPECT_EQ(answer->headers.at("x-thing"), "a b");
    EXPECT_EQ(answer->body, "hello");
    EXPECT_TRUE(server.asked().starts_with("GET /x?y=1 HTTP/1.1\r\n"));
}

TEST(HttpClient, SendsMethodHeadersAndBodyAsGiven) {
    PlainServer server{"HTTP/1.1 204 No Content\r\n\r\n"};
    HttpClient client;
    auto request = to(server.url("/hook"));
    request.method = "PATCH";
    request.headers = {{"Content-Type", "application/json"}, {"X-Signature", "abc"}};
    request.body = "{}";
    EXPECT_EQ(run_blocking(client.fetch(request))->status, 204);
    const auto asked = server.asked();
    EXPECT_TRUE(asked.starts_with("PATCH /hook HTTP/1.1\r\n"));
    EXPECT_NE(asked.find("Content-Type: application/json\r\n"), std::string::npos);
    EXPECT_NE(asked.find("X-Signature: abc\r\n"), std::string::npos);
    EXPECT_NE(asked.find("Content-Length: 2\r\n"), std::string::npos);
    EXPECT_EQ(asked.find("Expect"), std::string::npos);
}

TEST(HttpClient, TakesAnErrorStatusAsAnAnswer) {
    PlainServer server{"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"};
    HttpClient client;
    EXPECT_EQ(run_blocking(client.fetch(to(server.url("/"))))->status, 503);
}

TEST(HttpClient, RefusesAPrivateAddressBeforeItConnects) {
    PlainServer server{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    HttpClient client;
    const auto url = server.url("/");
    for (const auto& address : {url, "http://localhost" + url.substr(url.rfind(':'))}) {
        const auto refused = run_blocking(client.fetch(HttpRequest{.purpose = "test", .url = address}));
        ASSERT_FALSE(refused) << address;
        EXPECT_EQ(refused.error().reason, "http_address_refused");
    }
    EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClient, AsksTheFilterAgainInsteadOfUsingAKeptConnection) {
    PlainServer server{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    HttpClient client;
    EXPECT_TRUE(run_blocking(client.fetch(to(server.url("/")))));
    EXPECT_TRUE(run_blocking(client.fetch(to(server.url("/")))));
    EXPECT_EQ(server.connections(), 1);
    const auto refused = run_blocking(client.fetch(HttpRequest{.purpose = "test", .url = server.url("/")}));
    EXPECT_EQ(refused.error().reason, "http_address_refused");
}

TEST(HttpClient, FollowsNoRedirectUnlessAsked) {
    PlainServer server{"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"};
    HttpClient client;
    const auto answer = run_blocking(client.fetch(to(server.url("/"))));
    EXPECT_EQ(answer->status, 302);
    EXPECT_EQ(answer->headers.at("location"), "/elsewhere");
    auto following = to(server.url("/"));
    following.most_redirects = 3;
    EXPECT_EQ(run_blocking(client.fetch(following)).error().reason, "http_not_reached");
    EXPECT_TRUE(server.asked().starts_with("GET /elsewhere"));
}

TEST(HttpClient, RefusesAnAnswerThatIsTooLarge) {
    PlainServer server{"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x')};
    HttpClient client;
    auto request = to(server.url("/"));
    request.most_body_bytes = 1999;
    EXPECT_EQ(run_blocking(client.fetch(request)).error().reason, "http_answer_too_large");
    request.most_body_bytes = 2000;
    EXPECT_EQ(run_blocking(client.fetch(request))->body.size(), 2000u);
}

TEST(HttpClient, RefusesHeadersWithoutEnd) {
    PlainServer server{"HTTP/1.1 200 OK\r\n" + [] {
        std::string lines;
        for (int i = 0; i < 100; ++i) lines += fmt::format("X-{}: {}\r\n", i, std::string(1000, 'y'));
        return lines;
    }() + "Content-Length: 0\r\n\r\n"};
    HttpClient client;
    EXPECT_EQ(run_blocking(client.fetch(to(server.url("/")))).error().reason, "http_answer_too_large");
}

TEST(HttpClient, GivesUpOnASilentServer) {
    PlainServer server{""};
    HttpClient client;
    auto request = to(server.url("/"));
    request.timeout = std::chrono::milliseconds{50};
    EXPECT_EQ(run_blocking(client.fetch(request)).error().reason, "http_timed_out");
}

TEST(HttpClient, RefusesOtherSchemesAndForgedHeaders) {
    HttpClient client;
    for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "nonsense", "http://"}) {
        EXPECT_FALSE(run_blocking(client.fetch(to(url)))) << url;
    }
    EXPECT_EQ(run_blocking(client.fetch(to("file:///etc/passwd"))).error().reason, "http_bad_url");
    auto forged = to("http://127.0.0.1:1/");
    forged.headers = {{"X-A", "b\r\nX-Evil: yes"}};
    EXPECT_EQ(run_blocking(client.fetch(forged)).error().reason, "http_bad_url");
}

TEST(HttpClient, SaysWhenNobodyListens) {
    asio::io_context loop;
    unsigned short port = 0;
    {
        tcp::acceptor once{loop, {asio::ip::address_v4::loopback(), 0}};
        port = once.local_endpoint().port();
    }
    HttpClient client;
    EXPECT_EQ(run_blocking(client.fetch(to(fmt::format("http://127.0.0.1:{}/", port)))).error().reason, "http_not_reached");
}

Task<> cancel_a_request(HttpClient& client, std::string url) {
    auto request = to(std::move(url));
    auto fetching = client.fetch(std::move(request));
    const auto answer = co_await with_timeout(std::move(fetching), std::chrono::milliseconds{20});
    EXPECT_EQ(answer.error().reason, "timed_out");
}

TEST(HttpClient, EndsARequestWhoseCallerIsCancelled) {
    PlainServer server{""};
    HttpClient client{1};
    // The client has room for one: the second would be refused as `http_client_busy` if the first had not left.
    run_blocking(cancel_a_request(client, server.url("/1")));
    run_blocking(cancel_a_request(client, server.url("/2")));
}

Task<> ask_for_ever(HttpClient& client, std::string url) {
    auto request = to(std::move(url));
    const auto answer = co_await client.fetch(std::move(request));
    ADD_FAILURE() << "a cancelled fetch throws, and answered " << answer.has_value();
}

Task<> overfill(HttpClient& client, std::string url) {
    TaskGroup group{co_await asio::this_coro::executor, "test"};
    group.spawn("first", ask_for_ever(client, url));
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    auto second = to(url);
    const auto answer = co_await client.fetch(std::move(second));
    EXPECT_EQ(answer.error().reason, "http_client_busy");
    group.cancel();
    co_await group.wait();
}

TEST(HttpClient, RefusesMoreThanItsBoundAtOnce) {
    PlainServer server{""};
    HttpClient client{1};
    run_blocking(overfill(client, server.url("/")));
}

TEST(HttpClient, EndsWhatIsUnderWayWhenItGoes) {
    PlainServer server{""};
    Shards shards{1};
    shards.start();
    auto client = std::make_unique<HttpClient>();
    std::promise<std::string> reason;
    auto ask = [](HttpClient& with, std::string url, std::promise<std::string>& into) -> Task<> {
        auto request = to(std::move(url));
        const auto answer = co_await with.fetch(std::move(request));
        into.set_value(std::string{answer.error().reason});
    };
    asio::co_spawn(shards.at(0).context(), ask(*client, server.url("/"), reason), asio::detached);
    std::promise<void> asked;
    shards.at(0).post([&] { asked.set_value(); });
    asked.get_future().wait();
    client.reset();
    EXPECT_EQ(reason.get_future().get(), "http_client_stopped");
}

}  // namespace
}  // namespace ae::io
