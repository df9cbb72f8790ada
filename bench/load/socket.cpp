#include "load/socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

namespace ae::bench {

void fail(std::string_view sentence) {
    fmt::print(stderr, "{}\n", sentence);
    std::exit(1);
}

Url parse_url(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) fail(fmt::format("'{}' is no URL.", text));
    const auto rest = text.substr(scheme + 3);
    const auto slash = rest.find('/');
    const auto authority = rest.substr(0, slash);
    const auto colon = authority.find(':');
    if (colon == std::string_view::npos) fail(fmt::format("'{}' names no port.", text));
    Url url;
    url.host = authority.substr(0, colon);
    url.path = slash == std::string_view::npos ? "/" : rest.substr(slash);
    const auto port = authority.substr(colon + 1);
    if (std::from_chars(port.data(), port.data() + port.size(), url.port).ec != std::errc{}) fail(fmt::format("'{}' has no good port.", text));
    return url;
}

Socket::~Socket() {
    if (fd_ >= 0) ::close(fd_);
}

void Socket::connect(const Url& to, std::size_t index) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0) fail(fmt::format("socket: {}", std::strerror(errno)));
    const int one = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    ::setsockopt(fd_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);

    sockaddr_in from{};
    from.sin_family = AF_INET;
    const auto group = static_cast<std::uint32_t>(index / 25);
    from.sin_addr.s_addr = htonl(0x7f010001U + (group / 250) * 256 + group % 250);  // 127.1.0.1 and up
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) fail(fmt::format("bind: {}", std::strerror(errno)));

    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(to.port);
    if (::inet_pton(AF_INET, to.host.c_str(), &address.sin_addr) != 1) fail(fmt::format("'{}' is no IPv4 address.", to.host));
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        fail(fmt::format("connect to {}: {}", to.authority(), std::strerror(errno)));
    }
    ::fcntl(fd_, F_SETFL, ::fcntl(fd_, F_GETFL) | O_NONBLOCK);
}

void Socket::send(std::string_view bytes) {
    if (unsent_.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) fail(fmt::format("send: {}", std::strerror(errno)));
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    unsent_.append(bytes);
}

void Socket::flush() {
    if (unsent_.empty()) return;
    const auto sent = ::send(fd_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) fail(fmt::format("send: {}", std::strerror(errno)));
    if (sent > 0) unsent_.erase(0, static_cast<std::size_t>(sent));
}

std::size_t Socket::receive(char* into, std::size_t size, bool* closed) {
    const auto got = ::recv(fd_, into, size, 0);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got < 0 && errno == EAGAIN) return 0;
    if (closed == nullptr) fail(got == 0 ? "The server closed a connection." : fmt::format("recv: {}", std::strerror(errno)));
    *closed = true;
    return 0;
}

Loop::Loop() : epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
    if (epoll_ < 0) fail("epoll_create1 failed.");
}

Loop::~Loop() { ::close(epoll_); }

void Loop::watch(const Socket& socket, Watched& watched, For what) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET | EPOLLRDHUP;
    if (what == For::reading_and_writing) event.events |= EPOLLOUT;
    event.data.ptr = &watched;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.fd(), &event) != 0) fail(fmt::format("epoll_ctl: {}", std::strerror(errno)));
}

void Loop::turn(std::chrono::microseconds wait) {
    std::array<epoll_event, 512> ready;
    // epoll_wait counts in milliseconds; a shorter wait than that would turn into none, and into a busy loop.
    timespec patience{wait.count() / 1'000'000, wait.count() % 1'000'000 * 1000};
    const int count = ::epoll_pwait2(epoll_, ready.data(), static_cast<int>(ready.size()), &patience, nullptr);
    for (int at = 0; at < count; ++at) {
        const auto& event = ready[static_cast<std::size_t>(at)];
        static_cast<Watched*>(event.data.ptr)->on_ready(event.events);
    }
}

}  // namespace ae::bench
