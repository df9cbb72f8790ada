// A program run to its end: feed it, listen to it, and stop it when it takes too long or says too much.
#include <array>
#include <csignal>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "io/subprocess.hpp"
#include "io/task_group.hpp"
#include "io/timeout.hpp"

namespace ae::io {

namespace {

constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);

/// Shared by the three streams: one that is cancelled late must still find what it reads and writes.
struct Conversation {
    std::unique_ptr<Subprocess> process;
    std::string input;
    ProcessLimits limits;
    ProcessOutput output;
    bool too_much = false;
};
using ConversationPtr = std::shared_ptr<Conversation>;

Task<> feed(ConversationPtr with) {
    // A program that does not read to the end (EPIPE) is no error: its exit code says what it thinks.
    co_await asio::async_write(with->process->in(), asio::buffer(with->input), kQuietly);
    with->process->in().close();
}

/// Reads to the end. Past the bound the whole group is killed.
Task<> listen(ConversationPtr with, asio::posix::stream_descriptor& from, std::string& into) {
    std::array<char, 16384> chunk;
    while (true) {
        const auto [error, count] = co_await from.async_read_some(asio::buffer(chunk), kQuietly);
        if (error) co_return;
        if (into.size() + count > with->limits.output_bytes) {
            with->too_much = true;
            with->process->signal(SIGKILL);
            co_return;
        }
        into.append(chunk.data(), count);
    }
}

Task<> converse(ConversationPtr with) {
    TaskGroup streams{co_await asio::this_coro::executor, "process.streams"};
    streams.spawn("in", feed(with));
    streams.spawn("out", listen(with, with->process->out(), with->output.out));
    streams.spawn("err", listen(with, with->process->err(), with->output.err));
    with->output.end = co_await with->process->wait();
    co_await streams.wait();
}

}  // namespace

Task<Result<ProcessOutput>> run_process(ProcessWish wish, std::string input, ProcessLimits limits) {
    wish.in = wish.out = wish.err = Stream::pipe;
    auto started = Subprocess::start(co_await asio::this_coro::executor, wish);
    if (!started) co_return started.error();
    auto with = std::make_shared<Conversation>(std::move(*started), std::move(input), limits);
    auto conversation = converse(with);
    if (!co_await finish_within(std::move(conversation), limits.time)) {
        co_await with->process->stop(Duration{0});
        co_return Error{Errc::unavailable, "timed_out", "The program took too long."};
    }
    if (with->too_much) co_return Error{Errc::too_large, "process_output_too_large", "The program said more than it may."};
    co_return std::move(with->output);
}

}  // namespace ae::io
