#include "net/http/connection.hpp"

#include <array>

#include <sys/epoll.h>

#include "net/http/http_metrics.hpp"
#include "net/http/problem.hpp"
#include "net/http/server_shard.hpp"

namespace ae::http {

namespace {
/// Read at a time; also what a client can have waiting here in pipelined requests.
constexpr std::size_t kReadAtOnce = 16'384;
/// How long a client may take to notice that we are done with it, before it is cut.
constexpr std::chrono::seconds kLinger{2};
/// Steps (a request, or 16 KB of body) before other connections get their turn.
constexpr int kStepsAtOnce = 32;
}  // namespace

Connection::Connection(ServerShard& shard, Socket socket, Peer peer, std::string client)
    : shard_(shard), socket_(std::move(socket)), peer_(std::move(peer)), client_(std::move(client)) {
    set_deadline(shard_.core().config.header_timeout);
}

Connection::~Connection() {
    if (responder_ != nullptr) responder_->cut();
}

void Connection::set_deadline(Duration from_now) { deadline_ = shard_.now() + from_now; }

void Connection::on_events(std::uint32_t events) {
    if (state_ == State::closed) return;
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) return close();
    if ((events & (EPOLLIN | EPOLLRDHUP)) != 0 || socket_.secure()) readable_ = true;
    if ((events & EPOLLRDHUP) != 0) peer_done_ = true;
    if (state_ == State::sending && outbox_) flush(*outbox_);
    run();
    // A parked request's client has hung up: whoever parked it wants to know. Other answers may still be read by a client that has only
    // finished sending.
    if (peer_done_ && state_ == State::handling && responder_ != nullptr && responder_->waits_for_gone()) close();
}

void Connection::run() {
    if (running_ || state_ == State::closed) return;
    running_ = true;
    Input input{shard_.read_buffer(), pending_};
    pending_ = {};
    int steps = 0;
    while (step(input) && ++steps < kStepsAtOnce) {}
    running_ = false;
    if (state_ == State::closed) return;
    pending_ = input.view();
    if (steps == kStepsAtOnce) shard_.resume_later(*this);
}

bool Connection::step(Input& input) {
    switch (state_) {
        case State::head: return read_head(input);
        case State::body: return read_body(input);
        case State::lingering: return discard(input);
        case State::handling:
        case State::sending:
        case State::closed: return false;
    }
    return false;
}

bool Connection::fill(Input& input) {
    if (!readable_) return false;
    auto room = input.room();
    if (room.size() > kReadAtOnce) room = room.first(kReadAtOnce);
    const auto moved = socket_.receive(room.data(), room.size());
    if (moved.outcome == Socket::Outcome::closed) {
        close();
        return false;
    }
    if (moved.outcome == Socket::Outcome::would_block) {
        readable_ = false;
        return false;
    }
    // Edge-triggered: a short read of a plain socket has emptied it, unless the end is behind it.
    if (!socket_.may_hold_more(room.size(), moved.bytes) && !peer_done_) readable_ = false;
    input.filled(moved.bytes);
    return true;
}

bool Connection::discard(Input& input) {
    input.consume(input.view().size());
    return fill(input);
}

void Connection::respond(WireResponse response) {
    closing_ = must_close();
    const unsigned status = response.status;
    Outbox outbox{std::move(response), head_only_, closing_};
    account(status, outbox.size());
    send(std::move(outbox));
}

bool Connection::must_close() const { return !keep_alive_ || peer_done_ || shard_.core().draining.load(std::memory_order_relaxed); }

void Connection::send(Outbox outbox) {
    state_ = State::sending;
    set_deadline(shard_.core().config.send_stall_timeout);
    flush(outbox);
    if (state_ == State::sending) outbox_ = std::make_unique<Outbox>(std::move(outbox));
}

void Connection::flush(Outbox& outbox) {
    while (!outbox.done()) {
        std::array<iovec, 64> pieces;
        const std::size_t count = outbox.gather(pieces.data(), pieces.size());
        const auto moved = socket_.send(pieces.data(), count);
        if (moved.outcome == Socket::Outcome::closed) return close();
        if (moved.outcome == Socket::Outcome::would_block) return;
        outbox.advance(moved.bytes);
        set_deadline(shard_.core().config.send_stall_timeout);
    }
    answered();
}

void Connection::answered() {
    outbox_.reset();
    exchange_.reset();
    route_ = nullptr;
    head_only_ = false;
    if (closing_) {
        // Closing with unread input would reset the connection and could take the answer with it (RFC 9112 section 9.6).
        socket_.finish_sending();
        state_ = State::lingering;
        set_deadline(kLinger);
    } else {
        state_ = State::head;
        head_begun_ = false;
        set_deadline(shard_.core().config.keep_alive_timeout);
    }
    if (!running_ && (readable_ || !pending_.empty())) shard_.resume_later(*this);
}

void Connection::on_overdue() {
    switch (state_) {
        case State::head:
            if (!head_begun_ || pending_.empty()) {
                if (head_begun_) count_timed_out("connect");
                return close();
            }
            count_timed_out("head");
            return refuse(408, "head_too_slow");
        case State::body: count_timed_out("body"); return refuse(408, "body_too_slow");
        case State::sending: count_timed_out("send"); return close();
        case State::lingering: return close();
        case State::handling:
        case State::closed: deadline_ = SteadyTime::max();
    }
}

void Connection::drain() {
    if (idle()) close();
}

void Connection::close() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    deadline_ = SteadyTime::max();
    const bool was_in_progress = responder_ != nullptr;
    socket_.close();
    pending_ = {};
    upload_.reset();
    if (was_in_progress) {
        ServerMetrics::get().in_progress.add(-1);
        std::exchange(responder_, nullptr)->cut();
    }
    shard_.bury(*this);
}

ConnectionResponder::~ConnectionResponder() {
    if (connection_ != nullptr)
        send(problem_response({.status = 503, .code = "unavailable", .detail = "The server dropped this request; try again."}));
}

Connection* ConnectionResponder::take() {
    Connection* connection = std::exchange(connection_, nullptr);
    if (connection == nullptr) return nullptr;
    connection->responder_ = nullptr;
    ServerMetrics::get().in_progress.add(-1);
    return connection;
}

void ConnectionResponder::send(Response response) {
    if (Connection* connection = take()) connection->respond(std::move(response));
}

void ConnectionResponder::send(WireResponse response) {
    if (Connection* connection = take()) connection->respond(std::move(response));
}

void ConnectionResponder::cut() {
    connection_ = nullptr;
    const auto gone = std::exchange(gone_, nullptr);
    if (gone) gone();
}

}  // namespace ae::http
