#include "net/mail/retry_schedule.hpp"

#include <gtest/gtest.h>

namespace ae::mail {
namespace {

using std::chrono::seconds;

TEST(RetrySchedule, TriesANewMailAtOnceOldestFirst) {
    RetrySchedule schedule{seconds{10}};
    const SteadyTime now{seconds{1000}};
    EXPECT_EQ(schedule.due(now), std::nullopt);
    EXPECT_EQ(schedule.next(), std::nullopt);
    schedule.add("b", now);
    schedule.add("a", now);
    EXPECT_EQ(schedule.due(now), "a");
    schedule.remove("a");
    EXPECT_EQ(schedule.due(now), "b");
    EXPECT_EQ(schedule.size(), 1U);
}

TEST(RetrySchedule, WaitsLongerEachTimeUpToAnHour) {
    RetrySchedule schedule{seconds{15}};
    SteadyTime now{seconds{1000}};
    schedule.add("a", now);
    for (const int wait : {15, 60, 240, 960, 3600, 3600, 3600}) {
        schedule.put_off("a", now);
        EXPECT_EQ(schedule.next(), now + seconds{wait});
        EXPECT_EQ(schedule.due(now + seconds{wait} - Duration{1}), std::nullopt);
        now += seconds{wait};
        EXPECT_EQ(schedule.due(now), "a");
    }
    EXPECT_EQ(schedule.attempts("a"), 7);
}

TEST(RetrySchedule, AServerThatIsDownHoldsAllMailsBack) {
    RetrySchedule schedule{seconds{10}};
    const SteadyTime now{seconds{1000}};
    schedule.add("a", now);
    schedule.add("b", now);
    schedule.put_off_all("a", now);
    EXPECT_EQ(schedule.due(now), std::nullopt);
    EXPECT_EQ(schedule.next(), now + seconds{10});
    EXPECT_EQ(schedule.attempts("b"), 0) << "it was not tried";
    // One that is refused alone holds back nobody.
    schedule.put_off("a", now + seconds{10});
    EXPECT_EQ(schedule.due(now + seconds{10}), "b");
}

}  // namespace
}  // namespace ae::mail
