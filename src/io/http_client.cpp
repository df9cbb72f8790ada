// libcurl, seen here and nowhere else.
#include "io/http_client.hpp"

#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/check.hpp"
#include "base/metrics.hpp"
#include "io/event.hpp"
#include "io/thread.hpp"

namespace ae::io {

namespace {

constexpr int kPollMillis = 1000;
constexpr std::size_t kMostHeaderBytes = 64 * 1024;
constexpr long kMostConnectionsKept = 64;

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<asio::ip::address> address_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        return asio::ip::address_v4{ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr)};
    }
    if (address.sa_family != AF_INET6) return std::nullopt;
    asio::ip::address_v6::bytes_type bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, bytes.size());
    return asio::ip::address_v6{bytes};
}

struct EasyCloser {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListCloser {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// One request: its caller waits for `ended` on its own shard; all else belongs to the client's thread until then.
struct Exchange {
    explicit Exchange(const asio::any_io_executor& caller)
        : executor(asio::prefer(caller, asio::execution::outstanding_work.tracked)), ended(caller) {}

    HttpRequest request;
    asio::any_io_executor executor;
    Event ended;
    Result<HttpAnswer> result = HttpAnswer{};
    std::atomic<bool> cancelled{false};
    SteadyTime started = std::chrono::steady_clock::now();

    std::unique_ptr<CURL, EasyCloser> easy;
    std::unique_ptr<curl_slist, ListCloser> headers;
    HttpAnswer answer;
    std::size_t header_bytes = 0;
    bool address_refused = false;
    bool too_large = false;
};
using ExchangePtr = std::shared_ptr<Exchange>;

std::size_t on_body(char* data, std::size_t, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    if (exchange.answer.body.size() + count > exchange.request.most_body_bytes) {
        exchange.too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    exchange.answer.body.append(data, count);
    return count;
}

std::size_t on_header(char* data, std::size_t, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const std::string_view line{data, count};
    exchange.header_bytes += count;
    if (exchange.header_bytes > kMostHeaderBytes) {
        exchange.too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    // A new status line begins a new answer: an interim one or a redirect came before.
    if (line.starts_with("HTTP/")) exchange.answer.headers.clear();
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) exchange.answer.headers[lower(trimmed(line.substr(0, colon)))] = trimmed(line.substr(colon + 1));
    return count;
}

curl_socket_t on_open_socket(void* context, curlsocktype, curl_sockaddr* address) {
    auto& exchange = *static_cast<Exchange*>(context);
    const auto target = address_of(address->addr);
    if (!target || !exchange.request.may_connect(*target)) {
        exchange.address_refused = true;
        return CURL_SOCKET_BAD;
    }
    exchange.address_refused = false;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool reaches_anything(const AddressFilter& filter) {
    using Plain = bool (*)(const asio::ip::address&);
    const auto* plain = filter.target<Plain>();
    return plain != nullptr && *plain == static_cast<Plain>(is_any_address);
}

long millis(Duration duration) { return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(duration).count()); }

void set_up(Exchange& exchange) {
    const auto& request = exchange.request;
    CURL* const easy = exchange.easy.get();
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &exchange);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A proxy from the environment would connect in our place, where no filter looks.
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, millis(request.connect_timeout));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, millis(request.timeout));
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, request.most_redirects > 0 ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(request.most_redirects));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &exchange);
    if (!reaches_anything(request.may_connect)) {
        // A kept connection was allowed for another request; this one is asked anew, and leaves none behind.
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
}

void set_up_content(Exchange& exchange) {
    const auto& request = exchange.request;
    CURL* const easy = exchange.easy.get();
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method == "HEAD" ? nullptr : request.method.c_str());
    // Curl would wait for a 100 before a long body, and name the body a form.
    curl_slist* list = curl_slist_append(nullptr, "Expect:");
    list = curl_slist_append(list, "Content-Type:");
    for (const auto& [name, value] : request.headers) {
        list = curl_slist_append(list, value.empty() ? fmt::format("{};", name).c_str() : fmt::format("{}: {}", name, value).c_str());
    }
    exchange.headers.reset(list);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
}

Error refusal_of(const Exchange& exchange, CURLcode code) {
    if (exchange.cancelled) return Error{Errc::unavailable, "http_cancelled"};
    if (exchange.too_large) return Error{Errc::too_large, "http_answer_too_large", "The answer is larger than allowed."};
    if (exchange.address_refused) return Error{Errc::forbidden, "http_address_refused", "That address may not be reached from this server."};
    const std::string why = curl_easy_strerror(code);
    switch (code) {
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL: return Error{Errc::invalid, "http_bad_url", "That is no http or https address."};
        case CURLE_OPERATION_TIMEDOUT: return Error{Errc::unavailable, "http_timed_out", why};
        default: return Error{Errc::unavailable, "http_not_reached", why};
    }
}

void count(const Exchange& exchange) {
    const auto& result = exchange.result;
    const auto purpose = exchange.request.purpose;
    const std::string_view outcome = !result ? result.error().reason : result->status < 400 ? "ok" : result->status < 500 ? "4xx" : "5xx";
    metrics::counter("aethex_http_client_requests_total", "Requests that this server made.", {{"purpose", purpose}, {"result", outcome}}).add();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - exchange.started;
    metrics::histogram("aethex_http_client_seconds", "How long requests took that this server made.", metrics::latency_bounds(),
                       {{"purpose", purpose}})
        .observe(took.count());
}

