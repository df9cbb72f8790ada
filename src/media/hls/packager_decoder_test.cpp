// What we write is what a decoder of others reads: ffmpeg encodes, the packager cuts, ffprobe decodes every frame.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "media/hls/test_viewer.hpp"

namespace ae::media::hls {
namespace {

/// The output of a command, or a failure of the test.
std::string output_of(const std::string& command) {
    std::string output;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) {
        ADD_FAILURE() << command;
        return output;
    }
    char buffer[4096];
    while (const auto count = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, count);
    EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
    return output;
}

Bytes read_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return Bytes{std::istreambuf_iterator<char>{in}, {}};
}

/// Reads what ffmpeg's FLV muxer writes: enough of the format for this test.
class FlvFile {
  public:
    explicit FlvFile(const std::string& path) : bytes_(read_file(path)) {}

    std::vector<FramePtr> frames() {
        std::vector<FramePtr> frames;
        ByteReader in{bytes_};
        in.bytes(13);
        while (in.remaining() >= 15) {
            const auto type = in.u8();
            const auto size = in.u24();
            const std::int64_t ms = in.u24() | static_cast<std::int64_t>(in.u8()) << 24;
            in.bytes(3);
            const auto body = in.bytes(size);
            in.bytes(4);
            if (auto frame = type == 9 ? video(body, ms) : type == 8 ? audio(body, ms) : nullptr) frames.push_back(std::move(frame));
        }
        return frames;
    }

  private:
    FramePtr video(BytesView body, std::int64_t ms) {
        ByteReader in{body};
        const bool key = in.u8() >> 4 == 1;
        const auto kind = in.u8();
        const auto offset = in.i24();
        if (kind == 0) {
            auto format = std::make_shared<TrackFormat>();
            format->decoder_config.assign(in.rest().begin(), in.rest().end());
            format->codecs = "avc1.42c01f";
            format->width = 320;
            format->height = 180;
            format->frame_rate = 30;
            video_ = format;
        }
        return kind == 1 ? make(video_, in.rest(), key, ms * 90, (ms + offset) * 90, ms) : nullptr;
    }
    FramePtr audio(BytesView body, std::int64_t ms) {
        if (body[1] == 0) {
            auto format = std::make_shared<TrackFormat>(*studio::format_of(studio::Microphone{.rate = 44'100, .channels = 1}));
            format->decoder_config.assign(body.begin() + 2, body.end());
            audio_ = format;
            return nullptr;
        }
        const auto dts = samples_;
        samples_ += 1024;
        return make(audio_, body.subspan(2), true, dts, dts, ms);
    }
    static FramePtr make(FormatPtr format, BytesView payload, bool key, std::int64_t dts, std::int64_t pts, std::int64_t ms) {
        auto frame = std::make_shared<Frame>();
        frame->format = std::move(format);
        frame->keyframe = key;
        frame->dts = dts;
        frame->pts = pts;
        frame->payload.assign(payload.begin(), payload.end());
        frame->arrived = SteadyTime{std::chrono::hours{1}} + std::chrono::milliseconds{ms};
        return frame;
    }

    Bytes bytes_;
    FormatPtr video_, audio_;
    std::int64_t samples_ = 0;
};

struct DecoderTest : testing::Test {
    std::filesystem::path folder = std::filesystem::path{testing::TempDir()} / fmt::format("decoder_test_{}", getpid());
    studio::Viewer viewer;

    void SetUp() override { std::filesystem::create_directories(folder); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::vector<FramePtr> encode() {
        const auto file = (folder / "in.flv").string();
        output_of(
            "ffmpeg -v error -y -f lavfi -i testsrc=size=320x180:rate=30 -f lavfi -i sine=sample_rate=44100 -t 8 -c:v libx264 -preset ultrafast -bf "
            "2 "
            "-g 60 -pix_fmt yuv420p -c:a aac -ac 1 -b:a 64k -f flv " +
            file);
        return FlvFile{file}.frames();
    }
    /// Decodes all of a rendition and says how many frames each track had.
    std::string decode(std::string_view rendition) {
        const auto file = (folder / "out.mp4").string();
        std::ofstream out{file, std::ios::binary};
        const auto& view = *viewer.snapshots.back()->find(rendition);
        const auto write = [&](const Bytes& bytes) {
            out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        };
        write(*view.segments->front()->head->init->bytes);
        for (const auto& segment : *view.segments) {
            for (const auto& part : segment->parts) {
                if (part->bytes) write(*part->bytes);
            }
        }
        out.close();
        return output_of("ffprobe -v warning -count_frames -show_entries stream=codec_name,nb_read_frames -of csv=p=0 " + file);
    }
    void package(const std::vector<FramePtr>& frames) {
        Packager packager{{.media_prefix = "/m"}, {}, viewer};
        for (const auto& frame : frames) packager.on_frame(frame);
        packager.end();
    }
};

TEST_F(DecoderTest, DecodesEveryFrameOfPictureAndSound) {
    package(encode());
    // Eight seconds: sound before the first picture is left out, and after the publisher's last there is silence to the last picture's end.
    EXPECT_EQ(decode("main"), "h264,240\naac,344\n");
    EXPECT_EQ(decode("audio"), "aac,344\n");
}

TEST_F(DecoderTest, DecodesTheSilenceThatStandsInForMissingSound) {
    auto frames = encode();
    std::erase_if(frames, [](const FramePtr& frame) { return frame->format->kind == MediaKind::audio; });
    package(frames);
    EXPECT_THAT(decode("main"), testing::MatchesRegex("h264,240\naac,37[0-9]\n"));
}

TEST_F(DecoderTest, DecodesSilenceInAHoleOfMonoSound) {
    auto frames = encode();
    std::erase_if(frames,
                  [](const FramePtr& frame) { return frame->format->kind == MediaKind::audio && frame->dts > 88'200 && frame->dts < 4 * 44'100; });
    package(frames);
    EXPECT_THAT(decode("main"), testing::MatchesRegex("h264,240\naac,34[0-9]\n"));
}

}  // namespace
}  // namespace ae::media::hls
