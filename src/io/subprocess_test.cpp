#include "io/subprocess.hpp"

#include <unistd.h>
#include <csignal>
#include <sstream>

#include <gtest/gtest.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "io/run_blocking.hpp"
#include "io/timeout.hpp"

namespace ae::io {
namespace {

ProcessWish command(std::vector<std::string> argv) { return ProcessWish{.argv = std::move(argv)}; }

class SubprocessTest : public testing::Test {
  protected:
    // The server ignores it (`Signals`); a test that writes to a program that went away must too.
    void SetUp() override { ::signal(SIGPIPE, SIG_IGN); }
};

TEST_F(SubprocessTest, GivesBackWhatTheProgramSaysAndHowItEnds) {
    const auto output = run_blocking(run_process(command({"sh", "-c", "cat; echo problem >&2; exit 3"}), "hello", {}));
    ASSERT_TRUE(output);
    EXPECT_EQ(output->out, "hello");
    EXPECT_EQ(output->err, "problem\n");
    EXPECT_EQ(output->end.code, 3);
    EXPECT_EQ(output->end.text(), "exit code 3");
    EXPECT_FALSE(output->end.ok());
}

TEST_F(SubprocessTest, PassesMuchInputThroughBothPipes) {
    const std::string much(600'000, 'x');
    const auto output = run_blocking(run_process(command({"cat"}), much, {}));
    ASSERT_TRUE(output);
    EXPECT_EQ(output->out, much);
    EXPECT_TRUE(output->end.ok());
}

TEST_F(SubprocessTest, UsesNoShell) {
    const auto output = run_blocking(run_process(command({"printf", "%s", "$HOME; `id` | *"}), "", {}));
    EXPECT_EQ(output->out, "$HOME; `id` | *");
}

TEST_F(SubprocessTest, RefusesAProgramThatIsNotThere) {
    const auto output = run_blocking(run_process(command({"no-such-program-here"}), "", {}));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().reason, "process_not_started");
    EXPECT_NE(output.error().detail.find("no-such-program-here"), std::string::npos);
}

TEST_F(SubprocessTest, RefusesMoreOutputThanAllowed) {
    const auto output = run_blocking(run_process(command({"yes"}), "", {.output_bytes = 10'000}));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().reason, "process_output_too_large");
}

TEST_F(SubprocessTest, EndsAProgramThatTakesTooLong) {
    const auto output = run_blocking(run_process(command({"sleep", "1000"}), "", {.time = std::chrono::milliseconds{20}}));
    ASSERT_FALSE(output);
    EXPECT_EQ(output.error().reason, "timed_out");
}

TEST_F(SubprocessTest, GivesTheProgramTheEnvironmentAndDirectoryOfTheWish) {
    auto wish = command({"/bin/sh", "-c", "pwd; echo $COLOUR"});
    wish.environment = {"COLOUR=green"};
    wish.directory = "/usr";
    EXPECT_EQ(run_blocking(run_process(wish, "", {}))->out, "/usr\ngreen\n");
}

TEST_F(SubprocessTest, PassesNoDescriptorOfOurs) {
    int leaky[2];
    ASSERT_EQ(::pipe(leaky), 0);
    const auto output = run_blocking(run_process(command({"ls", "/proc/self/fd"}), "", {}));
    // The fourth is the folder that ls reads.
    EXPECT_EQ(output->out, "0\n1\n2\n3\n");
    ::close(leaky[0]);
    ::close(leaky[1]);
}

TEST_F(SubprocessTest, GivesTheProgramDefaultSignals) {
    // SIGPIPE is ignored here and must not be there, or `yes | head` would never end.
    const auto output = run_blocking(run_process(command({"sed", "-n", "s/^Sig[BI][lg][kn]:\\t*//p", "/proc/self/status"}), "", {}));
    std::istringstream lines{output->out};
    std::uint64_t blocked = 1, ignored = 1;
    lines >> std::hex >> blocked >> ignored;
    ASSERT_TRUE(lines) << output->out;
    EXPECT_EQ(blocked, 0u);
    // The library keeps signals 32 and 33 for itself.
    EXPECT_EQ(ignored & 0x7fffffff, 0u);
}

Task<std::unique_ptr<Subprocess>> started(ProcessWish wish) {
    auto process = Subprocess::start(co_await asio::this_coro::executor, wish);
    co_return process ? std::move(*process) : nullptr;
}

Task<std::string> read_line(asio::posix::stream_descriptor& from) {
    std::string line;
    co_await asio::async_read_until(from, asio::dynamic_buffer(line), '\n', asio::use_awaitable);
    co_return line;
}

Task<ProcessEnd> stop_politely() {
    auto wish = command({"sh", "-c", "trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done"});
    wish.out = Stream::pipe;
    const auto process = co_await started(std::move(wish));
    co_await read_line(process->out());
    co_return co_await process->stop(std::chrono::seconds{20});
}
TEST_F(SubprocessTest, AsksItToEndFirst) { EXPECT_EQ(run_blocking(stop_politely()).code, 5); }

Task<ProcessEnd> stop_a_deaf_one() {
    auto wish = command({"sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.01; done"});
    wish.out = Stream::pipe;
    const auto process = co_await started(std::move(wish));
    co_await read_line(process->out());
    co_return co_await process->stop(std::chrono::milliseconds{30});
}
TEST_F(SubprocessTest, InsistsWhenAskingDoesNotHelp) {
    const auto end = run_blocking(stop_a_deaf_one());
    EXPECT_EQ(end.signal, SIGKILL);
    EXPECT_EQ(end.text(), "signal 9");
}

Task<bool> grandchild_ends_too() {
    auto wish = command({"sh", "-c", "sleep 1000 & echo started; exit 0"});
    wish.out = Stream::pipe;
    const auto process = co_await started(std::move(wish));
    co_await process->wait();
    // The pipe ends when nobody holds it: the sleeper had it too.
    std::string rest;
    co_await asio::async_read(process->out(), asio::dynamic_buffer(rest), asio::as_tuple(asio::use_awaitable));
    co_return rest == "started\n";
}
TEST_F(SubprocessTest, TakesTheWholeGroupWithIt) { EXPECT_TRUE(run_blocking(grandchild_ends_too())); }

Task<std::string> talk_over_the_channel() {
    auto wish = command({"sh", "-c", "read line <&3; echo \"heard $line\" >&3"});
    wish.channel = true;
    const auto process = co_await started(std::move(wish));
    const std::string hello = "hello\n";
    co_await asio::async_write(process->channel(), asio::buffer(hello), asio::use_awaitable);
    std::string answer;
    co_await asio::async_read_until(process->channel(), asio::dynamic_buffer(answer), '\n', asio::use_awaitable);
    co_await process->wait();
    co_return answer;
}
TEST_F(SubprocessTest, TalksOverItsChannel) { EXPECT_EQ(run_blocking(talk_over_the_channel()), "heard hello\n"); }

Task<int> forget_a_running_one() {
    const auto process = co_await started(command({"sleep", "1000"}));
    co_return process->pid();
}
TEST_F(SubprocessTest, KillsAndReapsWhatIsForgotten) {
    const int pid = run_blocking(forget_a_running_one());
    EXPECT_EQ(::kill(pid, 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

}  // namespace
}  // namespace ae::io
