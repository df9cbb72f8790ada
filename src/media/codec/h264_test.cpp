#include <gtest/gtest.h>

#include "media/codec/h264_config.hpp"
#include "media/codec/h264_sps.hpp"
#include "media/codec/nal_units.hpp"

namespace ae::media {
namespace {

struct Picture {
    const char* what;
    const char* record;
    std::uint32_t width, height;
    double rate;
    const char* codecs;
    std::uint8_t chroma, depth;
};

// Records that x264 made.
const std::vector<Picture> kPictures{
    {"High 720p30", "0164001fffe1001a6764001facd9405005bb0110000003001000000303c0f183196001000668ebe3cb22c0fdf8f800", 1280, 720, 30, "avc1.64001f", 1,
     8},
    {"Main 1080p60, cropped", "014d402affe1001a674d402aeca03c0113f2e022000003000200000300f01e30632c01000568ebe3cb20", 1920, 1080, 60, "avc1.4d402a",
     1, 8},
    {"Baseline, odd width", "0142c01effe100196742c01ed900d83de6f011000003000100000300320f162e4801000568cb83cb20", 854, 480, 25, "avc1.42c01e", 1, 8},
    {"High 10, 29.97", "016e001effe10019676e001ea6cd940a02ff97011000003e90000ea600f162d96001000668ebe3cb22c0fdfafa00", 640, 360, 30'000.0 / 1001,
     "avc1.6e001e", 1, 10},
    {"High 4:2:2", "017a001effe1001b677a001ebcd940a42fe227c044000003000400000300f03c58b65801000668ebe3cb22c0fef8f800", 642, 362, 30, "avc1.7a001e", 2,
     8},
    {"High 4:4:4", "01f4001effe1001a67f4001e919b281485fc7cf808800000030080000018078b16cb01000668ebe3c44844fff8f800", 642, 362, 24, "avc1.f4001e", 3,
     8},
    {"interlaced 1080", "01640028ffe1001a67640028acd94078044fde0220000003002000000643e2c5b2c001000668fba3cb22c0fdf8f800", 1920, 1080, 25,
     "avc1.640028", 1, 8},
};

TEST(H264, ReadsTheParameterSetsOfEveryProfile) {
    for (const auto& picture : kPictures) {
        SCOPED_TRACE(picture.what);
        const auto record = *from_hex(picture.record);
        const auto config = h264::parse_avcc(record);
        ASSERT_TRUE(config);
        const auto format = h264::make_format(*config, record);
        EXPECT_EQ(format.width, picture.width);
        EXPECT_EQ(format.height, picture.height);
        EXPECT_NEAR(format.frame_rate, picture.rate, 1e-6);
        EXPECT_EQ(format.codecs, picture.codecs);
        EXPECT_EQ(config->first.chroma_format, picture.chroma);
        EXPECT_EQ(config->first.bit_depth, picture.depth);
        EXPECT_EQ(config->length_size, 4u);
        EXPECT_EQ(format.decoder_config, record);
    }
}

TEST(H264, RefusesARecordCutAnywhereBeforeItsParameterSetsEnd) {
    for (const auto& picture : kPictures) {
        const auto record = *from_hex(picture.record);
        const std::size_t sps = record[6] * 256u + record[7];
        const std::size_t pps_at = 8 + sps + 1;
        const std::size_t end = pps_at + 2 + record[pps_at] * 256u + record[pps_at + 1];
        for (std::size_t cut = 0; cut < end; ++cut) EXPECT_FALSE(h264::parse_avcc(BytesView{record}.first(cut))) << picture.what << " " << cut;
        EXPECT_TRUE(h264::parse_avcc(BytesView{record}.first(end)));
    }
}

TEST(H264, SaysFourByteLengthsWhateverTheRecordSaid) {
    auto record = *from_hex(kPictures[0].record);
    record[4] = 0xfd;
    const auto config = h264::parse_avcc(record);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->length_size, 2u);
    EXPECT_EQ(h264::make_format(*config, record).decoder_config[4], 0xff);
    record[4] = 0xfe;
    EXPECT_FALSE(h264::parse_avcc(record)) << "length size 3 does not exist";
}

TEST(H264, RefusesAnAbsurdPicture) {
    // Baseline, level 3: 65 536 macroblocks wide, one high.
    const auto parsed = h264::parse_sps(*from_hex("6742001edc00010000e4"));
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().reason, "picture_too_large");
}

