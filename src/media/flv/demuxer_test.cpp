#include "media/flv/demuxer.hpp"

#include <gtest/gtest.h>

#include "media/flv/amf0.hpp"
#include "media/flv/tag_writer.hpp"

namespace ae::media::flv {
namespace {

const auto kAvcc = *from_hex("0164001fffe1001a6764001facd9405005bb0110000003001000000303c0f183196001000668ebe3cb22c0fdf8f800");
const auto kOtherAvcc = *from_hex("0142c01effe100196742c01ed900d83de6f011000003000100000300320f162e4801000568cb83cb20");
const auto kHvcc = *from_hex("0101600000009000000000003ff000fcfdf8f800000f00");
const auto kAsc = *from_hex("1190");
const auto kOpus = *from_hex("4f707573486561640101380180bb0000000000");

Bytes operator+(Bytes a, const Bytes& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
Bytes text_bytes(std::string_view text) { return {text.begin(), text.end()}; }
Bytes u24(std::uint32_t value) {
    return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}
const Bytes kIdr{0, 0, 0, 3, 0x65, 1, 2}, kSlice{0, 0, 0, 2, 0x41, 9};
const Bytes kHevcIdr{0, 0, 0, 3, 19 << 1, 1, 2};

struct Feeding {
    Demuxer demuxer;
    Demuxed out;
    Result<void> tag(TagType type, std::uint32_t timestamp, const Bytes& body) {
        out.clear();
        return demuxer.feed(type, timestamp, body, SteadyTime{}, out);
    }
    Result<void> video(std::uint32_t timestamp, const Bytes& body) { return tag(TagType::video, timestamp, body); }
    Result<void> audio(std::uint32_t timestamp, const Bytes& body) { return tag(TagType::audio, timestamp, body); }
    const Frame& frame(std::size_t index = 0) const { return *out.frames.at(index); }
};

TEST(Demuxer, MakesFramesOfLegacyH264) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    ASSERT_EQ(in.out.formats.size(), 1u);
    EXPECT_EQ(in.out.formats[0].format->width, 1280u);
    ASSERT_TRUE(in.video(1'000, Bytes{0x17, 1, 0, 0, 80} + kIdr));
    EXPECT_EQ(in.frame().dts, 0);
    EXPECT_EQ(in.frame().pts, 80 * 90);
    EXPECT_TRUE(in.frame().keyframe);
    EXPECT_EQ(in.frame().payload, kIdr);
    ASSERT_TRUE(in.video(1'033, Bytes{0x27, 1, 0xff, 0xff, 0xd8} + kSlice));
    EXPECT_EQ(in.frame().dts, 33 * 90);
    EXPECT_EQ(in.frame().pts, (33 - 40) * 90) << "composition time is signed";
    EXPECT_FALSE(in.frame().keyframe);
}

TEST(Demuxer, BelievesTheNalUnitsOverTheTagsKeyFlag) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    ASSERT_TRUE(in.video(0, Bytes{0x17, 1, 0, 0, 0} + kSlice));
    EXPECT_FALSE(in.frame().keyframe);
    ASSERT_TRUE(in.video(40, Bytes{0x27, 1, 0, 0, 0} + kIdr));
    EXPECT_TRUE(in.frame().keyframe);
}

TEST(Demuxer, MakesFramesOfLegacyAac) {
    Feeding in;
    ASSERT_TRUE(in.audio(0, Bytes{0xaf, 0} + kAsc));
    for (std::uint32_t i = 0; i < 100; ++i) {
        ASSERT_TRUE(in.audio(i * 1024 / 48, Bytes{0xaf, 1, 7, 7}));
        EXPECT_EQ(in.frame().dts, i * 1024);
        EXPECT_TRUE(in.frame().keyframe);
        EXPECT_EQ(in.frame().payload, (Bytes{7, 7}));
    }
}

TEST(Demuxer, KeepsTheFormatWhenItsHeaderIsRepeated) {
    Feeding in;
    const auto header = Bytes{0x17, 0, 0, 0, 0} + kAvcc;
    ASSERT_TRUE(in.video(0, header));
    ASSERT_TRUE(in.video(0, Bytes{0x17, 1, 0, 0, 0} + kIdr));
    const auto format = in.frame().format;
    ASSERT_TRUE(in.video(40, header));
    EXPECT_TRUE(in.out.formats.empty());
    ASSERT_TRUE(in.video(40, Bytes{0x17, 1, 0, 0, 0} + kIdr));
    EXPECT_EQ(in.frame().format, format);
    EXPECT_FALSE(in.frame().discontinuity);
}

TEST(Demuxer, BreaksTheTimelineWhenTheFormatChanges) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    ASSERT_TRUE(in.video(0, Bytes{0x17, 1, 0, 0, 0} + kIdr));
    ASSERT_TRUE(in.video(40, Bytes{0x17, 0, 0, 0, 0} + kOtherAvcc));
    ASSERT_EQ(in.out.formats.size(), 1u);
    ASSERT_TRUE(in.video(40, Bytes{0x17, 1, 0, 0, 0} + kIdr));
    EXPECT_TRUE(in.frame().discontinuity);
    EXPECT_EQ(in.frame().format->width, 854u);
    ASSERT_TRUE(in.video(80, Bytes{0x27, 1, 0, 0, 0} + kSlice));
    EXPECT_FALSE(in.frame().discontinuity);
}

TEST(Demuxer, OnlyRisesWhenTimestampsStandStill) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    std::int64_t last = -1;
    for (const std::uint32_t timestamp : {0u, 0u, 0u, 5u, 3u, 5u, 40u}) {
        ASSERT_TRUE(in.video(timestamp, Bytes{0x17, 1, 0, 0, 0} + kIdr));
        EXPECT_GT(in.frame().dts, last);
        last = in.frame().dts;
    }
    EXPECT_EQ(last, 40 * 90);
}

TEST(Demuxer, DropsWhatIsMalformedAndGoesOn) {
    Feeding in;
    EXPECT_EQ(in.video(0, Bytes{0x17, 1, 0, 0, 0} + kIdr).error().reason, "frame_before_header");
    EXPECT_EQ(in.video(0, Bytes{0x17, 1, 0}).error().reason, "tag_malformed");
    EXPECT_EQ(in.video(0, Bytes{0x17, 0, 0, 0, 0, 1, 2, 3}).error().reason, "avcc_malformed");
    EXPECT_EQ(in.audio(0, Bytes{0xaf}).error().reason, "tag_malformed");
    EXPECT_EQ(in.audio(0, Bytes{0xaf, 0, 1}).error().reason, "asc_malformed");
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    EXPECT_EQ(in.video(0, Bytes{0x17, 1, 0, 0, 0, 0, 0, 0, 9, 0x65}).error().reason, "nal_length_wrong");
    EXPECT_TRUE(in.video(0, Bytes{0x17, 1, 0, 0, 0} + kIdr));
    EXPECT_EQ(in.frame().dts, 0) << "what was refused left no trace on the clock";
}

TEST(Demuxer, IgnoresEmptyTagsCommandsAndTheEndOfASequence) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x17, 0, 0, 0, 0} + kAvcc));
    for (const auto& body : {Bytes{}, Bytes{0x57, 0}, Bytes{0x17, 2, 0, 0, 0}, Bytes{0x17, 1, 0, 0, 0}}) {
        EXPECT_TRUE(in.video(0, body));
        EXPECT_TRUE(in.out.frames.empty());
    }
    EXPECT_TRUE(in.audio(0, Bytes{}));
}

