#include "media/worker/backoff.hpp"

#include <gtest/gtest.h>

namespace ae::media::worker {
namespace {

TEST(BackoffTest, TheFirstFailureCostsNothingAndTheRestDoubleUpToTheMost) {
    Backoff backoff;
    EXPECT_EQ(backoff.failed(), Duration{0});
    EXPECT_EQ(backoff.failed(), Backoff::kFirst);
    EXPECT_EQ(backoff.failed(), Backoff::kFirst * 2);
    for (int i = 0; i < 20; ++i) backoff.failed();
    EXPECT_EQ(backoff.failed(), Backoff::kMost);
    backoff.succeeded();
    EXPECT_EQ(backoff.failed(), Duration{0});
}

}  // namespace
}  // namespace ae::media::worker
