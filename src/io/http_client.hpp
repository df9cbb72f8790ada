// The HTTP client: one thread with libcurl's multi interface for the whole process. Every request has an end, a largest answer, and a
// say about the address it may reach.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "io/address_filter.hpp"
#include "io/task.hpp"

namespace ae::io {

struct HttpRequest {
    /// What for, a literal from a small closed set (`webhook`): it labels the metrics.
    std::string_view purpose;
    std::string url;
    std::string method = "GET";
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    Duration connect_timeout = std::chrono::seconds{5};
    Duration timeout = std::chrono::seconds{30};
    std::size_t most_body_bytes = 1 << 20;
    /// None unless asked: a redirect from an address that a user gave leads wherever its owner likes.
    int most_redirects = 0;
    AddressFilter may_connect = is_public_address;
};

struct HttpAnswer {
    int status = 0;
    /// Names in lower case; of a header that came more than once, the last. Of the last answer when there were redirects.
    std::map<std::string, std::string> headers;
    std::string body;
};

class HttpClient {
  public:
    /// `most_at_once` bounds the requests that run or wait.
    explicit HttpClient(std::size_t most_at_once = 256);
    /// Ends all requests with `http_client_stopped`. Destroy it before the shards whose coroutines wait for it.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Refuses `http_bad_url` (invalid), `http_address_refused` (forbidden), `http_answer_too_large` (too_large), and as unavailable:
    /// `http_timed_out`, `http_not_reached`, `http_client_busy`, `http_client_stopped`. Any status is an answer, not a refusal. A caller
    /// that is cancelled ends the request.
    Task<Result<HttpAnswer>> fetch(HttpRequest request);

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace ae::io
