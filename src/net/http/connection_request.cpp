// The half of a connection that turns input into requests and requests into calls.
#include <boost/asio/co_spawn.hpp>

#include "base/log.hpp"
#include "net/http/connection.hpp"
#include "net/http/http_metrics.hpp"
#include "net/http/problem.hpp"
#include "net/http/render.hpp"
#include "net/http/server_shard.hpp"

namespace ae::http {

namespace {

/// What a handler threw goes to the log; the client learns that something did.
Response failure(std::exception_ptr thrown, const std::string& path, const std::string& request_id) {
    std::string what;
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& broken) {
        what = broken.what();
    } catch (...) {
        what = "not an exception of the standard library";
    }
    log::error("http.handler_failed", {{"path", path}, {"request", request_id}, {"what", what}});
    return problem_response({.status = 500, .code = "internal", .detail = "The server failed at this request; it is logged.", .instance = path});
}

}  // namespace

bool Connection::read_head(Input& input) {
    const auto found = input.view().empty() ? HeadScanner::State::need_more : scanner_.feed(input.view());
    if (found == HeadScanner::State::refused) {
        refuse(400, scanner_.reason());
        return true;
    }
    if (scanner_.seen() > shard_.core().config.max_header.bytes) {
        refuse(431, "head_too_large");
        return true;
    }
    if (found == HeadScanner::State::need_more) {
        if (!input.view().empty() && !head_begun_) {
            head_begun_ = true;
            set_deadline(shard_.core().config.header_timeout);
        }
        return fill(input);
    }
    const auto bytes = input.view().substr(0, scanner_.size());
    scanner_ = {};
    input.consume(bytes.size());
    return take_request(bytes);
}

bool Connection::take_request(std::string_view bytes) {
    FieldList& fields = shard_.scratch_fields();
    Head head;
    Request& request = shard_.scratch_request();
    if (const auto refusal = parse_head(bytes, fields, head)) {
        refuse(refusal->status, refusal->reason);
        return true;
    }
    if (const auto reason = fill_request(shard_.core(), peer_, head, fields, request); !reason.empty()) {
        refuse(400, reason);
        return true;
    }
    keep_alive_ = head.keep_alive;
    head_only_ = head.method == Method::head;

    auto decision = decide(shard_.core(), request);
    route_ = decision.route;
    if (route_ == nullptr || !route_->options.quiet) begin_exchange(request, std::move(decision.extra));
    const bool has_body = head.framing == Framing::chunked || head.content_length > 0;
    if (decision.answer) {
        // The body, if there is one, is not wanted and not waited for.
        if (has_body) keep_alive_ = false;
        respond(std::move(*decision.answer));
        return true;
    }
    if (has_body) return begin_body(bytes, head, request);
    dispatch(request);
    return true;
}

bool Connection::begin_body(std::string_view bytes, const Head& head, Request& request) {
    const std::uint64_t limit = route_->options.body_limit;
    if (limit == 0 || head.content_length > limit) {
        refuse(413, "body_too_large");
        return true;
    }
    if (head.expects_continue) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        const iovec piece{const_cast<char*>(kContinue.data()), kContinue.size()};
        if (socket_.send(&piece, 1).bytes != kContinue.size()) {
            close();
            return false;
        }
    }
    upload_ = std::make_unique<Upload>(std::move(request), bytes, limit);
    state_ = State::body;
    set_deadline(shard_.core().config.body_idle_timeout);
    return true;
}

bool Connection::read_body(Input& input) {
    auto rest = input.view();
    const std::size_t before = rest.size();
    const auto state = upload_->reader.feed(rest);
    input.consume(before - rest.size());
    switch (state) {
        case BodyReader::State::too_large: refuse(413, "body_too_large"); return true;
        case BodyReader::State::refused: refuse(400, "bad_body"); return true;
        case BodyReader::State::need_more:
            if (!fill(input)) return false;
            set_deadline(shard_.core().config.body_idle_timeout);
            return true;
        case BodyReader::State::complete: break;
    }
    const auto upload = std::move(upload_);
    upload->request.body = upload->reader.take();
    dispatch(upload->request);
    return true;
}

void Connection::begin_exchange(const Request& request, Headers extra) {
    exchange_ = std::make_unique<Exchange>();
    exchange_->path = request.path;
    exchange_->request_id = request_id_of(shard_.core(), request.headers);
    exchange_->conditions = conditions_of(request);
    exchange_->extra = std::move(extra);
    exchange_->started = shard_.core().clock.steady();
    exchange_->method = request.method;
    exchange_->https = request.scheme == "https";
}

void Connection::dispatch(Request& request) {
    state_ = State::handling;
    deadline_ = SteadyTime::max();
    if (exchange_) {
        request.request_id = exchange_->request_id;
        exchange_->started = shard_.core().clock.steady();
    }
    if (const auto* handler = std::get_if<Handler>(&route_->handler)) return call_coroutine(*handler, std::move(request));

    auto responder = std::make_unique<ConnectionResponder>(*this);
    responder_ = responder.get();
    ServerMetrics::get().in_progress.add(1);
    try {
        std::get<DirectHandler>(route_->handler)(request, std::move(responder));
    } catch (const std::exception& broken) {
        // On its way out it has dropped the responder, which answered 503.
        log::error("http.handler_failed", {{"path", request.path}, {"what", broken.what()}});
    }
}

void Connection::call_coroutine(const Handler& handler, Request request) {
    auto responder = std::make_shared<ConnectionResponder>(*this);
    responder_ = responder.get();
    ServerMetrics::get().in_progress.add(1);
    const std::string path = request.path, id = request.request_id;
    auto done = [responder, path, id](std::exception_ptr thrown, Response response) {
        responder->send(thrown ? failure(thrown, path, id) : std::move(response));
    };
    try {
        boost::asio::co_spawn(shard_.context(), handler(std::move(request)), done);
    } catch (...) {
        done(std::current_exception(), {});
    }
}

void Connection::respond(Response response) {
    const ServerCore& core = shard_.core();
    if (exchange_) conclude(response, exchange_->conditions);
    closing_ = must_close();
    HeadContext context{.options = route_ == nullptr ? nullptr : &route_->options, .now = core.clock.wall(), .closing = closing_};
    if (exchange_) {
        context.extra = &exchange_->extra;
        context.request_id = exchange_->request_id;
        if (exchange_->https) context.hsts_seconds = std::chrono::duration_cast<std::chrono::seconds>(core.config.tls.hsts).count();
    }
    std::string head = render_head(response, context);
    const unsigned status = response.status;
    Outbox outbox{std::move(head), std::move(response), head_only_};
    account(status, outbox.size());
    send(std::move(outbox));
}

void Connection::refuse(unsigned status, std::string_view reason) {
    // Nobody knows where the next request would begin.
    count_refused(reason);
    keep_alive_ = false;
    upload_.reset();
    respond(problem_response({.status = status, .code = std::string{reason}, .detail = "The server does not take this request as it was sent."}));
}

void Connection::account(unsigned status, std::uint64_t bytes) {
    auto& metrics = shard_.core().metrics_of(route_);
    metrics.answered(status, bytes);
    if (!exchange_) return;
    const auto took = std::chrono::duration_cast<Duration>(shard_.core().clock.steady() - exchange_->started);
    metrics.took(took);
    log::info("http.request", {{"method", method_name(exchange_->method)},
                               {"path", exchange_->path},
                               {"route", route_ == nullptr ? "none" : std::string_view{route_->options.name}},
                               {"status", status},
                               {"bytes", bytes},
                               {"took_us", took.count()},
                               {"request", exchange_->request_id}});
}

}  // namespace ae::http
