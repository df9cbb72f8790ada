// The pool with real programs: the one of the product, and the one that misbehaves.
#include "media/worker/worker_pool.hpp"

#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/run_blocking.hpp"
#include "media/job/misdeed.hpp"

namespace ae::media::worker {
namespace {

using job::Misdeed;

const std::string kProduct = std::string{AE_BUILD_DIR} + "/aethex-worker";
const std::string kTestProgram = std::string{AE_BUILD_DIR} + "/aethex-worker-test";

WorkerConfig test_config(const std::string& program) {
    WorkerConfig config;
    config.program = program;
    config.at_once = 1;
    return config;
}

class WorkerPoolTest : public testing::Test {
  protected:
    void SetUp() override {
        ::signal(SIGPIPE, SIG_IGN);
        log::configure(log::Level::error, log::Form::automatic);
    }
    void begin(WorkerConfig config) {
        config_ = std::move(config);
        shards_.start();
        pool_ = std::make_unique<WorkerPool>(shards_.at(0), config_);
        pool_->start();
    }
    void TearDown() override {
        if (pool_) io::run_blocking(pool_->stop());
        shards_.stop();
        shards_.join();
    }

    Result<Bytes> misbehave(Misdeed misdeed, Bytes more = {}) {
        more.insert(more.begin(), static_cast<std::uint8_t>(misdeed));
        return io::run_blocking(pool_->run("test", std::move(more)));
    }
    std::string reason_of(Misdeed misdeed) {
        const auto answer = misbehave(misdeed);
        return answer ? "" : std::string{answer.error().reason};
    }
    void expect_works() {
        const auto answer = misbehave(Misdeed::echo, {1, 2, 3});
        ASSERT_TRUE(answer) << answer.error().reason << " " << answer.error().detail;
        EXPECT_EQ(*answer, (Bytes{1, 2, 3}));
    }