TEST(Demuxer, NamesCodecsThatNobodyPlaysAnyMore) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x12, 1, 2}));
    EXPECT_EQ(in.out.unknown->name, "Sorenson H.263");
    ASSERT_TRUE(in.audio(0, Bytes{0xb2, 1, 2}));
    EXPECT_EQ(in.out.unknown->name, "Speex");
    ASSERT_TRUE(in.audio(0, Bytes{0x2f, 1, 2}));
    EXPECT_EQ(in.out.unknown->name, "MP3");
    ASSERT_TRUE(in.video(0, Bytes{0x90} + text_bytes("x\x01y1") + Bytes{1}));
    EXPECT_EQ(in.out.unknown->name, "x?y1");
}

TEST(EnhancedTags, CarryEveryCodec) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x90} + text_bytes("hvc1") + kHvcc));
    EXPECT_EQ(in.out.formats.at(0).format->codec, Codec::hevc);
    ASSERT_TRUE(in.video(0, Bytes{0x91} + text_bytes("hvc1") + u24(80) + kHevcIdr));
    EXPECT_EQ(in.frame().pts, 80 * 90);
    EXPECT_TRUE(in.frame().keyframe);
    ASSERT_TRUE(in.video(40, Bytes{0x93} + text_bytes("hvc1") + kHevcIdr));
    EXPECT_EQ(in.frame().pts, in.frame().dts) << "CodedFramesX has no composition time";

    ASSERT_TRUE(in.audio(0, Bytes{0x90} + text_bytes("Opus") + kOpus));
    EXPECT_EQ(in.out.formats.at(0).format->codec, Codec::opus);
    ASSERT_TRUE(in.audio(20, Bytes{0x91} + text_bytes("Opus") + Bytes{1, 2, 3}));
    EXPECT_EQ(in.frame().payload, (Bytes{1, 2, 3}));
    ASSERT_TRUE(in.audio(0, Bytes{0x90} + text_bytes("mp4a") + kAsc));
    EXPECT_EQ(in.out.formats.at(0).format->codec, Codec::aac);
}

