// What real encoders sent, byte for byte: one second of a black picture and a tone, from the handshake to the goodbye. Captured
// from ffmpeg 5.1, GStreamer 1.22's rtmp2sink, and librtmp 2.4 (through rtmpsink).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "media/rtmp/testing.hpp"

namespace ae::media::rtmp {
namespace {

using namespace testing;

Bytes capture(const std::string& name) {
    std::ifstream file{std::string{AE_ROOM_DIR} + "/testdata/" + name + ".bin", std::ios::binary};
    return Bytes(std::istreambuf_iterator<char>{file}, {});
}

struct Replayed {
    std::vector<std::string> story;
    std::string key;
    std::vector<FramePtr> video, audio;
    bool goodbye = false;
};

Replayed replay(BytesView bytes, std::size_t piece) {
    SeededRandom random;
    ServerSession session{{}, random};
    Replayed result;
    Bytes pending;
    std::vector<Event> events;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const auto part = bytes.subspan(at, std::min(piece, bytes.size() - at));
        pending.insert(pending.end(), part.begin(), part.end());
        for (bool again = true; again;) {
            const auto taken = session.feed(pending, {}, events);
            pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(taken));
            again = session.waits_for_answer();
            if (again) session.accept_publish();
        }
    }
    for (auto& event : events) {
        if (auto* asked = std::get_if<PublishAsked>(&event)) result.key = asked->key.reveal();
        else if (auto* drop = std::get_if<Dropped>(&event)) result.story.emplace_back(drop->reason);
        else if (auto* closed = std::get_if<Closed>(&event)) result.story.emplace_back(closed->reason);
        else if (std::holds_alternative<Goodbye>(event)) result.goodbye = true;
        else if (auto* frame = std::get_if<FramePtr>(&event))
            ((*frame)->format->kind == MediaKind::video ? result.video : result.audio).push_back(*frame);
    }
    return result;
}

class Golden : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Encoders, Golden, ::testing::Values("ffmpeg", "rtmp2sink", "librtmp"));

TEST_P(Golden, PublishIsUnderstoodHoweverItIsCut) {
    const auto bytes = capture(GetParam());
    ASSERT_GT(bytes.size(), 5'000u);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1'000}, bytes.size()}) {
        const auto result = replay(bytes, piece);
        EXPECT_THAT(result.story, ::testing::IsEmpty());
        EXPECT_EQ(result.key, "golden-key");
        EXPECT_TRUE(result.goodbye);
        ASSERT_EQ(result.video.size(), 10u);
        EXPECT_TRUE(result.video[0]->keyframe);
        EXPECT_EQ(result.video[0]->format->width, 64u);
        EXPECT_EQ(result.video[9]->dts - result.video[0]->dts, 9 * 9'000);
        ASSERT_GE(result.audio.size(), 39u);
        EXPECT_EQ(result.audio[0]->format->sample_rate, 44'100u);
        EXPECT_EQ(result.audio[38]->dts - result.audio[0]->dts, 38 * 1'024);
    }
}

TEST_P(Golden, PublishCutAnywhereDoesNoHarm) {
    const auto bytes = capture(GetParam());
    // Every byte of the commands and the headers; what follows is pictures.
    for (std::size_t cut = 1 + 2 * kHandshakeBytes; cut < std::min<std::size_t>(bytes.size(), 5'000); ++cut) {
        const auto result = replay(BytesView{bytes}.first(cut), cut);
        EXPECT_THAT(result.story, ::testing::IsEmpty()) << cut;
        EXPECT_FALSE(result.goodbye);
    }
}

TEST(GoldenHandshake, FfmpegsDigestIsRecognised) {
    const auto bytes = capture("ffmpeg");
    SeededRandom random;
    ServerHandshake server{random};
    Bytes out;
    ASSERT_TRUE(server.feed(bytes, out));
    EXPECT_NE(server.form(), HandshakeForm::simple);
}

}  // namespace
}  // namespace ae::media::rtmp
