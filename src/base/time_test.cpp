#include "base/time.hpp"

#include <gtest/gtest.h>

#include "base/media_time.hpp"

namespace ae {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

TEST(Rfc3339, IsWrittenInUtcWithMilliseconds) {
    EXPECT_EQ(to_rfc3339(from_micros(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(from_micros(1'795'159'979'120'999)), "2026-11-20T07:32:59.120Z");
    EXPECT_EQ(to_rfc3339(from_micros(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Rfc3339, IsReadWithFractionsAndOffsets) {
    const auto expected = from_micros(1'795'159'979'120'000);
    for (const char* text :
         {"2026-11-20T07:32:59.120Z", "2026-11-20t07:32:59.12z", "2026-11-20T08:32:59.1200000001+01:00", "2026-11-19T23:02:59.12-08:30"}) {
        EXPECT_EQ(from_rfc3339(text), expected) << text;
    }
    EXPECT_EQ(from_rfc3339("2024-02-29T00:00:00Z"), from_micros(1'709'164'800'000'000));
}

TEST(Rfc3339, RefusesWhatIsNoTime) {
    for (const char* wrong :
         {"", "2026", "2026-11-20", "2026-11-20T07:32:59", "2026-11-20 07:32:59Z", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z",
          "2026-11-20T24:00:00Z", "2026-11-20T00:60:00Z", "2026-11-20T00:00:61Z", "2026-11-20T00:00:00.Z", "2026-11-20T00:00:00+1:00",
          "2026-11-20T00:00:00+24:00", "2026-11-20T00:00:00Zx", "2026-1-020T00:00:00Z", "+026-11-20T00:00:00Z"}) {
        EXPECT_FALSE(from_rfc3339(wrong)) << wrong;
    }
}

TEST(ManualClock, StandsStillUntilItIsMoved) {
    ManualClock clock;
    const auto wall = clock.wall();
    const auto steady = clock.steady();
    EXPECT_EQ(clock.wall(), wall);
    clock.advance(seconds{3});
    EXPECT_EQ(clock.wall() - wall, seconds{3});
    EXPECT_EQ(clock.steady() - steady, seconds{3});
}

TEST(SystemClock, RunsForward) {
    const SystemClock clock;
    const auto first = clock.steady();
    EXPECT_GE(clock.steady(), first);
    EXPECT_GT(clock.wall(), from_micros(1'700'000'000'000'000));
}

TEST(MediaTime, RoundsToTheNearestTick) {
    EXPECT_EQ(rescale(1, Timescale{1000}, kVideoTimescale), 90);
    EXPECT_EQ(rescale(1024, Timescale{44'100}, kVideoTimescale), 2090);
    EXPECT_EQ(rescale(1, Timescale{2}, Timescale{1}), 1);
    EXPECT_EQ(rescale(-1, Timescale{2}, Timescale{1}), -1);
    EXPECT_EQ(rescale(-1, Timescale{3}, Timescale{1}), 0);
}

TEST(MediaTime, DoesNotOverflowInYears) {
    const std::int64_t ten_years = std::int64_t{10} * 365 * 86'400 * 90'000;
    EXPECT_EQ(to_duration(ten_years, kVideoTimescale), seconds{10 * 365 * 86'400});
    EXPECT_EQ(to_ticks(to_duration(ten_years, kVideoTimescale), kVideoTimescale), ten_years);
}

TEST(MediaTime, ComesBackFromMicrosecondsForEveryVideoTick) {
    for (std::int64_t ticks = -1000; ticks < 1000; ++ticks) EXPECT_EQ(to_ticks(to_duration(ticks, kVideoTimescale), kVideoTimescale), ticks);
}

}  // namespace
}  // namespace ae