/// Gives the result to the caller, on its shard.
void finish(const ExchangePtr& exchange, Result<HttpAnswer> result) {
    exchange->easy.reset();
    exchange->headers.reset();
    exchange->result = std::move(result);
    count(*exchange);
    asio::post(exchange->executor, [exchange] { exchange->ended.set(); });
}

bool has_line_end(std::string_view text) { return text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos; }

/// A line end in any of these would begin a header of somebody else's making.
bool well_formed(const HttpRequest& request) {
    if (has_line_end(request.url) || has_line_end(request.method) || request.method.empty()) return false;
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || name.find(':') != std::string::npos || has_line_end(name) || has_line_end(value)) return false;
    }
    return true;
}

}  // namespace

class HttpClient::Engine {
  public:
    explicit Engine(std::size_t most_at_once) : most_at_once_(most_at_once) {
        static const auto started = curl_global_init(CURL_GLOBAL_DEFAULT);
        AE_CHECK(started == CURLE_OK, "libcurl starts wherever OpenSSL does");
        multi_ = curl_multi_init();
        AE_CHECK(multi_ != nullptr, "memory is there at start");
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kMostConnectionsKept);
        thread_ = start_thread("http-client", [this] { run(); });
    }

    ~Engine() {
        {
            const std::lock_guard alone{mutex_};
            stopping_ = true;
        }
        wake();
        thread_.join();
        curl_multi_cleanup(multi_);
    }

    Result<void> submit(const ExchangePtr& exchange) {
        const std::lock_guard alone{mutex_};
        if (stopping_) return Error{Errc::unavailable, "http_client_stopped", "The server is stopping."};
        if (at_once_ >= most_at_once_) return Error{Errc::unavailable, "http_client_busy", "Too many requests go out at once; try again soon."};
        ++at_once_;
        arriving_.push_back(exchange);
        wake();
        return {};
    }

    void wake() { curl_multi_wakeup(multi_); }

  private:
    void run() {
        while (take_arrivals()) {
            int running = 0;
            curl_multi_perform(multi_, &running);
            finish_done();
            drop_cancelled();
            curl_multi_poll(multi_, nullptr, 0, kPollMillis, nullptr);
        }
        const auto left = running_;
        for (const auto& [easy, exchange] : left) end(exchange, Error{Errc::unavailable, "http_client_stopped", "The server is stopping."});
    }

    /// False when it is time to stop.
    bool take_arrivals() {
        std::vector<ExchangePtr> arrived;
        bool stopping = false;
        {
            const std::lock_guard alone{mutex_};
            arrived.swap(arriving_);
            stopping = stopping_;
        }
        for (const auto& exchange : arrived) begin(exchange);
        return !stopping;
    }

    void begin(const ExchangePtr& exchange) {
        exchange->easy.reset(curl_easy_init());
        running_.emplace(exchange->easy.get(), exchange);
        set_up(*exchange);
        set_up_content(*exchange);
        curl_multi_add_handle(multi_, exchange->easy.get());
    }

    void finish_done() {
        int more = 0;
        while (const auto* message = curl_multi_info_read(multi_, &more)) {
            if (message->msg != CURLMSG_DONE) continue;
            const auto code = message->data.result;
            const auto exchange = running_.at(message->easy_handle);
            if (code != CURLE_OK) {
                end(exchange, refusal_of(*exchange, code));
                continue;
            }
            long status = 0;
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
            exchange->answer.status = static_cast<int>(status);
            auto answer = std::move(exchange->answer);
            end(exchange, std::move(answer));
        }
    }

    void drop_cancelled() {
        std::vector<ExchangePtr> cancelled;
        for (const auto& [easy, exchange] : running_) {
            if (exchange->cancelled) cancelled.push_back(exchange);
        }
        for (const auto& exchange : cancelled) end(exchange, refusal_of(*exchange, CURLE_OK));
    }

    void end(const ExchangePtr& exchange, Result<HttpAnswer> result) {
        curl_multi_remove_handle(multi_, exchange->easy.get());
        running_.erase(exchange->easy.get());
        {
            const std::lock_guard alone{mutex_};
            --at_once_;
        }
        finish(exchange, std::move(result));
    }

    std::size_t most_at_once_;
    CURLM* multi_ = nullptr;
    std::unordered_map<CURL*, ExchangePtr> running_;
    std::mutex mutex_;
    std::vector<ExchangePtr> arriving_;
    std::size_t at_once_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

HttpClient::HttpClient(std::size_t most_at_once) : engine_(std::make_unique<Engine>(most_at_once)) {}
HttpClient::~HttpClient() = default;

Task<Result<HttpAnswer>> HttpClient::fetch(HttpRequest request) {
    if (!well_formed(request)) co_return Error{Errc::invalid, "http_bad_url", "A line end stands in the address or in a header."};
    auto exchange = std::make_shared<Exchange>(co_await asio::this_coro::executor);
    exchange->request = std::move(request);
    if (auto accepted = engine_->submit(exchange); !accepted) {
        exchange->result = accepted.error();
        count(*exchange);
        co_return std::move(exchange->result);
    }
    try {
        co_await exchange->ended.wait();
    } catch (...) {
        exchange->cancelled = true;
        engine_->wake();
        throw;
    }
    co_return std::move(exchange->result);
}

}  // namespace ae::io