    WorkerConfig config_;
    io::Shards shards_{1};
    std::unique_ptr<WorkerPool> pool_;
};

TEST_F(WorkerPoolTest, DoesOneJobAfterAnotherInTheSameProgram) {
    begin(test_config(kTestProgram));
    for (int i = 0; i < 50; ++i) expect_works();
    EXPECT_NE(metrics::exposition().find("aethex_worker_jobs_total{kind=\"test\",result=\"ok\"}"), std::string::npos);
}

TEST_F(WorkerPoolTest, RefusesWhatTheSandboxIsThereToRefuse) {
    begin(test_config(kTestProgram));
    for (const auto misdeed :
         {Misdeed::open, Misdeed::socket, Misdeed::execve, Misdeed::fork, Misdeed::connect_out, Misdeed::map_code, Misdeed::read_other}) {
        const auto answer = misbehave(misdeed);
        ASSERT_TRUE(answer) << answer.error().reason;
        EXPECT_EQ(*answer, Bytes{EPERM}) << static_cast<int>(misdeed);
    }
}

TEST_F(WorkerPoolTest, TheProductKnowsNoJobThatMisbehaves) {
    begin(test_config(kProduct));
    for (int kind = static_cast<int>(Misdeed::open); kind <= static_cast<int>(Misdeed::echo); ++kind) {
        EXPECT_EQ(reason_of(static_cast<Misdeed>(kind)), "job_invalid");
    }
}

TEST_F(WorkerPoolTest, ACrashFailsTheOneJobAndTheNextFindsAFreshProgram) {
    begin(test_config(kTestProgram));
    for (const auto misdeed : {Misdeed::crash, Misdeed::abort, Misdeed::exit_quietly, Misdeed::garble}) {
        expect_works();
        EXPECT_EQ(reason_of(misdeed), "worker_crashed");
        expect_works();
    }
}

TEST_F(WorkerPoolTest, AHangFailsTheOneJobWithinTheLimit) {
    auto config = test_config(kTestProgram);
    config.time_limit = std::chrono::milliseconds{300};
    begin(std::move(config));
    EXPECT_EQ(reason_of(Misdeed::hang), "worker_timed_out");
    expect_works();
}

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
TEST_F(WorkerPoolTest, MemoryEndsAtTheLimit) {
    begin(test_config(kTestProgram));
    const auto answer = misbehave(Misdeed::hoard);
    ASSERT_TRUE(answer);
    EXPECT_EQ(*answer, Bytes{1});
}
#endif

TEST_F(WorkerPoolTest, AMissingProgramIsSaidAtOnce) {
    begin(test_config("/nowhere/aethex-worker"));
    EXPECT_EQ(reason_of(Misdeed::echo), "worker_unavailable");
}

TEST_F(WorkerPoolTest, AProgramThatIsNoWorkerIsSaidAtOnce) {
    begin(test_config("/bin/true"));
    EXPECT_EQ(reason_of(Misdeed::echo), "worker_unavailable");
}

/// Runs jobs at the same time; answers their reasons, "" for those that went well.
io::Task<> collect(WorkerPool* pool, Misdeed misdeed, std::vector<std::string>* reasons) {
    Bytes body{static_cast<std::uint8_t>(misdeed)};
    auto job = pool->run("test", std::move(body));
    const auto answer = co_await std::move(job);
    reasons->push_back(answer ? "" : std::string{answer.error().reason});
}

io::Task<std::vector<std::string>> all_at_once(WorkerPool* pool, std::vector<Misdeed> misdeeds) {
    std::vector<std::string> reasons;
    io::TaskGroup group{co_await boost::asio::this_coro::executor, "test"};
    for (const auto misdeed : misdeeds) group.spawn("job", collect(pool, misdeed, &reasons));
    co_await group.wait();
    co_return reasons;
}

TEST_F(WorkerPoolTest, TwoPlacesWorkAtTheSameTime) {
    auto config = test_config(kTestProgram);
    config.at_once = 2;
    config.time_limit = std::chrono::milliseconds{400};
    begin(std::move(config));
    // The good one ends first although the bad one came first.
    const auto reasons = io::run_blocking(all_at_once(pool_.get(), {Misdeed::hang, Misdeed::echo}));
    EXPECT_EQ(reasons, (std::vector<std::string>{"", "worker_timed_out"}));
}

TEST_F(WorkerPoolTest, RefusesWhatWaitsTooLongAndWhatDoesNotFitTheQueue) {
    auto config = test_config(kTestProgram);
    config.most_waiting = 1;
    config.wait_limit = std::chrono::milliseconds{100};
    config.time_limit = std::chrono::milliseconds{600};
    begin(std::move(config));
    expect_works();
    const auto reasons = io::run_blocking(all_at_once(pool_.get(), {Misdeed::hang, Misdeed::echo, Misdeed::echo}));
    // Of three that come at once one is taken or waits, and of the rest nobody waits for ever.
    EXPECT_EQ(reasons.back(), "worker_timed_out");
    EXPECT_EQ(std::ranges::count(reasons, "worker_busy"), 2);
}

/// Our children that run this program.
std::vector<int> workers_running() {
    std::vector<int> pids;
    for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
        std::ifstream stat{entry.path() / "stat"};
        std::string pid, name, state;
        int parent = 0;
        if (stat >> pid >> name >> state >> parent && parent == ::getpid() && name.starts_with("(aethex-worker") && state != "Z")
            pids.push_back(std::stoi(pid));
    }
    return pids;
}

TEST_F(WorkerPoolTest, AProgramThatIsKilledBetweenJobsIsReplacedWithoutAnyJobFailing) {
    begin(test_config(kTestProgram));
    for (int i = 0; i < 5; ++i) {
        expect_works();
        const auto pids = workers_running();
        ASSERT_EQ(pids.size(), 1u);
        ASSERT_EQ(::kill(pids[0], SIGKILL), 0);
        // Until the kernel has closed its end, it is alive as far as anybody can see.
        while (!workers_running().empty()) std::this_thread::yield();
    }
    expect_works();
}

TEST_F(WorkerPoolTest, AProgramThatIsKilledInTheMiddleFailsThatJobAlone) {
    begin(test_config(kTestProgram));
    expect_works();
    const auto pids = workers_running();
    ASSERT_EQ(pids.size(), 1u);
    std::thread killer{[pid = pids[0]] {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        ::kill(pid, SIGKILL);
    }};
    EXPECT_EQ(reason_of(Misdeed::hang), "worker_crashed");
    killer.join();
    expect_works();
}

TEST_F(WorkerPoolTest, LeavesNoProgramBehind) {
    begin(test_config(kTestProgram));
    expect_works();
    io::run_blocking(pool_->stop());
    EXPECT_TRUE(workers_running().empty());
    EXPECT_EQ(reason_of(Misdeed::echo), "worker_busy");
}

}  // namespace
}  // namespace ae::media::worker
