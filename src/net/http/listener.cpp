#include "net/http/listener.hpp"

#include <charconv>

#include <sys/socket.h>

#include "base/log.hpp"
#include "net/http/forwarded.hpp"
#include "net/http/http_metrics.hpp"

namespace ae::http {

namespace {
using boost::asio::ip::tcp;

/// Accepted before other work of the loop gets its turn.
constexpr int kAcceptsAPass = 64;
/// Out of descriptors or memory: accepting again at once would spin.
constexpr std::chrono::milliseconds kPauseWhenFull{100};

IpAddress address_of(const sockaddr_storage& from) {
    tcp::endpoint endpoint;
    std::memcpy(endpoint.data(), &from, endpoint.capacity());
    const auto address = endpoint.address();
    return address.is_v6() && address.to_v6().is_v4_mapped()
               ? IpAddress{boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())}
               : address;
}
}  // namespace

Result<tcp::endpoint> parse_listen(std::string_view text) {
    const Error refusal{Errc::invalid, "listen_invalid", "`" + std::string{text} + "` is no address and port such as 0.0.0.0:8080 or [::]:8080."};
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return refusal;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    boost::system::error_code bad_address;
    const auto address = boost::asio::ip::make_address(std::string{host}, bad_address);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || bad_address) return refusal;
    return tcp::endpoint{address, port};
}

Listener::Listener(boost::asio::io_context& context, OnAccept on_accept) : acceptor_(context), pause_(context), on_accept_(std::move(on_accept)) {}

Result<void> Listener::open(const std::string& listen) {
    const auto endpoint = parse_listen(listen);
    if (!endpoint) return endpoint.error();
    boost::system::error_code error;
    acceptor_.open(endpoint->protocol(), error);
    // SO_REUSEADDR only: a second server on the port must fail, not share it.
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(*endpoint, error);
    if (!error) acceptor_.listen(SOMAXCONN, error);
    if (!error) acceptor_.non_blocking(true, error);
    if (error) return Error{Errc::unavailable, "listen_failed", "Cannot listen on " + listen + ": " + error.message() + "."};
    port_ = acceptor_.local_endpoint(error).port();
    return {};
}

void Listener::stop() {
    boost::system::error_code ignored;
    pause_.cancel();
    acceptor_.close(ignored);
}

void Listener::wait() {
    if (!acceptor_.is_open()) return;
    acceptor_.async_wait(tcp::acceptor::wait_read, [this](const boost::system::error_code& error) {
        if (!error) accept_some();
    });
}

void Listener::accept_some() {
    for (int i = 0; i < kAcceptsAPass; ++i) {
        sockaddr_storage from{};
        socklen_t size = sizeof from;
        const int descriptor = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            on_accept_(descriptor, address_of(from));
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) break;
        if (errno == ECONNABORTED || errno == EINTR || errno == EPROTO) continue;
        count_refused("accept_failed");
        log::warn("http.accept_failed", {{"errno", errno}});
        pause_.expires_after(kPauseWhenFull);
        pause_.async_wait([this](const boost::system::error_code& error) {
            if (!error) wait();
        });
        return;
    }
    wait();
}

}  // namespace ae::http