TEST(H264, RemovesEmulationPreventionOnlyAfterTwoZeros) {
    EXPECT_EQ(to_hex(h264::unescape(*from_hex("00000301000003000003ff0003"))),
              "0000010000"
              "0000ff0003");
    EXPECT_EQ(to_hex(h264::unescape(*from_hex("000000030003"))), "0000000003");
}

Bytes unit(unsigned length_size, std::initializer_list<std::uint8_t> nal) {
    Bytes out;
    for (unsigned i = length_size; i-- > 0;) out.push_back(static_cast<std::uint8_t>(nal.size() >> 8 * i));
    out.insert(out.end(), nal);
    return out;
}
Bytes join(std::initializer_list<Bytes> parts) {
    Bytes out;
    for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

TEST(NalUnits, FindsAnIdrBehindOtherUnits) {
    auto payload = join({unit(4, {0x09, 0xf0}), unit(4, {0x06, 1, 2}), unit(4, {0x65, 9, 9})});
    const auto before = payload;
    const auto seen = normalise_access_unit(payload, 4, Codec::h264);
    ASSERT_TRUE(seen);
    EXPECT_TRUE(seen->idr && seen->picture);
    EXPECT_EQ(payload, before);
}

TEST(NalUnits, TakesARecoveryPointForNoKeyframe) {
    // SEI recovery point, then an I slice that is no IDR: the start of an open group of pictures.
    auto payload = join({unit(4, {0x06, 0x06, 0x01, 0xc4, 0x80}), unit(4, {0x41, 0x88, 0x84})});
    const auto seen = normalise_access_unit(payload, 4, Codec::h264);
    ASSERT_TRUE(seen);
    EXPECT_FALSE(seen->idr);
    EXPECT_TRUE(seen->picture);
}

TEST(NalUnits, TakesHevcIdrAndNotCraForAKeyframe) {
    auto idr = unit(4, {19 << 1, 1, 7}), cra = unit(4, {21 << 1, 1, 7});
    EXPECT_TRUE(normalise_access_unit(idr, 4, Codec::hevc)->idr);
    EXPECT_FALSE(normalise_access_unit(cra, 4, Codec::hevc)->idr);
}

TEST(NalUnits, RewritesShortLengths) {
    for (const unsigned size : {1u, 2u}) {
        auto payload = join({unit(size, {0x67, 1}), unit(size, {0x65, 2, 3})});
        ASSERT_TRUE(normalise_access_unit(payload, size, Codec::h264));
        EXPECT_EQ(payload, join({unit(4, {0x67, 1}), unit(4, {0x65, 2, 3})}));
    }
}

TEST(NalUnits, LeavesEmptyUnitsOut) {
    auto payload = join({unit(4, {}), unit(4, {0x41, 2}), unit(4, {})});
    ASSERT_TRUE(normalise_access_unit(payload, 4, Codec::h264));
    EXPECT_EQ(payload, unit(4, {0x41, 2}));
}

TEST(NalUnits, RefusesLengthsThatDoNotAddUp) {
    const auto whole = join({unit(4, {0x67, 1, 2}), unit(4, {0x65, 3, 4, 5})});
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        auto payload = Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut));
        EXPECT_EQ(normalise_access_unit(payload, 4, Codec::h264).has_value(), cut == 7) << cut;
    }
    auto huge = *from_hex("ffffffff65");
    EXPECT_FALSE(normalise_access_unit(huge, 4, Codec::h264));
    // Annex B start codes, as a careless muxer leaves them.
    auto annex_b = *from_hex("000000016742001e0000000165888400");
    EXPECT_FALSE(normalise_access_unit(annex_b, 4, Codec::h264));
}

}  // namespace
}  // namespace ae::media
