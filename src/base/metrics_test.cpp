#include "base/metrics.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

namespace ae::metrics {
namespace {

using testing::HasSubstr;

TEST(Metrics, AreOneSeriesForTheSameNameAndLabels) {
    auto& first = counter("test_one_series_total", "Counts.", {{"kind", "a"}});
    auto& same = counter("test_one_series_total", "Counts.", {{"kind", "a"}});
    auto& other = counter("test_one_series_total", "Counts.", {{"kind", "b"}});
    EXPECT_EQ(&first, &same);
    EXPECT_NE(&first, &other);
    first.add(3);
    EXPECT_EQ(same.value(), 3u);
    EXPECT_EQ(other.value(), 0u);
}

TEST(Metrics, AreWrittenWithHelpTypeAndSortedSeries) {
    counter("test_written_total", "What\nis \\ counted.", {{"kind", "b"}}).add(2);
    counter("test_written_total", "What\nis \\ counted.", {{"kind", "a\"\\\n"}}).add();
    EXPECT_THAT(exposition(), HasSubstr("# HELP test_written_total What\\nis \\\\ counted.\n"
                                        "# TYPE test_written_total counter\n"
                                        "test_written_total{kind=\"a\\\"\\\\\\n\"} 1\n"
                                        "test_written_total{kind=\"b\"} 2\n"));
}

TEST(Metrics, WriteAHistogramCumulatively) {
    const double bounds[] = {0.5, 1, 2.5};
    auto& sizes = histogram("test_sizes_bytes", "Sizes.", bounds, {{"kind", "a"}});
    for (const double value : {0.25, 0.5, 0.75, 9.0}) sizes.observe(value);
    EXPECT_THAT(exposition(), HasSubstr("# TYPE test_sizes_bytes histogram\n"
                                        "test_sizes_bytes_bucket{kind=\"a\",le=\"0.5\"} 2\n"
                                        "test_sizes_bytes_bucket{kind=\"a\",le=\"1\"} 3\n"
                                        "test_sizes_bytes_bucket{kind=\"a\",le=\"2.5\"} 3\n"
                                        "test_sizes_bytes_bucket{kind=\"a\",le=\"+Inf\"} 4\n"
                                        "test_sizes_bytes_sum{kind=\"a\"} 10.5\n"
                                        "test_sizes_bytes_count{kind=\"a\"} 4\n"));
}

TEST(Metrics, WriteGaugesAndTheNumbersThatAreNone) {
    auto& level = gauge("test_level_bytes", "Level.");
    level.set(2.5);
    level.add(-1);
    EXPECT_THAT(exposition(), HasSubstr("\ntest_level_bytes 1.5\n"));
    level.set(std::numeric_limits<double>::infinity());
    EXPECT_THAT(exposition(), HasSubstr("\ntest_level_bytes +Inf\n"));
    level.set(std::nan(""));
    EXPECT_THAT(exposition(), HasSubstr("\ntest_level_bytes NaN\n"));
}

TEST(Metrics, AskAGaugeWhenTheyAreWritten) {
    double value = 1;
    gauge_from("test_asked_bytes", "Asked.", {{"of", "x"}}, [&value] { return value; });
    value = 7;
    EXPECT_THAT(exposition(), HasSubstr("test_asked_bytes{of=\"x\"} 7\n"));
    gauge_from("test_asked_bytes", "Asked.", {{"of", "x"}}, [] { return 0.0; });
}

TEST(Metrics, LoseNothingBetweenThreads) {
    auto& counted = counter("test_threads_total", "Counts.");
    auto& timed = histogram("test_threads_seconds", "Times.", latency_bounds());
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 10'000; ++j) {
                counted.add();
                timed.observe(1);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(counted.value(), 40'000u);
    EXPECT_THAT(exposition(), HasSubstr("test_threads_seconds_sum 40000\ntest_threads_seconds_count 40000\n"));
}

TEST(MetricsDeathTest, FailACheckWhenANameIsUsedForTwoThings) {
    counter("test_two_things_total", "Counts.");
    EXPECT_DEATH(counter("test_two_things_total", "Counts other things."), "one help text");
    EXPECT_DEATH(gauge("test_two_things_total", "Counts."), "_total");
    EXPECT_DEATH(counter("test_without_ending", "Counts."), "_total");
    EXPECT_DEATH(gauge("Test-Name", "Level."), "lower-case");
}

TEST(Metrics, PassPrometheusOwnCheck) {
    // Also the page of a process that has used every kind with and without labels.
    counter("test_page_total", "Counts.").add();
    gauge("test_page_bytes", "Level.", {{"kind", "a"}}).set(1e300);
    histogram("test_page_seconds", "Times.", latency_bounds(), {{"kind", "a"}}).observe(0.003);
    gauge("test_level_bytes", "Level.").set(0);
    const auto path = testing::TempDir() + "metrics_" + std::to_string(::getpid()) + ".txt";
    std::ofstream{path} << exposition();
    const auto command = "promtool check metrics < " + path + " 2>&1";
    FILE* const promtool = ::popen(command.c_str(), "r");
    ASSERT_NE(promtool, nullptr);
    std::string said;
    char chunk[1024];
    while (const auto count = std::fread(chunk, 1, sizeof chunk, promtool)) said.append(chunk, count);
    EXPECT_EQ(::pclose(promtool), 0) << said;
    EXPECT_EQ(said, "");
    std::remove(path.c_str());
}

}  // namespace
}  // namespace ae::metrics
