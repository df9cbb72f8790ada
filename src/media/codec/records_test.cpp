#include "media/codec/records.hpp"

#include <gtest/gtest.h>

namespace ae::media {
namespace {

// Made by x265, libaom, libvpx and libopus; the FLAC header is written after RFC 9639.
const auto kHvcc = *from_hex("0101600000009000000000003ff000fcfdf8f800000f00");
const auto kAv1c = *from_hex("81010c000a0b0000000cc4ff6736be4010");
const auto kVpcc = *from_hex("010000000015820202020000");
const auto kOpus = *from_hex("4f707573486561640101380180bb0000000000");
const auto kFlac = *from_hex(
    "664c614380000022100010000000000000000ac442f000000000"
    "00000000000000000000000000000000");

TEST(CodecRecords, NameTheirCodecsAsBrowsersDo) {
    EXPECT_EQ(parse_hvcc(kHvcc)->codecs, "hvc1.1.6.L63.90");
    EXPECT_EQ(parse_av1c(kAv1c)->codecs, "av01.0.01M.08");
    EXPECT_EQ(parse_vpcc(kVpcc)->codecs, "vp09.00.21.08");
    EXPECT_EQ(parse_opus_head(kOpus)->codecs, "opus");
    EXPECT_EQ(parse_flac(kFlac)->codecs, "fLaC");
}

TEST(CodecRecords, SayTheSoundsRateAndChannels) {
    EXPECT_EQ(parse_opus_head(kOpus)->sample_rate, 48'000u);
    EXPECT_EQ(parse_opus_head(kOpus)->channels, 1u);
    EXPECT_EQ(parse_flac(kFlac)->sample_rate, 44'100u);
    EXPECT_EQ(parse_flac(kFlac)->channels, 2u);
}

TEST(CodecRecords, TakeVp9WithAndWithoutVersionInFront) { EXPECT_EQ(parse_vpcc(BytesView{kVpcc}.subspan(4))->codecs, "vp09.00.21.08"); }

TEST(CodecRecords, AreRefusedWhenCutShort) {
    for (std::size_t cut = 0; cut < 23; ++cut) EXPECT_FALSE(parse_hvcc(BytesView{kHvcc}.first(cut)));
    for (std::size_t cut = 0; cut < 4; ++cut) EXPECT_FALSE(parse_av1c(BytesView{kAv1c}.first(cut)));
    for (std::size_t cut = 0; cut < 6; ++cut) EXPECT_FALSE(parse_vpcc(BytesView{kVpcc}.first(cut)));
    for (std::size_t cut = 0; cut < 19; ++cut) EXPECT_FALSE(parse_opus_head(BytesView{kOpus}.first(cut)));
    for (std::size_t cut = 0; cut < 42; ++cut) EXPECT_FALSE(parse_flac(BytesView{kFlac}.first(cut)));
}

}  // namespace
}  // namespace ae::media
