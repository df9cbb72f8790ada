#include "media/mp4/init_segment.hpp"

#include <gtest/gtest.h>

#include "media/mp4/inspect.hpp"

namespace ae::media::mp4 {
namespace {

FormatPtr video_format() {
    auto format = std::make_shared<TrackFormat>();
    format->width = 1280;
    format->height = 720;
    format->decoder_config = *from_hex("0164001fffe1001067640020acb402802dd80880000003008001000468ee3cb0");
    return format;
}
FormatPtr audio_format(std::uint32_t rate = 48'000) {
    auto format = std::make_shared<TrackFormat>();
    format->kind = MediaKind::audio;
    format->codec = Codec::aac;
    format->timescale = Timescale{rate};
    format->sample_rate = rate;
    format->channels = 2;
    format->decoder_config = {0x11, 0x90};
    return format;
}

TEST(InitSegment, SaysEveryTrackWithItsTimescaleAndSampleEntry) {
    const std::vector<Track> tracks{{1, video_format()}, {2, audio_format()}};
    const auto bytes = init_segment(tracks);
    ASSERT_TRUE(bytes);
    const auto read = read_init_segment(*bytes);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2u);
    EXPECT_EQ(read->at(0).id, 1u);
    EXPECT_EQ(read->at(0).timescale, 90'000u);
    EXPECT_EQ(read->at(0).handler, "vide");
    EXPECT_EQ(read->at(0).entry, "avc1");
    EXPECT_EQ(read->at(1).timescale, 48'000u);
    EXPECT_EQ(read->at(1).entry, "mp4a");
}

TEST(InitSegment, HoldsTheDecoderConfigurationsUnchanged) {
    const std::vector<Track> tracks{{1, video_format()}, {2, audio_format()}};
    const auto text = to_hex(*init_segment(tracks));
    EXPECT_NE(text.find("61766343" + to_hex(tracks[0].format->decoder_config)), std::string::npos);
    EXPECT_NE(text.find("05021190"), std::string::npos);
}

TEST(InitSegment, LeavesARateOutThatItsFieldCannotHold) {
    const std::vector<Track> tracks{{1, audio_format(96'000)}};
    const auto bytes = init_segment(tracks);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(read_init_segment(*bytes)->at(0).timescale, 96'000u);
}

TEST(InitSegment, RefusesCodecsItCannotDescribe) {
    auto format = std::make_shared<TrackFormat>(*video_format());
    format->codec = Codec::av1;
    EXPECT_EQ(init_segment(std::vector<Track>{{1, format}}).error().reason, "codec_unsupported");
}

TEST(InitSegment, RefusesAnEmptyOrOversizedConfiguration) {
    auto video = std::make_shared<TrackFormat>(*video_format());
    video->decoder_config.clear();
    EXPECT_EQ(init_segment(std::vector<Track>{{1, video}}).error().reason, "decoder_config_invalid");
    auto audio = std::make_shared<TrackFormat>(*audio_format());
    audio->decoder_config.assign(200, 0);
    EXPECT_EQ(init_segment(std::vector<Track>{{1, audio}}).error().reason, "decoder_config_invalid");
}

}  // namespace
}  // namespace ae::media::mp4
