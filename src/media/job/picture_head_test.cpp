#include "media/job/picture_head.hpp"

#include <gtest/gtest.h>

namespace ae::media::job {
namespace {

Bytes bytes_of(std::string_view hex) { return *from_hex(hex); }

const Bytes kPng = bytes_of("89504e470d0a1a0a0000000d49484452000002800000016808020000009e1f2d3c");
const Bytes kGif = bytes_of("474946383961200003000000003b");

Bytes webp(std::string_view chunks) {
    Bytes out{'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'E', 'B', 'P'};
    const auto rest = bytes_of(chunks);
    out.insert(out.end(), rest.begin(), rest.end());
    out[4] = static_cast<std::uint8_t>(out.size() - 8);
    return out;
}

TEST(PictureHeadTest, ReadsTypeAndPixelsOfEachOfTheFour) {
    const auto png = read_picture_head(kPng);
    ASSERT_TRUE(png);
    EXPECT_EQ(png->type, PictureType::png);
    EXPECT_EQ(png->size, (PictureSize{640, 360}));
    EXPECT_EQ(content_type_of(png->type), "image/png");

    const auto gif = read_picture_head(kGif);
    ASSERT_TRUE(gif);
    EXPECT_EQ(gif->size, (PictureSize{32, 3}));

    // VP8X of 100 x 50; VP8L of 3 x 2; VP8 of 16 x 8.
    EXPECT_EQ(read_picture_head(webp("565038580a00000010000000630000310000"))->size, (PictureSize{100, 50}));
    EXPECT_EQ(read_picture_head(webp("5650384c050000002f0240000000"))->size, (PictureSize{3, 2}));
    EXPECT_EQ(read_picture_head(webp("565038200a0000009001009d012a10000800"))->size, (PictureSize{16, 8}));
}

TEST(PictureHeadTest, ReadsAJpegUpToItsScan) {
    // An APP0, then SOF2 (progressive), then the scan.
    const auto bytes = from_hex("ffd8ffe000104a46494600010100000100010000ffc2000b08028001e001011100ffda0008010100003f00ffd9");
    const auto jpeg = read_picture_head(*bytes);
    ASSERT_TRUE(jpeg);
    EXPECT_EQ(jpeg->type, PictureType::jpeg);
    EXPECT_EQ(jpeg->size, (PictureSize{480, 640}));
}

TEST(PictureHeadTest, TakesTheLargestOfWhatAWebpSays) {
    // VP8X says 1 x 1 and the bitstream 16383 x 16383.
    const auto head = read_picture_head(webp("565038580a00000000000000000000000000565038200a0000009001009d012aff3fff3f"));
    ASSERT_TRUE(head);
    EXPECT_EQ(head->size, (PictureSize{16383, 16383}));
}

TEST(PictureHeadTest, TellsByTheFirstBytesAlone) {
    for (const std::string_view text :
         {"", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "<html>", "BM", "II*", "%PDF-1.7", "\x89PNG", "GIF88a", "RIFF0000WAVE"}) {
        EXPECT_FALSE(read_picture_head(as_bytes(text))) << text;
        EXPECT_EQ(refusal_of(as_bytes(text), 100), Fault::type_unknown);
    }
}

TEST(PictureHeadTest, RefusesEveryHeadThatEndsTooSoon) {
    for (const auto& whole : {BytesView{kPng}.first(24), BytesView{kGif}.first(13)}) {
        for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read_picture_head(whole.first(size))) << size;
        EXPECT_TRUE(read_picture_head(whole));
    }
}

TEST(PictureHeadTest, RefusesMorePixelsThanAllowed) {
    EXPECT_FALSE(refusal_of(kPng, 230'400));
    EXPECT_EQ(refusal_of(kPng, 230'399), Fault::too_large);
    // 60 000 x 1: few pixels, and still no picture.
    auto thin = kPng;
    thin[16] = 0;
    thin[17] = 0;
    thin[18] = 0xea;
    thin[19] = 0x60;
    EXPECT_EQ(refusal_of(thin, 1'000'000'000), Fault::too_large);
}

}  // namespace
}  // namespace ae::media::job
