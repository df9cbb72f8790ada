// Requests that parsers read differently: none of them may be taken.
#include <gtest/gtest.h>

#include "net/http/body_reader.hpp"
#include "net/http/head.hpp"
#include "net/http/head_scanner.hpp"
#include "net/http/test_server.hpp"

namespace ae::http {
namespace {

using namespace std::string_literals;

struct Case {
    const char* name;
    std::string bytes;
    int status;
};

std::string post(const std::string& headers, const std::string& body = "") { return "POST /items HTTP/1.1\r\nHost: t\r\n" + headers + "\r\n" + body; }
std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: t\r\n\r\n"; }
std::string with(const std::string& header) { return "GET /hello HTTP/1.1\r\nHost: t\r\n" + header + "\r\n\r\n"; }
std::string chunked(const std::string& body) { return post("Transfer-Encoding: chunked\r\n", body); }

const std::vector<Case>& refused() {
    static const std::vector<Case> all{
        {"length and coding", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"), 400},
        {"two lengths that differ", post("Content-Length: 4\r\nContent-Length: 5\r\n", "bodyx"), 400},
        {"two lengths that agree", post("Content-Length: 4\r\nContent-Length: 4\r\n", "body"), 400},
        {"a list of lengths", post("Content-Length: 4, 4\r\n", "body"), 400},
        {"a length with a sign", post("Content-Length: +4\r\n", "body"), 400},
        {"a negative length", post("Content-Length: -1\r\n"), 400},
        {"a length in hexadecimal", post("Content-Length: 0x4\r\n", "body"), 400},
        {"a length with a blank", post("Content-Length: 4 4\r\n", "body"), 400},
        {"an empty length", post("Content-Length:\r\n"), 400},
        {"a length past 64 bits", post("Content-Length: 18446744073709551620\r\n"), 400},
        {"a length with a point", post("Content-Length: 4.0\r\n", "body"), 400},
        {"a coding after a tab", post("Transfer-Encoding:\tchunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400},
        {"a coding with a control character",
         post("Transfer-Encoding: \x0b"
              "chunked\r\n",
              "0\r\n\r\n"),
         400},
        {"a coding in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400},
        {"a coding and identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400},
        {"identity and a coding", post("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n"), 400},
        {"gzip and chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 400},
        {"two codings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"a second coding", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n", "0\r\n\r\n"), 400},
        {"an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400},
        {"an empty coding", post("Transfer-Encoding:\r\n", ""), 400},
        {"a coding with parameters", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), 400},
        {"a coding in HTTP/1.0", "POST /items HTTP/1.0\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"a name with a blank before the colon", with("Transfer-Encoding : chunked"), 400},
        {"a name with a tab before the colon", with("Content-Length\t: 4"), 400},
        {"a name with a blank inside", with("Content Length: 4"), 400},
        {"no name", with(": x"), 400},
        {"no colon", with("Nothing"), 400},
        {"a name beyond ASCII", with("N\xc3\xa4me: x"), 400},
        {"a name in parentheses", with("N(a)me: x"), 400},
        {"a folded value", with("X: a\r\n b"), 400},
        {"a value folded with a tab", with("X: a\r\n\tb"), 400},
        {"a blank before the first name", "GET /hello HTTP/1.1\r\n Host: t\r\n\r\n", 400},
        {"a line feed alone", "GET /hello HTTP/1.1\nHost: t\n\n", 400},
        {"a line feed alone after a header", "GET /hello HTTP/1.1\r\nHost: t\nX: y\r\n\r\n", 400},
        {"a carriage return alone", with("X: a\rY: b"), 400},
        {"two carriage returns", "GET /hello HTTP/1.1\r\r\nHost: t\r\n\r\n", 400},
        {"NUL in a value", with("X: a\0b"s), 400},
        {"NUL in a name", with("X\0: a"s), 400},
        {"NUL in the target", get("/hel\0lo"s), 400},
        {"DEL in a value", with("X: a\x7f"), 400},
        {"escape in a value", with("X: \x1b[31m"), 400},
        {"an empty line first", "\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"no Host", "GET /hello HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", with("Host: u"), 400},
        {"an empty Host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n", 400},
        {"a Host with user information", "GET /hello HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"a Host with a path", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"a list of Hosts", "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        {"HTTP/2.0", "GET /hello HTTP/2.0\r\nHost: t\r\n\r\n", 505},
        {"HTTP/1.2", "GET /hello HTTP/1.2\r\nHost: t\r\n\r\n", 505},
        {"HTTP/0.9", "GET /hello\r\n\r\n", 400},
        {"http in lower case", "GET /hello http/1.1\r\nHost: t\r\n\r\n", 505},
        {"a version with two digits", "GET /hello HTTP/1.10\r\nHost: t\r\n\r\n", 505},
        {"two blanks", "GET  /hello HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"a blank behind the version", "GET /hello HTTP/1.1 \r\nHost: t\r\n\r\n", 505},
        {"a tab in the request line", "GET\t/hello HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"a blank in the target", "GET /hel lo HTTP/1.1\r\nHost: t\r\n\r\n", 505},
        {"an unknown method", "BREW /hello HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"a method in lower case", "get /hello HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"CONNECT", "CONNECT t:80 HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"TRACE", "TRACE /hello HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"absolute form", get("http://t/hello"), 400},
        {"absolute form of another host", get("http://other/hello"), 400},
        {"authority form", get("t:80"), 400},
        {"asterisk form of GET", get("*"), 400},
        {"no slash", get("hello"), 400},
        {"a backslash", get("/a\\b"), 400},
        {"a fragment", get("/a#b"), 400},
        {"a broken encoding", get("/a%zz"), 400},
        {"an encoding cut short", get("/a%4"), 400},
        {"an encoded NUL", get("/a%00"), 400},
        {"an encoded line feed", get("/a%0a"), 400},
        {"an encoded slash", get("/a%2fb"), 400},
        {"an encoded backslash", get("/a%5cb"), 400},
        {"an overlong slash", get("/a%c0%afb"), 400},
        {"a surrogate", get("/%ed%a0%80"), 400},
        {"dot segments", get("/a/../b"), 400},
        {"encoded dot segments", get("/a/%2e%2e/b"), 400},
        {"half encoded dot segments", get("/a/.%2E/b"), 400},
        {"a dot segment at the end", get("/a/.."), 400},
        {"one dot", get("/./a"), 400},
        {"a broken encoding in the query", get("/a?b=%"), 400},
        {"a query that is not UTF-8", get("/a?b=%ff"), 400},
        {"a chunk size with a sign", chunked("+4\r\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk size with 0x", chunked("0x4\r\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk size with a blank before it", chunked(" 4\r\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk size with a blank behind it", chunked("4 \r\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk size past 64 bits", chunked("10000000000000004\r\nbody\r\n0\r\n\r\n"), 400},
        {"no chunk size", chunked("\r\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk size that ends in a line feed", chunked("4\nbody\r\n0\r\n\r\n"), 400},
        {"a chunk that ends in a line feed", chunked("4\r\nbody\n0\r\n\r\n"), 400},
        {"a chunk longer than its size", chunked("4\r\nbodyx\r\n0\r\n\r\n"), 400},
        {"a chunk extension with a line feed", chunked("4;a\nb\r\nbody\r\n0\r\n\r\n"), 400},
        {"a long chunk extension", chunked("4;a=" + std::string(300, 'b') + "\r\nbody\r\n0\r\n\r\n"), 400},
        {"an expectation nobody knows", post("Content-Length: 4\r\nExpect: 200-ok\r\n", "body"), 417},
        {"too many headers",
         "GET /hello HTTP/1.1\r\nHost: t\r\n" +
             [] {
                 std::string lines;
                 for (int i = 0; i < 100; ++i) lines += "X: y\r\n";
                 return lines;
             }() +
             "\r\n",
         431},
        {"a head without end", "GET /hello HTTP/1.1\r\nHost: t\r\nX: " + std::string(40'000, 'x'), 431},
        {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
        {"RTMP", "\x03\x00\x00\x00\x00"s, 400},
    };
    return all;
}

Router items_router() {
    Router router;
    router.add(Method::get, "/hello", {.name = "hello"}, test::text_handler("hello"));
    router.add(Method::post, "/items", {.name = "items", .body_limit = 1000}, test::text_handler("taken"));
    return router;
}

TEST(Framing, RefusesWhatParsersReadDifferentlyAndCloses) {
    test::TestServer server{items_router()};
    for (const Case& one : refused()) {
        auto client = server.connect();
        client.send(one.bytes + get("/hello"));
        const std::string all = client.read_to_end();
        ASSERT_GT(all.size(), 12) << one.name;
        EXPECT_EQ(all.substr(0, 12), "HTTP/1.1 " + std::to_string(one.status)) << one.name << "\n" << all;
        EXPECT_NE(all.find("application/problem+json"), std::string::npos) << one.name;
        EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos) << one.name << ": something behind it was answered\n" << all;
    }
}

TEST(Framing, RefusesTheSameWhereverTheBytesAreCut) {
    for (const Case& one : refused()) {
        HeadScanner whole;
        const auto wanted = whole.feed(one.bytes);
        HeadScanner byte_by_byte;
        auto got = HeadScanner::State::need_more;
        for (std::size_t size = 1; size <= one.bytes.size() && got == HeadScanner::State::need_more; ++size) {
            got = byte_by_byte.feed(std::string_view{one.bytes}.substr(0, size));
        }
        EXPECT_EQ(got, wanted) << one.name;
        EXPECT_EQ(byte_by_byte.reason(), whole.reason()) << one.name;
        EXPECT_EQ(byte_by_byte.seen(), whole.seen()) << one.name;
    }
}

TEST(Framing, TakesWhatIsRight) {
    test::TestServer server{items_router()};
    const std::vector<std::string> right{
        get("/hello"),
        get("/hello?a=b&c=%C3%A4+x&d"),
        get("/hello?%E2%82%AC=[1]|{2}^`"),
        post("Content-Length: 4\r\n", "body"),
        post("Content-Length: 004\r\n", "body"),
        post("content-LENGTH:4\r\n", "body"),
        post("Content-Length: 0\r\n"),
        chunked("4\r\nbody\r\n0\r\n\r\n"),
        chunked("4;name=value\r\nbody\r\n00\r\nTrailer: x\r\n\r\n"),
        post("Transfer-Encoding: CHUNKED\r\n", "A\r\n0123456789\r\n0\r\n\r\n"),
        with("X:"),
        with("X: \xc3\xa4"),
        "GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
    };
    auto client = server.connect();
    for (const auto& bytes : right) EXPECT_EQ(client.ask(bytes).status(), 200) << bytes;
}

TEST(BodyReader, ReadsTheSameHoweverChunksAreCut) {
    const std::string head = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string bytes = "5;x=y\r\nhello\r\n1\r\n!\r\nC\r\n and \r\n more\r\n0\r\nA: b\r\n\r\n";
    for (std::size_t first = 0; first <= bytes.size(); ++first) {
        for (std::size_t second = first; second <= bytes.size(); ++second) {
            BodyReader reader{head, 100};
            std::string kept;
            auto state = BodyReader::State::need_more;
            for (const auto& part : {bytes.substr(0, first), bytes.substr(first, second - first), bytes.substr(second)}) {
                kept += part;
                std::string_view input = kept;
                state = reader.feed(input);
                kept = input;
            }
            ASSERT_EQ(state, BodyReader::State::complete) << first << " " << second;
            ASSERT_EQ(reader.take(), "hello! and \r\n more");
            ASSERT_EQ(kept, "");
        }
    }
}

}  // namespace
}  // namespace ae::http
