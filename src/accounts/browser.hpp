// For tests of routes: a browser that keeps its cookie and says where it comes from.
#pragma once

#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "net/http/test_server.hpp"

namespace ae::accounts::testing {

class Browser {
  public:
    using Answer = http::test::RawClient::Answer;
    explicit Browser(http::test::TestServer& server) : server_(&server) {}

    Answer get(std::string_view target, std::string_view more = {}) { return ask("GET", target, {}, more); }
    Answer post(std::string_view target, const boost::json::value& body = boost::json::object{}) { return ask("POST", target, serialize(body)); }
    /// Without any body.
    Answer poke(std::string_view target) { return ask("POST", target, {}); }
    Answer put(std::string_view target, const boost::json::value& body) { return ask("PUT", target, serialize(body)); }
    Answer del(std::string_view target) { return ask("DELETE", target, {}); }
    Answer ask(std::string_view method, std::string_view target, std::string_view body, std::string_view more = {}) {
        std::string text = std::string{method} + " " + std::string{target} + " HTTP/1.1\r\nHost: test\r\nUser-Agent: " + device + "\r\n";
        if (method != "GET" && !origin.empty()) text += "Origin: " + origin + "\r\n";
        if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
        if (!bearer.empty()) text += "Authorization: Bearer " + bearer + "\r\n";
        if (!body.empty()) text += "Content-Type: application/json\r\n";
        if (method != "GET") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        // A refusal may come before the body was read, and then the connection closes.
        auto answer = server_->connect().ask(text + std::string{more} + "\r\n" + std::string{body});
        keep_cookie(answer);
        return answer;
    }

    static boost::json::value json(const Answer& answer) { return boost::json::parse(answer.body); }
    /// The reason of a refusal; the status as text when it is none.
    static std::string code(const Answer& answer) {
        if (answer.status() < 400) return std::to_string(answer.status());
        return std::string{json(answer).at("code").as_string()};
    }
    static std::string text(const boost::json::value& value, std::string_view name) { return std::string{value.at(name).as_string()}; }

    std::string cookie;
    std::string bearer;
    std::string origin = "http://test";
    std::string device = "Browser of tests";

  private:
    void keep_cookie(const Answer& answer) {
        const auto set = answer.header("set-cookie");
        if (set.empty()) return;
        cookie = set.find("Max-Age=0") == std::string::npos ? set.substr(0, set.find(';')) : "";
    }
    http::test::TestServer* server_;
};

}  // namespace ae::accounts::testing
