// Real encoders against the real server: what they say to us and what we say to them is understood.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "media/rtmp/server_harness.hpp"

namespace ae::media::rtmp {
namespace {

using namespace testing;
using ::testing::HasSubstr;

struct Seen {
    std::size_t video = 0, audio = 0, keyframes = 0;
    const TrackFormat* picture = nullptr;
    const TrackFormat* sound = nullptr;
    bool rising = true, reordered = false, breaks = false;
};

Seen look_at(const Witness::Story& story) {
    Seen seen;
    std::map<MediaKind, std::int64_t> last;
    for (const auto& frame : story.frames) {
        const auto kind = frame->format->kind;
        if (const auto before = last.find(kind); before != last.end()) seen.rising &= frame->dts > before->second;
        last[kind] = frame->dts;
        seen.breaks |= frame->discontinuity;
        if (kind == MediaKind::video) {
            ++seen.video;
            seen.keyframes += frame->keyframe;
            seen.reordered |= frame->pts != frame->dts;
            seen.picture = frame->format.get();
        } else {
            ++seen.audio;
            seen.sound = frame->format.get();
        }
    }
    return seen;
}

/// Runs a command line to its end; its exit code, and what it said.
struct Ran {
    int code = 0;
    std::string said;
};
Ran run(const std::string& command) {
    auto pattern = (std::filesystem::temp_directory_path() / "aethex-encoder-XXXXXX").string();
    const int descriptor = mkstemp(pattern.data());
    if (descriptor >= 0) ::close(descriptor);
    Ran ran;
    ran.code = std::system((command + " >" + pattern + " 2>&1").c_str());
    std::ifstream file{pattern};
    ran.said.assign(std::istreambuf_iterator<char>{file}, {});
    std::filesystem::remove(pattern);
    return ran;
}

std::string ffmpeg(const std::string& video, const std::string& audio, const std::string& codecs, const std::string& address) {
    return "ffmpeg -nostdin -loglevel warning -f lavfi -i " + video + (audio.empty() ? "" : " -f lavfi -i " + audio) + " -t 2 " + codecs +
           " -f flv " + address;
}

struct Publishing : ::testing::Test {
    Running running;
    std::string address(const std::string& key = "good-key") const { return fmt::format("rtmp://127.0.0.1:{}/live/{}", running.port(), key); }
    Seen publish(const std::string& command) {
        const auto ran = run(command);
        EXPECT_EQ(ran.code, 0) << command << "\n" << ran.said;
        EXPECT_TRUE(running.witness.comes_to([](auto& story) { return story.ended == 1; })) << ran.said;
        story = running.witness.now();
        EXPECT_EQ(story.goodbyes, 1);
        return look_at(story);
    }
    Witness::Story story;
};

using Ffmpeg = Publishing;
using Gstreamer = Publishing;

TEST_F(Ffmpeg, PublishesBFramesAndStereo) {
    const auto seen = publish(ffmpeg("testsrc2=size=640x360:rate=30", "sine=r=48000",
                                     "-c:v libx264 -preset veryfast -bf 2 -g 30 -pix_fmt yuv420p -c:a aac -ac 2", address()));
    EXPECT_EQ(seen.video, 60u);
    EXPECT_EQ(seen.keyframes, 2u);
    EXPECT_TRUE(seen.reordered && seen.rising && !seen.breaks);
    ASSERT_NE(seen.picture, nullptr);
    EXPECT_EQ(seen.picture->width, 640u);
    EXPECT_EQ(seen.picture->height, 360u);
    EXPECT_NEAR(seen.picture->frame_rate, 30, 0.01);
    ASSERT_NE(seen.sound, nullptr);
    EXPECT_EQ(seen.sound->sample_rate, 48'000u);
    EXPECT_EQ(seen.sound->channels, 2u);
    EXPECT_GE(seen.audio, 93u);
}

TEST_F(Ffmpeg, PublishesSixtyFramesASecondAndMonoAt44100) {
    const auto seen = publish(
        ffmpeg("testsrc2=size=320x180:rate=60", "sine=r=44100", "-c:v libx264 -preset ultrafast -tune zerolatency -c:a aac -ac 1", address()));
    EXPECT_EQ(seen.video, 120u);
    EXPECT_FALSE(seen.reordered);
    ASSERT_NE(seen.sound, nullptr);
    EXPECT_EQ(seen.sound->sample_rate, 44'100u);
    EXPECT_EQ(seen.sound->channels, 1u);
    // Milliseconds say 23, 23, 24; the samples say 1024 every time.
    std::int64_t last = -1024;
    for (const auto& frame : story.frames) {
        if (frame->format->kind != MediaKind::audio) continue;
        EXPECT_EQ(frame->dts - last, 1024);
        last = frame->dts;
    }
}

TEST_F(Ffmpeg, PublishesVideoWithoutSound) {
    const auto seen = publish(ffmpeg("testsrc2=size=320x180:rate=25", "", "-c:v libx264 -preset ultrafast", address()));
    EXPECT_EQ(seen.video, 50u);
    EXPECT_EQ(seen.audio, 0u);
}

TEST_F(Ffmpeg, PublishesSoundWithoutVideo) {
    const auto seen = publish(fmt::format("ffmpeg -nostdin -loglevel warning -f lavfi -i sine=r=48000 -t 2 -c:a aac -f flv {}", address()));
    EXPECT_EQ(seen.video, 0u);
    EXPECT_GE(seen.audio, 93u);
}

TEST_F(Ffmpeg, IsToldWhyItIsRefused) {
    const auto ran = run(ffmpeg("testsrc2=size=320x180:rate=25", "", "-c:v libx264 -preset ultrafast", address("wrong-key")));
    EXPECT_NE(ran.code, 0);
    EXPECT_THAT(ran.said, HasSubstr("This stream key is not known."));
}

TEST_F(Ffmpeg, IsToldThatItsCodecCannotBePlayed) {
    const auto ran =
        run(fmt::format("ffmpeg -nostdin -loglevel warning -re -f lavfi -i testsrc2=size=320x180:rate=25 -t 20 -c:v flv1 -f flv {}", address()));
    EXPECT_NE(ran.code, 0);
    EXPECT_THAT(ran.said, HasSubstr("your encoder sends Sorenson H.263"));
}

std::string gstreamer(const std::string& sink) {
    return "gst-launch-1.0 -q -e videotestsrc num-buffers=60 ! video/x-raw,width=320,height=180,framerate=30/1 ! x264enc tune=zerolatency "
           "key-int-max=30 ! h264parse"
           " ! flvmux streamable=true name=mux ! " +
           sink + " audiotestsrc num-buffers=90 samplesperbuffer=1024 ! audio/x-raw,rate=48000,channels=2 ! avenc_aac ! aacparse ! mux.";
}

TEST_F(Gstreamer, PublishesThroughRtmp2sink) {
    const auto seen = publish(gstreamer("rtmp2sink location=" + address()));
    EXPECT_EQ(seen.video, 60u);
    EXPECT_GE(seen.keyframes, 2u);
    EXPECT_TRUE(seen.rising && !seen.breaks);
    EXPECT_GE(seen.audio, 88u);
}

TEST_F(Gstreamer, PublishesThroughLibrtmp) {
    const auto seen = publish(gstreamer("rtmpsink location='" + address() + " live=1'"));
    EXPECT_EQ(seen.video, 60u);
    EXPECT_TRUE(seen.rising && !seen.breaks);
    EXPECT_GE(seen.audio, 88u);
}

}  // namespace
}  // namespace ae::media::rtmp
