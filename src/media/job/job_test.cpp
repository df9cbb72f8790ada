#include "media/job/job.hpp"

#include <gtest/gtest.h>

namespace ae::media::job {
namespace {

PictureJob a_picture_job() {
    return {.file = {1, 2, 3}, .shape = {{{64, 64}, {256, 256}}, Fit::cover}, .crop = Crop{1, 2, 30, 40}, .most_pixels = 9};
}

BytesView behind_kind(const Bytes& bytes) { return BytesView{bytes}.subspan(1); }

TEST(JobTest, EveryJobAndAnswerComesBackTheSame) {
    const auto picture = a_picture_job();
    EXPECT_EQ(picture_job_from(behind_kind(to_bytes(picture))), picture);
    auto uncropped = picture;
    uncropped.crop = {};
    EXPECT_EQ(picture_job_from(behind_kind(to_bytes(uncropped))), uncropped);
    const KeyframeJob keyframe{{1, 2}, {3, 4, 5}, {{{320, 180}}, Fit::inside}, 7};
    EXPECT_EQ(keyframe_job_from(behind_kind(to_bytes(keyframe))), keyframe);
    const Renditions renditions{{640, 480}, {{{64, 64}, {1}, {2, 3}}, {{32, 32}, {}, {9}}}};
    EXPECT_EQ(renditions_from(to_bytes(renditions)), renditions);
}

TEST(JobTest, RefusesEveryHalfOfOne) {
    const auto bytes = to_bytes(a_picture_job());
    for (std::size_t size = 0; size + 1 < bytes.size(); ++size) EXPECT_FALSE(picture_job_from(behind_kind(bytes).first(size))) << size;
    auto longer = bytes;
    longer.push_back(0);
    EXPECT_FALSE(picture_job_from(behind_kind(longer)));
}

TEST(JobTest, RefusesSizesThatNobodyShows) {
    for (const auto& sizes : {std::vector<PictureSize>{}, std::vector<PictureSize>(9, {1, 1}), {{0, 1}}, {{1, 0}}, {{4097, 1}}}) {
        auto job = a_picture_job();
        job.shape.sizes = sizes;
        EXPECT_FALSE(picture_job_from(behind_kind(to_bytes(job))));
    }
}

TEST(JobTest, EveryFaultHasItsOwnStableReasonAndSurvivesAByte) {
    const std::vector<std::pair<Fault, std::string_view>> promised{{Fault::job_invalid, "job_invalid"},
                                                                   {Fault::type_unknown, "picture_type_unknown"},
                                                                   {Fault::too_large, "picture_too_large"},
                                                                   {Fault::broken, "picture_broken"},
                                                                   {Fault::crop_outside, "crop_outside"}};
    for (const auto& [fault, reason] : promised) {
        EXPECT_EQ(reason_of(fault), reason);
        EXPECT_FALSE(sentence_of(fault).empty());
        EXPECT_EQ(fault_from(static_cast<std::uint8_t>(fault)), fault);
    }
    EXPECT_FALSE(fault_from(0));
    EXPECT_FALSE(fault_from(6));
}

}  // namespace
}  // namespace ae::media::job