TEST(EnhancedTags, TakeTheKeyFlagForCodecsWithoutNalUnits) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x90} + text_bytes("av01") + *from_hex("81010c00")));
    ASSERT_TRUE(in.video(0, Bytes{0x91} + text_bytes("av01") + Bytes{1}));
    EXPECT_TRUE(in.frame().keyframe);
    ASSERT_TRUE(in.video(40, Bytes{0xa1} + text_bytes("av01") + Bytes{1}));
    EXPECT_FALSE(in.frame().keyframe);
}

TEST(EnhancedTags, AddModExNanosecondsToThePresentationTime) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x90} + text_bytes("avc1") + kAvcc));
    // ModEx of three bytes, type TimestampOffsetNano (0), then the packet type CodedFramesX.
    ASSERT_TRUE(in.video(0, Bytes{0x97, 2} + u24(500'000) + Bytes{0x03} + text_bytes("avc1") + kIdr));
    EXPECT_EQ(in.frame().pts - in.frame().dts, 45);
    // A prefix of more than 255 bytes and of an unknown type is stepped over.
    ASSERT_TRUE(in.video(40, Bytes{0x97, 255, 1, 43} + Bytes(300, 9) + Bytes{0x53} + text_bytes("avc1") + kIdr));
    EXPECT_EQ(in.out.frames.size(), 1u);
    EXPECT_EQ(in.frame().pts, in.frame().dts);
}

TEST(EnhancedTags, CarryOneTrackOfSeveral) {
    Feeding in;
    ASSERT_TRUE(in.video(0, Bytes{0x96, 0x00} + text_bytes("avc1") + Bytes{3} + kAvcc));
    EXPECT_EQ(in.out.formats.at(0).track, 3);
    ASSERT_TRUE(in.video(0, Bytes{0x96, 0x01} + text_bytes("avc1") + Bytes{3} + u24(0) + kIdr));
    EXPECT_EQ(in.frame().track, 3);
    EXPECT_EQ(in.frame().payload, kIdr);
}

TEST(EnhancedTags, CarryManyTracksInOneTag) {
    Feeding in;
    const auto part = [](std::uint8_t track, const Bytes& bytes) { return Bytes{track} + u24(static_cast<std::uint32_t>(bytes.size())) + bytes; };
    ASSERT_TRUE(in.video(0, Bytes{0x96, 0x10} + text_bytes("avc1") + part(0, kAvcc) + part(1, kOtherAvcc)));
    ASSERT_EQ(in.out.formats.size(), 2u);
    EXPECT_EQ(in.out.formats[1].format->width, 854u);
    ASSERT_TRUE(in.video(0, Bytes{0x96, 0x13} + text_bytes("avc1") + part(0, kIdr) + part(1, kSlice)));
    ASSERT_EQ(in.out.frames.size(), 2u);
    EXPECT_EQ(in.frame(0).payload, kIdr);
    EXPECT_EQ(in.frame(1).payload, kSlice);
    EXPECT_EQ(in.frame(1).track, 1);
    EXPECT_EQ(in.frame(0).dts, in.frame(1).dts);
}

TEST(EnhancedTags, CarryManyTracksOfManyCodecs) {
    Feeding in;
    const auto part = [](std::string_view codec, std::uint8_t track, const Bytes& bytes) {
        return text_bytes(codec) + Bytes{track} + u24(static_cast<std::uint32_t>(bytes.size())) + bytes;
    };
    ASSERT_TRUE(in.video(0, Bytes{0x96, 0x20} + part("avc1", 0, kAvcc) + part("hvc1", 1, kHvcc)));
    ASSERT_EQ(in.out.formats.size(), 2u);
    EXPECT_EQ(in.out.formats[1].format->codec, Codec::hevc);
    ASSERT_TRUE(in.audio(0, Bytes{0x95, 0x20} + part("mp4a", 0, kAsc) + part("Opus", 1, kOpus)));
    ASSERT_EQ(in.out.formats.size(), 2u);
    EXPECT_EQ(in.out.formats[1].track, 1);
}

TEST(EnhancedTags, SurviveEveryCutAndKeepTheTracksBeforeIt) {
    const auto part = [](std::uint8_t track, const Bytes& bytes) { return Bytes{track} + u24(static_cast<std::uint32_t>(bytes.size())) + bytes; };
    const auto whole = Bytes{0x96, 0x13} + text_bytes("avc1") + part(0, kIdr) + part(1, kSlice);
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
        Feeding in;
        ASSERT_TRUE(in.video(0, Bytes{0x96, 0x10} + text_bytes("avc1") + part(0, kAvcc) + part(1, kAvcc)));
        const auto result = in.video(0, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut)));
        const std::size_t first_end = 6 + 4 + kIdr.size();
        EXPECT_EQ(in.out.frames.size(), cut >= first_end ? 1u : 0u) << cut;
        EXPECT_EQ(result.has_value(), cut == first_end) << cut;
    }
}

