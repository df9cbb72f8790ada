#include "net/http/poller.hpp"

#include <array>
#include <memory>
#include <stdexcept>

#include <sys/epoll.h>
#include <boost/asio/post.hpp>

namespace ae::http {

namespace {
/// A pass is short, so that the shard's other work is not kept waiting.
constexpr std::size_t kEventsAPass = 64;

int make_epoll() {
    const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) throw std::runtime_error("epoll_create1 failed");
    return descriptor;
}
}  // namespace

Poller::Poller(boost::asio::io_context& context, std::function<void()> before_pass, OnEvents on_events)
    : epoll_(context, make_epoll()), before_pass_(std::move(before_pass)), on_events_(std::move(on_events)) {}

bool Poller::add(int descriptor, void* owner) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = owner;
    return ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::start() { wait(); }

void Poller::wait() {
    epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
        if (!error) pass();
    });
}

void Poller::pass() {
    std::array<epoll_event, kEventsAPass> events;
    const int count = ::epoll_wait(epoll_.native_handle(), events.data(), static_cast<int>(events.size()), 0);
    // Whatever one connection throws, the others are listened to again.
    const auto go_on = [count](Poller* poller) {
        if (count < static_cast<int>(kEventsAPass)) return poller->wait();
        boost::asio::post(poller->epoll_.get_executor(), [poller] { poller->pass(); });
    };
    const std::unique_ptr<Poller, decltype(go_on)> at_the_end{this, go_on};
    before_pass_();
    for (int i = 0; i < count; ++i) on_events_(events[static_cast<std::size_t>(i)].data.ptr, events[static_cast<std::size_t>(i)].events);
}

}  // namespace ae::http
