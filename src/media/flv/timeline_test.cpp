#include "media/flv/timeline.hpp"

#include <gtest/gtest.h>

namespace ae::media::flv {
namespace {

TEST(Timeline, BeginsAtZeroWhereverThePublisherBegins) {
    Timeline timeline;
    Timeline::Track video, audio;
    EXPECT_EQ(timeline.place(video, 123'456).ms, 0);
    EXPECT_EQ(timeline.place(audio, 123'440).ms, -16);
    EXPECT_EQ(timeline.place(video, 123'489).ms, 33);
}

TEST(Timeline, GoesOnWhenThirtyTwoBitsWrap) {
    Timeline timeline;
    Timeline::Track video;
    timeline.place(video, 0xffffffff - 15);
    const auto after = timeline.place(video, 24);
    EXPECT_EQ(after.ms, 40);
    EXPECT_FALSE(after.discontinuity);
}

TEST(Timeline, GoesOnAfterTheLatestFrameWhenTheEncoderStartsAgain) {
    Timeline timeline;
    Timeline::Track video, audio;
    for (std::uint32_t i = 0; i <= 100; ++i) {
        timeline.place(video, i * 40);
        timeline.place(audio, i * 40 + 5);
    }
    const auto video_again = timeline.place(video, 0);
    EXPECT_TRUE(video_again.discontinuity);
    EXPECT_GT(video_again.ms, 4'005);
    EXPECT_LE(video_again.ms, 4'005 + 100);
    const auto audio_again = timeline.place(audio, 5);
    EXPECT_TRUE(audio_again.discontinuity);
    EXPECT_EQ(audio_again.ms, video_again.ms + 5);
    EXPECT_FALSE(timeline.place(video, 40).discontinuity);
    EXPECT_FALSE(timeline.place(audio, 45).discontinuity);
}

TEST(Timeline, KeepsAStragglerOfTheOldClockInItsPlace) {
    Timeline timeline;
    Timeline::Track video, audio;
    timeline.place(video, 100'000);
    timeline.place(audio, 100'000);
    EXPECT_TRUE(timeline.place(video, 0).discontinuity);
    const auto straggler = timeline.place(audio, 100'021);
    EXPECT_FALSE(straggler.discontinuity);
    EXPECT_EQ(straggler.ms, 21);
    EXPECT_TRUE(timeline.place(audio, 40).discontinuity);
    EXPECT_FALSE(timeline.place(video, 40).discontinuity);
}

TEST(Timeline, TakesAJumpForwardForANewClockUnlessTheOtherTrackIsThere) {
    Timeline timeline;
    Timeline::Track video, audio;
    timeline.place(video, 0);
    timeline.place(audio, 0);
    for (std::uint32_t i = 1; i <= 1'000; ++i) timeline.place(video, i * 40);
    const auto muted_for_forty_seconds = timeline.place(audio, 40'000);
    EXPECT_FALSE(muted_for_forty_seconds.discontinuity);
    EXPECT_EQ(muted_for_forty_seconds.ms, 40'000);
    const auto jump = timeline.place(video, 4'000'000);
    EXPECT_TRUE(jump.discontinuity);
    EXPECT_LE(jump.ms, 40'100);
}

TEST(Timeline, LetsAudioBeLateByFiveSeconds) {
    Timeline timeline;
    Timeline::Track video, audio;
    for (std::uint32_t i = 0; i <= 200; ++i) timeline.place(video, i * 40);
    for (std::uint32_t i = 0; i < 100; ++i) {
        const auto sound = timeline.place(audio, 3'000 + i * 21);
        EXPECT_FALSE(sound.discontinuity);
        EXPECT_EQ(sound.ms, 3'000 + i * 21);
        EXPECT_FALSE(timeline.place(video, 8'040 + i * 40).discontinuity);
    }
}

TEST(Timeline, LetsTwoTracksLiveOnClocksFarApart) {
    Timeline timeline;
    Timeline::Track video, audio;
    timeline.place(video, 0);
    int breaks = 0;
    for (std::uint32_t i = 0; i < 100; ++i) {
        breaks += timeline.place(audio, 3'600'000 + i * 21).discontinuity;
        breaks += timeline.place(video, 40 + i * 40).discontinuity;
    }
    EXPECT_LE(breaks, 1);
}

TEST(SampleClock, CountsSamplesInsteadOfMilliseconds) {
    SampleClock clock;
    constexpr Timescale kRate{44'100};
    for (std::int64_t i = 0; i < 5'000; ++i) EXPECT_EQ(clock.place(i * 1024 * 1000 / 44'100, 1024, kRate, false), i * 1024);
}

TEST(SampleClock, ComesBackToTheTimestampsWhenTheyAreFortyMillisecondsApart) {
    SampleClock clock;
    constexpr Timescale kRate{48'000};
    clock.place(0, 1024, kRate, false);
    EXPECT_EQ(clock.place(21 + 39, 1024, kRate, false), 1024);
    EXPECT_EQ(clock.place(42 + 80, 1024, kRate, false), 122 * 48);
}

TEST(SampleClock, OnlyRises) {
    SampleClock clock;
    constexpr Timescale kRate{48'000};
    std::int64_t last = -1;
    for (const std::int64_t ms : {0, 1'000, 1'021, 500, 400, 2'000, 0, 0, 0}) {
        const auto dts = clock.place(ms, 1024, kRate, false);
        EXPECT_GT(dts, last);
        last = dts;
    }
}

TEST(SampleClock, FollowsTheTimestampsWhenTheFrameLengthIsNotKnown) {
    SampleClock clock;
    constexpr Timescale kRate{48'000};
    EXPECT_EQ(clock.place(0, 0, kRate, false), 0);
    EXPECT_EQ(clock.place(20, 0, kRate, false), 960);
}

}  // namespace
}  // namespace ae::media::flv