TEST(EnhancedTags, AreBoundInTheirTracks) {
    Feeding in;
    for (std::uint8_t track = 0; track < Demuxer::kMaxTracks; ++track)
        ASSERT_TRUE(in.video(0, Bytes{0x96, 0x00} + text_bytes("avc1") + Bytes{track} + kAvcc));
    EXPECT_EQ(in.video(0, Bytes{0x96, 0x00} + text_bytes("avc1") + Bytes{99} + kAvcc).error().reason, "too_many_tracks");
}

TEST(TagWriter, WritesWhatTheDemuxerReads) {
    struct Case {
        Codec codec;
        Bytes config;
        Bytes payload;
        MediaKind kind;
    };
    for (const auto& [codec, config, payload, kind] :
         {Case{Codec::h264, kAvcc, kIdr, MediaKind::video}, Case{Codec::hevc, kHvcc, kHevcIdr, MediaKind::video},
          Case{Codec::av1, *from_hex("81010c00"), {1, 2}, MediaKind::video}, Case{Codec::aac, kAsc, {1, 2}, MediaKind::audio},
          Case{Codec::opus, kOpus, {1, 2}, MediaKind::audio}}) {
        for (const std::uint8_t track : {0, 1}) {
            for (const std::int64_t composition : {0, 40, -40}) {
                TrackFormat format;
                format.kind = kind;
                format.codec = codec;
                format.decoder_config = config;
                format.timescale = kind == MediaKind::video ? kVideoTimescale : Timescale{48'000};
                Frame frame;
                frame.format = std::make_shared<const TrackFormat>(format);
                frame.track = track;
                frame.keyframe = true;
                const bool reordering = codec == Codec::h264 || codec == Codec::hevc;
                frame.pts = reordering ? composition * 90 : 0;
                frame.payload = payload;
                Feeding in;
                const auto type = kind == MediaKind::video ? TagType::video : TagType::audio;
                ASSERT_TRUE(in.tag(type, 0, write_sequence_header(format, track))) << codec_name(codec);
                ASSERT_TRUE(in.tag(type, timestamp_of(frame), write_frame(frame))) << codec_name(codec);
                EXPECT_EQ(in.frame().payload, payload);
                EXPECT_EQ(in.frame().track, track);
                EXPECT_EQ(in.frame().pts, frame.pts);
                EXPECT_TRUE(in.frame().keyframe);
            }
        }
    }
}

Bytes script(std::initializer_list<amf::Value> values) {
    Bytes out;
    for (const auto& value : values) amf::write_amf0(out, value);
    return out;
}

TEST(Metadata, IsReadHoweverEncodersWriteIt) {
    for (auto object : {amf::object(), amf::ecma_array()}) {
        object.add("width", amf::number(1280)).add("height", amf::text("720")).add("framerate", amf::text(std::string_view("30\0", 3)));
        object.add("videodatarate", amf::number(2'500)).add("stereo", amf::boolean(true)).add("encoder", amf::text("obs-output module"));
        object.add("videocodecid", amf::number(1'635'148'593)).add("audiocodecid", amf::number(10));
        for (const auto& body : {script({amf::text("@setDataFrame"), amf::text("onMetaData"), object}), script({amf::text("onMetaData"), object})}) {
            const auto metadata = parse_metadata(body);
            ASSERT_TRUE(metadata && *metadata);
            EXPECT_EQ((*metadata)->width, 1280u);
            EXPECT_EQ((*metadata)->height, 720u);
            EXPECT_EQ((*metadata)->frame_rate, 30);
            EXPECT_EQ((*metadata)->channels, 2u);
            EXPECT_EQ((*metadata)->video_codec, "avc1");
            EXPECT_EQ((*metadata)->audio_codec, "mp4a");
            EXPECT_EQ((*metadata)->encoder, "obs-output module");
        }
    }
}

TEST(Metadata, SaysNothingOfOtherEvents) {
    EXPECT_FALSE(*parse_metadata(script({amf::text("onTextData"), amf::object()})));
    EXPECT_FALSE(*parse_metadata({}));
    EXPECT_FALSE(parse_metadata(Bytes{2, 0, 9, 'x'}));
}

TEST(Metadata, BelievesNoAbsurdNumber) {
    auto object = amf::object();
    object.add("width", amf::number(1e300)).add("height", amf::number(-5)).add("framerate", amf::number(std::numeric_limits<double>::infinity()));
    object.add("encoder", amf::text("evil\x1b[31m"));
    const auto metadata = **parse_metadata(script({amf::text("onMetaData"), object}));
    EXPECT_EQ(metadata, Metadata{});
}

TEST(Metadata, GivesTheFrameRateWhereTheStreamDoesNot) {
    Feeding in;
    ASSERT_TRUE(in.tag(TagType::script, 0, write_metadata({.width = 640, .height = 360, .frame_rate = 24})));
    ASSERT_TRUE(in.video(0, Bytes{0x90} + text_bytes("hvc1") + kHvcc));
    EXPECT_EQ(in.out.formats.at(0).format->frame_rate, 24);
    EXPECT_EQ(in.out.formats.at(0).format->width, 640u);
}

}  // namespace
}  // namespace ae::media::flv
