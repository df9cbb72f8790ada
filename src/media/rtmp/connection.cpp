#include "media/rtmp/connection.hpp"

#include <cstring>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/metrics.hpp"

namespace ae::media::rtmp {

namespace {

// Before anybody was let in, and after: a publisher's frames are read in few system calls.
constexpr std::size_t kGreetingBuffer = 4 * 1024, kMediaBuffer = 64 * 1024;
constexpr std::chrono::seconds kPartingTime{1};

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

metrics::Counter& received_bytes() {
    static auto& counter = metrics::counter("aethex_ingest_bytes_total", "Bytes that publishers sent.", {{"protocol", "rtmp"}});
    return counter;
}

}  // namespace

Connection::Connection(io::Shard& shard, asio::ip::tcp::socket socket, Seat seat, SessionConfig config, Random& random)
    : shard_(&shard),
      socket_(std::move(socket)),
      seat_(std::move(seat)),
      session_(std::move(config), random),
      buffer_(kGreetingBuffer),
      timer_([this] { on_due(); }) {}

void Connection::move_to(io::Shard& shard) {
    timer_.cancel();
    deadline_ = SteadyTime::max();
    buffer_.resize(kMediaBuffer);
    if (&shard == shard_) return;
    boost::system::error_code ignored;
    const auto protocol = socket_.local_endpoint(ignored).protocol();
    const auto descriptor = socket_.release(ignored);
    socket_ = asio::ip::tcp::socket{shard.context()};
    socket_.assign(protocol, descriptor, ignored);
    shard_ = &shard;
}

io::Task<bool> Connection::read(std::vector<Event>& events) {
    if (ended_) co_return false;
    // A session leaves at most a handshake block or a chunk header, so there is always room.
    reading_ = true;
    const auto [error, count] = co_await socket_.async_read_some(asio::buffer(buffer_.data() + filled_, buffer_.size() - filled_), kTuple);
    reading_ = false;
    if (ended_) co_return false;
    if (error && !std::exchange(interrupted_, false)) co_return false;
    interrupted_ = false;
    const auto arrived = now();
    if (idle_limit_.count() != 0) deadline_ = arrived + idle_limit_;
    filled_ += count;
    received_bytes().add(count);
    const auto taken = session_.feed(BytesView{buffer_}.first(filled_), arrived, events);
    std::memmove(buffer_.data(), buffer_.data() + taken, filled_ - taken);
    filled_ -= taken;
    co_return true;
}

void Connection::feed_rest(std::vector<Event>& events) {
    const auto taken = session_.feed(BytesView{buffer_}.first(filled_), now(), events);
    std::memmove(buffer_.data(), buffer_.data() + taken, filled_ - taken);
    filled_ -= taken;
}

io::Task<bool> Connection::flush() {
    while (!session_.output().empty() && !ended_) {
        // What is being sent must not move when somebody adds to the output meanwhile.
        sending_.clear();
        std::swap(sending_, session_.output());
        const auto [error, count] = co_await asio::async_write(socket_, asio::buffer(sending_), kTuple);
        if (error) co_return false;
    }
    co_return !ended_;
}

io::Task<> Connection::part() {
    set_deadline(kPartingTime);
    if (!co_await flush()) co_return;
    boost::system::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    while (!ended_) {
        const auto [error, count] = co_await socket_.async_read_some(asio::buffer(buffer_), kTuple);
        if (error) co_return;
    }
}

io::Task<> Connection::wait_for_end() {
    set_deadline(kPartingTime);
    std::vector<Event> events;
    while (co_await flush() && !session_.waits_for_answer() && co_await read(events)) events.clear();
}

void Connection::set_deadline(Duration from_now) {
    idle_limit_ = Duration{0};
    deadline_ = now() + from_now;
    watch();
}

void Connection::clear_deadline() {
    deadline_ = SteadyTime::max();
    timer_.cancel();
}

void Connection::set_idle_limit(Duration limit) {
    idle_limit_ = limit;
    deadline_ = now() + limit;
    watch();
}

// The timer is not moved at every read: when it is due, it looks whether the deadline has moved.
void Connection::watch() { shard_->arm(timer_, std::chrono::duration_cast<Duration>(deadline_ - now()) + Duration{1}); }

void Connection::on_due() {
    if (now() < deadline_) return watch();
    ended_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::interrupt(bool end) {
    ended_ |= end;
    if (!reading_ && !end) return;
    interrupted_ = !end;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

}  // namespace ae::media::rtmp
