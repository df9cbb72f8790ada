#include "media/worker/worker_process.hpp"

#include <sys/socket.h>
#include <array>

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

#include "base/metrics.hpp"
#include "io/timeout.hpp"
#include "media/job/job.hpp"

namespace ae::media::worker {

namespace {

namespace asio = boost::asio;
using job::Message;
using job::MessageKind;

constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);
constexpr Duration kStartLimit = std::chrono::seconds{10};

Error unavailable(const std::string& why) { return {Errc::unavailable, "worker_unavailable", "The media worker cannot be started: " + why}; }

/// What the program said of the job, as a refusal.
Error refusal_of(BytesView body) {
    const auto fault = body.size() == 1 ? job::fault_from(body[0]) : std::nullopt;
    if (!fault) return {Errc::unavailable, "worker_crashed", "The media worker gave an answer that nobody understands."};
    const Errc kind = *fault == job::Fault::too_large ? Errc::too_large : Errc::unprocessable;
    return {kind, job::reason_of(*fault), std::string{job::sentence_of(*fault)}};
}

metrics::Gauge& running() { return metrics::gauge("aethex_worker_running", "Worker programs that run."); }

}  // namespace

WorkerProcess::WorkerProcess(std::unique_ptr<io::Subprocess> process) : process_(std::move(process)) { running().add(1); }
WorkerProcess::~WorkerProcess() { running().add(-1); }

io::Task<Result<std::unique_ptr<WorkerProcess>>> WorkerProcess::start(ProcessWishes wishes) {
    const auto executor = co_await asio::this_coro::executor;
    // It needs nothing of this process's environment or folder, and gets nothing.
    const io::ProcessWish wish{.argv = {wishes.program, fmt::format("{}", wishes.memory_bytes), fmt::format("{}", wishes.cpu_seconds)},
                               .environment = std::vector<std::string>{"PATH=/usr/bin:/bin"},
                               .directory = "/",
                               .channel = true};
    auto started = io::Subprocess::start(executor, wish);
    if (!started) co_return unavailable(started.error().detail);
    auto worker = std::make_unique<WorkerProcess>(std::move(*started));

    std::optional<Message> hello;
    auto greeting = worker->exchange({}, &hello);
    const bool in_time = co_await io::finish_within(std::move(greeting), kStartLimit);
    if (!in_time || !hello) {
        co_await worker->stop();
        co_return unavailable(in_time ? "it ended before it was ready." : "it did not get ready.");
    }
    ByteReader version{hello->body};
    if (hello->kind != MessageKind::ready || version.u16() != job::kProtocolVersion) {
        co_await worker->stop();
        co_return unavailable("it is of another build than this server.");
    }
    co_return worker;
}

bool WorkerProcess::usable() const {
    if (failed_ || parting_) return false;
    char byte = 0;
    // Nothing to read is as it should be; the end, or words without a question, are not.
    return ::recv(process_->channel().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0;
}

io::Task<std::optional<Message>> WorkerProcess::receive() {
    Bytes chunk(std::size_t{1} << 16);
    while (true) {
        if (auto message = reader_.next()) co_return message;
        if (reader_.broken()) co_return std::nullopt;
        const auto [error, count] = co_await process_->channel().async_read_some(asio::buffer(chunk), kQuietly);
        // Only what throws is late to whoever limits the time.
        if (error == asio::error::operation_aborted) throw boost::system::system_error{error};
        if (error) co_return std::nullopt;
        reader_.feed(BytesView{chunk}.first(count));
    }
}

// `answer` is its caller's, who awaits this in place.
io::Task<> WorkerProcess::exchange(Bytes bytes, std::optional<Message>* answer) {
    // A program that is gone (EPIPE) shows at the reading.
    if (!bytes.empty()) co_await asio::async_write(process_->channel(), asio::buffer(bytes), kQuietly);
    auto said = co_await receive();
    if (said && said->kind == MessageKind::parting) {
        parting_ = true;
        said = co_await receive();
    }
    *answer = std::move(said);
}

io::Task<Result<Bytes>> WorkerProcess::work(Bytes body, Duration limit) {
    if (!job::fits_message(body.size())) co_return Error{Errc::too_large, "job_too_large", "That is more than the media worker takes at once."};
    std::optional<Message> answer;
    auto talk = exchange(job::message_bytes(MessageKind::job, body), &answer);
    if (!co_await io::finish_within(std::move(talk), limit)) {
        failed_ = true;
        co_return Error{Errc::unavailable, "worker_timed_out", "The media worker took too long over this."};
    }
    if (answer && answer->kind == MessageKind::done) co_return std::move(answer->body);
    if (answer && answer->kind == MessageKind::failed) co_return refusal_of(answer->body);
    failed_ = true;
    co_return Error{Errc::unavailable, "worker_crashed", "The media worker ended over this."};
}

io::Task<> WorkerProcess::stop() { co_await process_->stop(parting_ ? Duration{std::chrono::seconds{1}} : Duration{0}); }

}  // namespace ae::media::worker
