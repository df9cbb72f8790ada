// For tests: a server on a free loopback port with a clock that is moved by hand, and a client that sends bytes as they are.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "net/http/server.hpp"

namespace ae::http::test {

/// A blocking socket to a server; every wait ends after ten seconds.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port, const char* from = nullptr) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{10, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        if (from != nullptr) bind_to(from);
        sockaddr_in to = loopback("127.0.0.1");
        to.sin_port = htons(port);
        EXPECT_EQ(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    }
    RawClient(RawClient&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), received_(std::move(other.received_)) {}
    ~RawClient() { close(); }

    void close() {
        if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    }
    int descriptor() const { return descriptor_; }

    /// False when the server has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// One answer: head, and a body by Content-Length. Empty when the server closed first.
    struct Answer {
        std::string head;
        std::string body;
        int status() const { return head.size() > 12 ? std::stoi(head.substr(9, 3)) : 0; }
        std::string header(std::string_view name) const {
            const std::string begin = "\r\n" + std::string{name} + ": ";
            const std::size_t at = head.find(begin);
            if (at == std::string::npos) return {};
            return head.substr(at + begin.size(), head.find("\r\n", at + 2) - at - begin.size());
        }
    };
    Answer read(bool head_only = false) {
        while (received_.find("\r\n\r\n") == std::string::npos) {
            if (!receive()) return {};
        }
        Answer answer;
        answer.head = take(received_.find("\r\n\r\n") + 4);
        const std::string length = answer.header("content-length");
        if (head_only || length.empty()) return answer;
        while (received_.size() < std::stoul(length)) {
            if (!receive()) return answer;
        }
        answer.body = take(std::stoul(length));
        return answer;
    }
    Answer ask(std::string_view bytes, bool head_only = false) {
        send(bytes);
        return read(head_only);
    }
    Answer get(std::string_view target, std::string_view more_headers = {}) {
        return ask("GET " + std::string{target} + " HTTP/1.1\r\nHost: test\r\n" + std::string{more_headers} + "\r\n");
    }
    /// Everything until the server closes.
    std::string read_to_end() {
        while (receive()) {}
        return std::exchange(received_, {});
    }
    /// Whether the server closed and everything was read.
    bool closed() { return received_.empty() && !receive(); }

  private:
    static sockaddr_in loopback(const char* address) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_addr.s_addr = ::inet_addr(address);
        return to;
    }
    void bind_to(const char* from) {
        const sockaddr_in address = loopback(from);
        EXPECT_EQ(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    }
    bool receive() {
        char bytes[16384];
        const auto got = ::recv(descriptor_, bytes, sizeof bytes, 0);
        if (got <= 0) return false;
        received_.append(bytes, static_cast<std::size_t>(got));
        return true;
    }
    std::string take(std::size_t size) {
        std::string taken = received_.substr(0, size);
        received_.erase(0, size);
        return taken;
    }

    int descriptor_;
    std::string received_;
};

inline HttpConfig test_config() {
    HttpConfig config;
    config.listen = "127.0.0.1:0";
    config.tls.listen = "127.0.0.1:0";
    config.sweep_every = std::chrono::milliseconds{2};
    return config;
}

/// One shard, so that whatever runs on it may touch what the handlers touch.
class TestServer {
  public:
    explicit TestServer(Router router, HttpConfig config = test_config(), std::size_t shards = 1) : shards_(shards) {
        crypto::start();
        log::configure(log::Level::warn, log::Form::automatic);
        server_ = std::make_unique<Server>(shards_, std::move(config), std::move(router), clock_, random_);
        const auto started = server_->start();
        EXPECT_TRUE(started) << (started ? "" : started.error().detail);
        shards_.start();
    }
    ~TestServer() {
        shards_.stop();
        shards_.join();
    }

    std::uint16_t port() const { return server_->port(); }
    Server& server() { return *server_; }
    io::Shards& shards() { return shards_; }
    RawClient connect() { return RawClient{port()}; }
    /// Moves the clock on the shard's thread, where it is read.
    void advance(Duration by) {
        run([&] { clock_.advance(by); });
    }
    /// Runs on the shard and waits for it.
    template <class F>
    void run(F work) {
        std::promise<void> done;
        shards_.at(0).post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    Server::Stopped stop(Duration deadline) {
        return boost::asio::co_spawn(shards_.at(0).context(), server_->stop(deadline), boost::asio::use_future).get();
    }

  private:
    ManualClock clock_;
    SystemRandom random_;
    io::Shards shards_;
    std::unique_ptr<Server> server_;
};

inline io::Task<Response> answer_text(std::string text) { co_return text_response(200, "text/plain", std::move(text)); }
/// A handler that answers with this text.
inline Handler text_handler(std::string text) {
    return [text](Request) { return answer_text(text); };
}

}  // namespace ae::http::test
