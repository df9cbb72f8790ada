#include "media/workbench/picture_work.hpp"

#include <gtest/gtest.h>

#include "media/workbench/clean_file.hpp"
#include "media/workbench/encode.hpp"
#include "media/workbench/testing_pictures.hpp"

extern "C" {
#include <libavutil/log.h>
}

namespace ae::media::workbench {
namespace {

using job::Crop;
using job::Fault;
using job::Fit;
using job::PictureSize;
using testing::encoded;
using testing::is_about;
using testing::striped;

constexpr std::uint64_t kPixels = 1 << 20;
constexpr std::array<int, 3> kRed{0, 0, 255}, kGreen{0, 255, 0}, kBlue{255, 0, 0}, kWhite{255, 255, 255};

Canvas decoded(BytesView file) {
    auto canvas = decode_picture(file, kPixels);
    EXPECT_TRUE(canvas);
    return std::move(*canvas);
}

job::PictureJob job_of(Bytes file, std::vector<PictureSize> sizes) {
    return {.file = std::move(file), .shape = {std::move(sizes), Fit::cover}, .most_pixels = kPixels};
}

/// libav's remarks on broken pictures are no part of a test's report.
class Quiet : public ::testing::Environment {
  public:
    void SetUp() override { av_log_set_level(AV_LOG_QUIET); }
};
const auto* const kQuiet = ::testing::AddGlobalTestEnvironment(new Quiet);

TEST(PictureWorkTest, MakesEverySizeInBothFormsOfEachOfTheFourTypes) {
    for (const std::string encoder : {"png", "mjpeg", "libwebp", "gif"}) {
        const auto done = work_on(job_of(encoded(encoder, striped({320, 200})), {{64, 64}, {128, 32}, {500, 500}}));
        ASSERT_TRUE(done) << encoder;
        EXPECT_EQ(done->source, (PictureSize{320, 200}));
        ASSERT_EQ(done->all.size(), 3u);
        for (const auto& one : done->all) {
            const auto webp = job::read_picture_head(one.webp), jpeg = job::read_picture_head(one.jpeg);
            ASSERT_TRUE(webp && jpeg) << encoder;
            EXPECT_EQ(webp->type, job::PictureType::webp);
            EXPECT_EQ(jpeg->type, job::PictureType::jpeg);
            EXPECT_EQ(webp->size, one.size);
            EXPECT_EQ(jpeg->size, one.size);
        }
        for (const auto& file : {done->all[0].webp, done->all[0].jpeg}) {
            const auto canvas = decoded(file);
            EXPECT_TRUE(is_about(canvas, 10, 50, kRed)) << encoder;
            EXPECT_TRUE(is_about(canvas, 54, 50, kBlue)) << encoder;
            EXPECT_TRUE(is_about(canvas, 32, 5, kGreen)) << encoder;
        }
    }
}

TEST(PictureWorkTest, CutsOutThePartThatWasAskedFor) {
    auto job = job_of(encoded("png", striped({200, 100})), {{40, 40}});
    job.crop = Crop{101, 51, 49, 49};
    const auto done = work_on(job);
    ASSERT_TRUE(done);
    const auto canvas = decoded(done->all[0].webp);
    for (const std::uint32_t at : {2u, 20u, 37u}) EXPECT_TRUE(is_about(canvas, at, at, kBlue));
}

TEST(PictureWorkTest, RefusesAPartThatIsNotInside) {
    auto job = job_of(encoded("png", striped({200, 100})), {{40, 40}});
    for (const Crop crop : {Crop{0, 0, 201, 100}, Crop{1, 0, 200, 100}, Crop{0, 0, 0, 10}, Crop{0, 0, 10, 0}, Crop{200, 0, 1, 1},
                            Crop{0xffffffff, 0, 2, 2}, Crop{5, 5, 0xffffffff, 1}}) {
        job.crop = crop;
        const auto done = work_on(job);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error(), Fault::crop_outside);
    }
}

TEST(PictureWorkTest, KeepsTransparencyInWebpAndPutsJpegOnWhite) {
    auto canvas = striped({64, 64});
    for (std::uint32_t x = 0; x < 64; ++x) {
        for (std::uint32_t y = 0; y < 64; ++y) canvas.at(x, y)[3] = y < 32 ? 255 : 0;
    }
    const auto done = work_on(job_of(encoded("png", canvas), {{64, 64}}));
    ASSERT_TRUE(done);
    const auto webp = decoded(done->all[0].webp), jpeg = decoded(done->all[0].jpeg);
    EXPECT_EQ(testing::pixel(webp, 10, 60)[3], 0);
    EXPECT_EQ(testing::pixel(webp, 10, 4)[3], 255);
    EXPECT_TRUE(is_about(jpeg, 10, 60, kWhite));
    EXPECT_TRUE(is_about(jpeg, 10, 4, kGreen));
}

/// An Exif segment that says how the camera was held, put behind the start of a JPEG.
Bytes with_orientation(const Bytes& jpeg, std::uint8_t orientation) {
    Bytes segment{0xff, 0xe1, 0, 0};
    ByteWriter out{segment};
    out.text(std::string_view{"Exif\0\0MM\0\x2a", 10}).u32(8).u16(1).u16(274).u16(3).u32(1).u16(orientation).u16(0).u32(0);
    segment[2] = static_cast<std::uint8_t>((segment.size() - 2) >> 8);
    segment[3] = static_cast<std::uint8_t>(segment.size() - 2);
    Bytes file = jpeg;
    file.insert(file.begin() + 2, segment.begin(), segment.end());
    return file;
}

TEST(PictureWorkTest, TurnsAPictureAsTheCameraWasHeld) {
    const auto jpeg = encoded("mjpeg", striped({160, 80}));
    // Where the green band is seen: top, top, bottom, bottom, left, right, right, left.
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> green{{80, 5}, {80, 5}, {80, 75}, {80, 75}, {5, 80}, {75, 80}, {75, 80}, {5, 80}};
    // Where the red half is seen.
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> red{{30, 50}, {130, 50}, {130, 30}, {30, 30},
                                                                   {50, 30}, {30, 30},  {30, 130}, {50, 130}};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto canvas = decoded(with_orientation(jpeg, static_cast<std::uint8_t>(orientation)));
        EXPECT_EQ(canvas.size(), (orientation >= 5 ? PictureSize{80, 160} : PictureSize{160, 80})) << orientation;
        const auto at = static_cast<std::size_t>(orientation - 1);
        EXPECT_TRUE(is_about(canvas, green[at].first, green[at].second, kGreen)) << orientation;
        EXPECT_TRUE(is_about(canvas, red[at].first, red[at].second, kRed)) << orientation;
    }
}

