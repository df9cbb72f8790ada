#include "media/rtmp/attempts.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ae::media::rtmp {
namespace {

using std::chrono::seconds;

const SteadyTime kStart{seconds{1'000}};

TEST(Attempts, AnswerLaterEachTimeUpToABound) {
    Attempts attempts;
    Duration last{0};
    for (int i = 0; i < 6; ++i) {
        const auto delay = attempts.note_failure("192.0.2.1", kStart);
        EXPECT_GT(delay, last);
        last = delay;
    }
    EXPECT_EQ(attempts.note_failure("192.0.2.1", kStart), Attempts::kMaxDelay);
}

TEST(Attempts, NeverTouchAnotherAddress) {
    Attempts attempts;
    for (int i = 0; i < 1'000; ++i) attempts.note_failure("192.0.2.1", kStart);
    EXPECT_FALSE(attempts.may_ask("192.0.2.1", kStart));
    EXPECT_TRUE(attempts.may_ask("192.0.2.2", kStart));
    EXPECT_EQ(attempts.note_failure("192.0.2.2", kStart), Attempts::kFirstDelay);
}

TEST(Attempts, AreForgivenWithTimeAndByARightKey) {
    Attempts attempts;
    for (int i = 0; i < 100; ++i) attempts.note_failure("192.0.2.1", kStart);
    EXPECT_TRUE(attempts.may_ask("192.0.2.1", kStart + seconds{4}));
    for (int i = 0; i < 3; ++i) attempts.note_failure("192.0.2.3", kStart);
    EXPECT_EQ(attempts.note_failure("192.0.2.3", kStart + seconds{3'600}), Attempts::kFirstDelay);
    attempts.note_success("192.0.2.1");
    EXPECT_EQ(attempts.note_failure("192.0.2.1", kStart), Attempts::kFirstDelay);
}

TEST(Attempts, NeverRunOutForAnEncoderThatReconnectsEveryTenSeconds) {
    Attempts attempts;
    for (int i = 0; i < 1'000; ++i) {
        const auto now = kStart + seconds{10 * i};
        EXPECT_TRUE(attempts.may_ask("192.0.2.1", now));
        attempts.note_failure("192.0.2.1", now);
    }
}

TEST(Attempts, AreBoundedInTheirTable) {
    Attempts attempts;
    for (std::size_t i = 0; i < Attempts::kMaxAddresses + 500; ++i) attempts.note_failure(fmt::format("{}", i), kStart);
    EXPECT_EQ(attempts.size(), Attempts::kMaxAddresses);
}

}  // namespace
}  // namespace ae::media::rtmp
