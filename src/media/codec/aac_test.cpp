#include "media/codec/aac.hpp"

#include <gtest/gtest.h>

namespace ae::media::aac {
namespace {

struct Case {
    const char* what;
    const char* bytes;
    AudioSpecificConfig config;
};

const std::vector<Case> kCases{
    {"LC 48 kHz stereo", "1190", {2, 48'000, 2, 1024}},
    {"ffmpeg's, with an explicit \"no SBR\"", "119056e500", {2, 48'000, 2, 1024}},
    {"LC 44.1 kHz mono", "1208", {2, 44'100, 1, 1024}},
    {"LC 48 kHz 5.1", "11b0", {2, 48'000, 6, 1024}},
    {"LC 48 kHz 7.1", "11b8", {2, 48'000, 8, 1024}},
    {"LC 8 kHz mono", "1588", {2, 8'000, 1, 1024}},
    {"LC with 960 samples", "1194", {2, 48'000, 2, 960}},
    {"LC with an escaped rate of 50 kHz", "178061a810", {2, 50'000, 2, 1024}},
    {"HE-AAC, explicit, 24 -> 48 kHz", "2b118800", {5, 48'000, 2, 2048}},
    {"HE-AAC v2, explicit, mono core", "eb098800", {29, 48'000, 2, 2048}},
    {"HE-AAC announced behind the core", "131056e598", {5, 48'000, 2, 2048}},
    {"HE-AAC v2 announced behind the core", "130856e59d4880", {29, 48'000, 2, 2048}},
};

TEST(AudioSpecificConfig, ReadsWhatEncodersSend) {
    for (const auto& [what, bytes, expected] : kCases) {
        SCOPED_TRACE(what);
        const auto parsed = parse_asc(*from_hex(bytes));
        ASSERT_TRUE(parsed);
        EXPECT_EQ(parsed->object_type, expected.object_type);
        EXPECT_EQ(parsed->sample_rate, expected.sample_rate);
        EXPECT_EQ(parsed->channels, expected.channels);
        EXPECT_EQ(parsed->samples_per_frame, expected.samples_per_frame);
    }
}

TEST(AudioSpecificConfig, CountsTheChannelsOfAProgram) {
    // Channel configuration 0: front pair and front centre, back pair, one low: 5.1 in a program_config_element.
    Bytes bits;
    const auto text = std::string{"00010"} + "0011" + "0000" + "000" +  // LC, 48 kHz, 0, GA flags
                      "0000"
                      "01"
                      "0011" +
                      "0010"
                      "0000"
                      "0001"
                      "01"
                      "000"
                      "0000" +
                      "0"
                      "0"
                      "0" +  // counts, no mixdowns
                      "0"
                      "0000"
                      "1"
                      "0000" +
                      "1"
                      "0001" +
                      "0000";  // elements
    for (std::size_t i = 0; i < text.size(); i += 8) {
        std::uint8_t byte = 0;
        for (std::size_t k = 0; k < 8; ++k) byte = static_cast<std::uint8_t>(byte << 1 | (i + k < text.size() && text[i + k] == '1'));
        bits.push_back(byte);
    }
    bits.push_back(0);
    const auto parsed = parse_asc(bits);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->channels, 6u);
}

TEST(AudioSpecificConfig, MakesAFormatInTheSoundsOwnTime) {
    const auto bytes = *from_hex("2b118800");
    const auto format = make_format(*parse_asc(bytes), bytes);
    EXPECT_EQ(format.codecs, "mp4a.40.5");
    EXPECT_EQ(format.timescale.per_second, 48'000u);
    EXPECT_EQ(format.decoder_config, bytes);
}

TEST(AudioSpecificConfig, RefusesWhatIsNone) {
    for (const auto* bytes : {"", "11", "1f80", "1780000010", "1780ffffff90", "1690"}) EXPECT_FALSE(parse_asc(*from_hex(bytes))) << bytes;
    const auto main_profile = parse_asc(*from_hex("0990"));
    ASSERT_FALSE(main_profile);
    EXPECT_EQ(main_profile.error().reason, "aac_unsupported");
}

TEST(AudioSpecificConfig, OverlooksTrailingSbrOfAnAbsurdRate) {
    // Found by fuzzing: a rate written out in 24 bits, far above any sound.
    const Bytes bytes{0x13, 0x15, 0x56, 0xe5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfd, 0xff, 0xff, 0xff, 0x0f, 0x0f, 0x0f, 0x0f, 0x80};
    const auto config = parse_asc(bytes);
    ASSERT_TRUE(config);
    EXPECT_EQ(config->object_type, 2);
    EXPECT_EQ(config->sample_rate, 24'000u);
}

TEST(AudioSpecificConfig, SurvivesEveryCut) {
    for (const auto& test : kCases) {
        const auto bytes = *from_hex(test.bytes);
        for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
            const auto parsed = parse_asc(BytesView{bytes}.first(cut));
            if (cut < 2) EXPECT_FALSE(parsed);
        }
    }
}

}  // namespace
}  // namespace ae::media::aac
