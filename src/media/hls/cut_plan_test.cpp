#include "media/hls/cut_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace ae::media::hls {
namespace {

constexpr Timescale kVideo = kVideoTimescale;

TEST(PartTarget, IsTheFrameMultipleNearestToAFifthOfASecondInWholeMilliseconds) {
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 3000), 0.2);    // 30
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 1500), 0.2);    // 60
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 3600), 0.2);    // 25
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 3003), 0.201);  // 29.97: 200.2 ms
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 3750), 0.209);  // 24: 208.3 ms
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 18'000), 0.2);  // 5
    EXPECT_DOUBLE_EQ(part_target_for(kVideo, 90'000), 0.5);  // 1: parts end within frames
    EXPECT_DOUBLE_EQ(part_target_for(Timescale{48'000}, 1024), 0.192);
    EXPECT_DOUBLE_EQ(part_target_for(Timescale{44'100}, 1024), 0.209);
}

/// The cuts for frames of `fps` whose times are whole milliseconds, with a keyframe every `group`.
std::vector<Cut> cuts_for(double fps, int group, int frames) {
    const auto frame = std::llround(90'000 / fps);
    CutPlan plan{cut_rules(kVideo, part_target_for(kVideo, frame), frame, false), 0, true};
    std::vector<Cut> cuts;
    for (int i = 0; i < frames; ++i) plan.on_frame(std::llround(i * 1000 / fps) * 90, i % group == 0, cuts);
    return cuts;
}

class FrameRates : public testing::TestWithParam<double> {};

TEST_P(FrameRates, EveryPartEndsOnAFrameAndIsOfTheRightLength) {
    const double fps = GetParam();
    const auto target = part_target_for(kVideo, std::llround(90'000 / fps)) * 90'000;
    std::int64_t from = 0;
    for (const auto& cut : cuts_for(fps, static_cast<int>(fps * 2), 2000)) {
        const auto frame = std::llround(static_cast<double>(cut.at) / 90'000 * fps);
        EXPECT_EQ(cut.at, std::llround(static_cast<double>(frame) * 1000 / fps) * 90) << "a frame's time";
        EXPECT_LE(static_cast<double>(cut.at - from), target + 0.5);
        if (!cut.ends_segment) EXPECT_GE(static_cast<double>(cut.at - from), 0.85 * target);
        from = cut.at;
    }
}

INSTANTIATE_TEST_SUITE_P(All, FrameRates, testing::Values(24000 / 1001.0, 24, 25, 30000 / 1001.0, 30, 48, 50, 60000 / 1001.0, 60, 120));

std::vector<double> segment_lengths(const std::vector<Cut>& cuts) {
    std::vector<double> lengths;
    std::int64_t from = 0;
    for (const auto& cut : cuts) {
        if (!cut.ends_segment) continue;
        lengths.push_back(std::round(static_cast<double>(cut.at - from) / 9000) / 10);
        from = cut.at;
    }
    return lengths;
}

TEST(CutPlan, GathersShortGroupsIntoSegmentsOfAboutTwoSeconds) {
    EXPECT_THAT(segment_lengths(cuts_for(30, 30, 200)), testing::ElementsAre(2, 2, 2));
    EXPECT_THAT(segment_lengths(cuts_for(30, 15, 200)), testing::ElementsAre(2, 2, 2));
    EXPECT_THAT(segment_lengths(cuts_for(30, 1, 200)), testing::Each(testing::Le(2.0)));
}

TEST(CutPlan, KeepsAGroupWholeThatStillRoundsToTheTargetDuration) {
    EXPECT_THAT(segment_lengths(cuts_for(30, 180, 600)), testing::ElementsAre(6, 6, 6));
    EXPECT_THAT(segment_lengths(cuts_for(30000 / 1001.0, 180, 600)), testing::ElementsAre(6, 6, 6));
}

TEST(CutPlan, CutsALongerGroupAndThenIntoEqualPieces) {
    const auto cuts = cuts_for(30, 240, 1000);
    const auto lengths = segment_lengths(cuts);
    EXPECT_THAT(lengths, testing::ElementsAre(6.4, 1.6, 4, 4, 4, 4, 4, 4));
    std::vector<bool> forced;
    for (const auto& cut : cuts) {
        if (cut.ends_segment) forced.push_back(cut.forced);
    }
    EXPECT_THAT(forced, testing::ElementsAre(true, false, true, false, true, false, true, false));
}

TEST(CutPlan, CutsWithinAFrameThatLastsLongerThanAPart) {
    CutPlan plan{cut_rules(kVideo, 0.2, 3000, false), 0, true};
    std::vector<Cut> cuts;
    plan.on_frame(0, true, cuts);
    plan.on_frame(45'000, false, cuts);  // half a second later
    ASSERT_EQ(cuts.size(), 2u);
    EXPECT_EQ(cuts[0].at, 18'000);
    EXPECT_EQ(cuts[1].at, 36'000);
}

TEST(CutPlan, EndsTheLastPartWhereTheLastFrameEnds) {
    CutPlan plan{cut_rules(kVideo, 0.2, 3000, false), 0, true};
    std::vector<Cut> cuts;
    plan.on_frame(0, true, cuts);
    plan.finish(21'000, cuts);
    ASSERT_EQ(cuts.size(), 2u);
    EXPECT_EQ(cuts[1].at, 21'000);
    EXPECT_TRUE(cuts[1].ends_segment);
    EXPECT_FALSE(cuts[1].forced);
}

}  // namespace
}  // namespace ae::media::hls