TEST(PictureWorkTest, MakesTheSameBytesOfTheSamePicture) {
    const auto job = job_of(encoded("png", striped({100, 100})), {{64, 64}});
    EXPECT_EQ(work_on(job), work_on(job));
}

TEST(PictureWorkTest, FitsAPictureInsideWithoutCuttingIt) {
    auto job = job_of(encoded("png", striped({400, 100})), {{200, 200}, {40, 400}});
    job.shape.fit = Fit::inside;
    const auto done = work_on(job);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->all[0].size, (PictureSize{200, 50}));
    EXPECT_EQ(done->all[1].size, (PictureSize{40, 10}));
}

/// NAL units behind start codes to NAL units behind 4-byte lengths.
std::vector<Bytes> nal_units(BytesView annex_b) {
    std::vector<Bytes> units;
    std::size_t zeros = 0;
    for (const auto byte : annex_b) {
        if (byte == 1 && zeros >= 2) {
            if (!units.empty()) units.back().resize(units.back().size() - std::min(zeros, units.back().size()));
            units.emplace_back();
        } else if (!units.empty()) {
            units.back().push_back(byte);
        }
        zeros = byte == 0 ? zeros + 1 : 0;
    }
    return units;
}

job::KeyframeJob keyframe_of(const Canvas& canvas) {
    job::KeyframeJob job{{}, {}, {{{80, 80}}, Fit::inside}, kPixels};
    Bytes sps, pps;
    ByteWriter access_unit{job.access_unit};
    for (const auto& unit : nal_units(encoded("libx264", canvas))) {
        const int type = unit[0] & 0x1f;
        if (type == 7) sps = unit;
        else if (type == 8) pps = unit;
        else access_unit.u32(unit.size()).bytes(unit);
    }
    ByteWriter{job.decoder_config}
        .u8(1)
        .bytes(BytesView{sps}.subspan(1, 3))
        .u8(0xff)
        .u8(0xe1)
        .u16(sps.size())
        .bytes(sps)
        .u8(1)
        .u16(pps.size())
        .bytes(pps);
    return job;
}

TEST(PictureWorkTest, MakesAThumbnailOfOneKeyframe) {
    const auto job = keyframe_of(striped({320, 180}));
    const auto done = work_on(job);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->source, (PictureSize{320, 180}));
    ASSERT_EQ(done->all.size(), 1u);
    EXPECT_EQ(done->all[0].size, (PictureSize{80, 45}));
    const auto canvas = decoded(done->all[0].jpeg);
    EXPECT_TRUE(is_about(canvas, 10, 40, kRed));
    EXPECT_TRUE(is_about(canvas, 70, 40, kBlue));
    EXPECT_TRUE(is_about(canvas, 40, 3, kGreen));
}

TEST(PictureWorkTest, RefusesAKeyframeThatIsNone) {
    const auto good = keyframe_of(striped({320, 180}));
    auto no_config = good;
    no_config.decoder_config.clear();
    EXPECT_EQ(work_on(no_config).error(), Fault::broken);
    auto no_picture = good;
    no_picture.access_unit = {0, 0, 0, 1, 0x65};
    EXPECT_EQ(work_on(no_picture).error(), Fault::broken);
    auto bounded = good;
    bounded.most_pixels = 320 * 180 - 1;
    EXPECT_FALSE(work_on(bounded));
}

TEST(PictureWorkTest, SaysWhatItDoesNotKnow) {
    for (const Bytes& body : {Bytes{}, Bytes{0}, Bytes{1}, Bytes{2, 3}, Bytes{3}, Bytes{200}, Bytes{255, 1, 2}}) {
        const auto done = work_on_message(body);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error(), Fault::job_invalid);
    }
}

}  // namespace
}  // namespace ae::media::workbench
