// One client's connection: a state machine fed by its shard's poller.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "net/http/body_reader.hpp"
#include "net/http/conclude.hpp"
#include "net/http/dispatch.hpp"
#include "net/http/head_scanner.hpp"
#include "net/http/input.hpp"
#include "net/http/outbox.hpp"
#include "net/http/socket.hpp"

namespace ae::http {

class ConnectionResponder;
class ServerShard;

/// A plain object, not a coroutine: thousands mostly wait. It reads only while it waits for a request, so one request at a time is in progress, the
/// next ones stay in 16 KB of kept input and in the kernel (that bounds pipelining), and nothing is read while an answer is not yet sent. Lives on its
/// shard, is touched only there, and is freed by it after it closed, never inside a pass.
class Connection {
  public:
    Connection(ServerShard& shard, Socket socket, Peer peer, std::string client);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void on_events(std::uint32_t events);
    /// Goes on with input that it left while a request was in progress.
    void resume() { run(); }
    bool overdue(SteadyTime now) const { return deadline_ <= now; }
    /// Its time is over: a slow request is told so, a stuck reader is cut.
    void on_overdue();
    /// The server stops: an idle connection closes, a busy one after its answer.
    void drain();
    void close();

    int descriptor() const { return socket_.descriptor(); }
    const std::string& client() const { return client_; }
    bool idle() const { return state_ == State::head && pending_.empty(); }
    /// Its place in the shard's list.
    std::size_t index = 0;
    bool queued = false;

  private:
    friend class ConnectionResponder;
    enum class State : std::uint8_t { head, body, handling, sending, lingering, closed };
    /// What the answer needs of a request that is logged and counted in full; quiet routes do without.
    struct Exchange {
        std::string path;
        std::string request_id;
        Conditions conditions;
        Headers extra;
        SteadyTime started;
        Method method = Method::get;
        bool https = false;
    };
    /// A request whose body is on its way.
    struct Upload {
        Upload(Request head, std::string_view bytes, std::uint64_t limit) : request(std::move(head)), reader(bytes, limit) {}
        Request request;
        BodyReader reader;
    };

    void run();
    bool step(Input& input);
    bool fill(Input& input);
    bool read_head(Input& input);
    bool take_request(std::string_view bytes);
    bool begin_body(std::string_view bytes, const Head& head, Request& request);
    bool read_body(Input& input);
    bool discard(Input& input);

    void begin_exchange(const Request& request, Headers extra);
    void dispatch(Request& request);
    void call_coroutine(const Handler& handler, Request request);
    void respond(Response response);
    void respond(WireResponse response);
    void refuse(unsigned status, std::string_view reason);
    void account(unsigned status, std::uint64_t bytes);
    void send(Outbox outbox);
    void flush(Outbox& outbox);
    void answered();
    bool must_close() const;
    void set_deadline(Duration from_now);

    ServerShard& shard_;
    Socket socket_;
    State state_ = State::head;
    bool readable_ = true;
    bool peer_done_ = false;
    bool running_ = false;
    bool head_begun_ = true;
    bool head_only_ = false;
    bool keep_alive_ = true;
    bool closing_ = false;
    SteadyTime deadline_ = SteadyTime::max();
    HeadScanner scanner_;
    const Route* route_ = nullptr;
    ConnectionResponder* responder_ = nullptr;
    std::unique_ptr<Exchange> exchange_;
    std::unique_ptr<Upload> upload_;
    std::unique_ptr<Outbox> outbox_;
    std::string pending_;
    Peer peer_;
    std::string client_;
};

/// The one way to answer a connection's request in progress. Either end may go first.
class ConnectionResponder final : public Responder {
  public:
    explicit ConnectionResponder(Connection& connection) : connection_(&connection) {}
    ~ConnectionResponder() override;
    void send(Response response) override;
    void send(WireResponse response) override;
    void on_gone(std::function<void()> gone) override { gone_ = std::move(gone); }

    bool waits_for_gone() const { return gone_ != nullptr; }
    /// The connection closed. Whoever is told may destroy this responder.
    void cut();

  private:
    Connection* take();
    Connection* connection_;
    std::function<void()> gone_;
};

}  // namespace ae::http
