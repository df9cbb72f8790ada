#include "media/worker/worker_process.hpp"

#include <csignal>
#include <fstream>
#include <map>

#include <gtest/gtest.h>

#include "io/run_blocking.hpp"
#include "media/job/misdeed.hpp"

namespace ae::media::worker {
namespace {

using job::Misdeed;

ProcessWishes wishes(std::uint64_t cpu_seconds) { return {std::string{AE_BUILD_DIR} + "/aethex-worker-test", std::uint64_t{1} << 30, cpu_seconds}; }

/// `Name: value` lines of a file below /proc.
std::map<std::string, std::string> facts_of(const std::string& path) {
    std::map<std::string, std::string> facts;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(":\t");
        if (colon != std::string::npos) facts[line.substr(0, colon)] = line.substr(colon + 2);
    }
    return facts;
}

/// The hard limit of that name.
std::string hard_limit(const std::string& path, const std::string& name) {
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name)) continue;
        std::istringstream words{line.substr(26)};
        std::string soft, hard;
        words >> soft >> hard;
        return hard;
    }
    return "";
}

io::Task<> look_at_a_ready_one() {
    auto started = co_await WorkerProcess::start(wishes(60));
    EXPECT_TRUE(started);
    if (!started) co_return;
    const std::string proc = "/proc/" + std::to_string((*started)->pid());
    const auto facts = facts_of(proc + "/status");
    EXPECT_EQ(facts.at("Seccomp"), "2");
    EXPECT_EQ(facts.at("NoNewPrivs"), "1");
    for (const std::string name : {"Max open files", "Max processes", "Max file size", "Max core file size"}) {
        EXPECT_EQ(hard_limit(proc + "/limits", name), "0") << name;
    }
    EXPECT_EQ(hard_limit(proc + "/limits", "Max cpu time"), "60");
    co_await (*started)->stop();
}
TEST(WorkerProcessTest, IsInItsSandboxWhenItSaysItIsReady) { io::run_blocking(look_at_a_ready_one()); }

/// How many jobs of some CPU time a program did until it said that it goes.
io::Task<int> jobs_until_it_goes() {
    auto started = co_await WorkerProcess::start(wishes(2));
    if (!started) co_return -1;
    int jobs = 0;
    while ((*started)->usable()) {
        Bytes body{static_cast<std::uint8_t>(Misdeed::work_hard)};
        auto job = (*started)->work(std::move(body), std::chrono::seconds{20});
        const auto answer = co_await std::move(job);
        EXPECT_TRUE(answer) << (answer ? "" : answer.error().reason);
        if (!answer) co_return -1;
        ++jobs;
    }
    co_await (*started)->stop();
    co_return jobs;
}
TEST(WorkerProcessTest, GoesAfterAnAnswerWhenHalfItsTimeIsUsed) {
    ::signal(SIGPIPE, SIG_IGN);
    const int jobs = io::run_blocking(jobs_until_it_goes());
    EXPECT_GE(jobs, 2);
    EXPECT_LE(jobs, 6);
}

}  // namespace
}  // namespace ae::media::worker
