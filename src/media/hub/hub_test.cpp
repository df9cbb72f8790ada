#include "media/hub/hub.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ae::media {
namespace {

using std::chrono::milliseconds;

/// Makes frames of one video and one audio track, 20 ms apart.
class FrameMaker {
  public:
    FrameMaker() {
        auto video = std::make_shared<TrackFormat>();
        auto audio = std::make_shared<TrackFormat>();
        audio->kind = MediaKind::audio;
        audio->codec = Codec::aac;
        video_ = std::move(video);
        audio_ = std::move(audio);
    }
    FramePtr key(std::uint8_t track = 0) { return make(video_, true, track); }
    FramePtr delta(std::uint8_t track = 0) { return make(video_, false, track); }
    FramePtr audio() { return make(audio_, true, 0); }
    void pause(Duration by) { now_ += by; }
    std::size_t payload = 100;

  private:
    FramePtr make(const FormatPtr& format, bool keyframe, std::uint8_t track) {
        auto frame = std::make_shared<Frame>();
        frame->format = format;
        frame->track = track;
        frame->keyframe = keyframe;
        frame->dts = next_dts_++;
        frame->payload.resize(payload);
        now_ += milliseconds{20};
        frame->arrived = now_;
        return frame;
    }

    FormatPtr video_, audio_;
    SteadyTime now_{std::chrono::hours{1}};
    std::int64_t next_dts_ = 0;
};

std::vector<std::int64_t> take_all(HubReader& reader) {
    std::vector<std::int64_t> out;
    while (auto delivery = reader.next()) out.push_back(delivery->frame->dts);
    return out;
}

TEST(Hub, GivesEveryReaderTheSameFrameObject) {
    Hub hub;
    FrameMaker frames;
    auto one = hub.subscribe(StartAt::next_keyframe, {});
    auto two = hub.subscribe(StartAt::next_keyframe, {});
    const auto frame = frames.key();
    hub.publish(frame);
    EXPECT_EQ(one->next()->frame.get(), frame.get());
    EXPECT_EQ(two->next()->frame.get(), frame.get());
}

TEST(Hub, StartsAReaderAtTheNextKeyframeWithoutCountingALoss) {
    Hub hub;
    FrameMaker frames;
    hub.publish(frames.key());  // 0
    auto reader = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(frames.delta());  // 1
    hub.publish(frames.audio());  // 2
    hub.publish(frames.key());    // 3
    hub.publish(frames.audio());  // 4
    EXPECT_THAT(take_all(*reader), testing::ElementsAre(3, 4));
    EXPECT_EQ(reader->dropped(), 0u);
}

TEST(Hub, StartsAReaderAtTheLastKeyframeWithEverythingSince) {
    Hub hub;
    FrameMaker frames;
    hub.publish(frames.key());
    hub.publish(frames.delta());
    hub.publish(frames.key());  // 2
    hub.publish(frames.audio());
    hub.publish(frames.delta());
    auto reader = hub.subscribe(StartAt::last_keyframe, {});
    EXPECT_THAT(take_all(*reader), testing::ElementsAre(2, 3, 4));
}

TEST(Hub, KeepsNoGroupOfPicturesLongerThanItsLimitsAndStartsSuchReadersAtTheNextKeyframe) {
    Hub hub{GopLimits{.frames = 3, .bytes = 1 << 20, .age = std::chrono::seconds{10}}};
    FrameMaker frames;
    hub.publish(frames.key());
    for (int i = 0; i < 4; ++i) hub.publish(frames.delta());
    EXPECT_EQ(hub.gop_frames(), 0u);
    EXPECT_EQ(hub.gop_bytes(), 0u);
    auto reader = hub.subscribe(StartAt::last_keyframe, {});
    hub.publish(frames.delta());
    hub.publish(frames.key());  // 6
    EXPECT_THAT(take_all(*reader), testing::ElementsAre(6));
}

TEST(Hub, GivesAudioAtOnceWhenThereIsNoVideoOrItWentAway) {
    Hub hub;
    FrameMaker frames;
    auto early = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(frames.audio());  // 0
    EXPECT_THAT(take_all(*early), testing::ElementsAre(0));
    hub.publish(frames.key());  // 1
    auto late = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(frames.audio());
    EXPECT_TRUE(late->empty());
    frames.pause(std::chrono::seconds{3});
    hub.publish(frames.audio());  // 3
    EXPECT_THAT(take_all(*late), testing::ElementsAre(3));
}

struct Bound {
    const char* name;
    ReaderLimits limits;
};
class HubBound : public testing::TestWithParam<Bound> {};

TEST_P(HubBound, EmptiesASlowReadersQueueCountsItAndGoesOnAtTheNextKeyframe) {
    Hub hub;
    FrameMaker frames;
    auto slow = hub.subscribe(StartAt::next_keyframe, {}, GetParam().limits);
    auto quick = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(frames.key());                                // 0
    for (int i = 0; i < 4; ++i) hub.publish(frames.delta());  // 1..4: the bound is passed at 4
    hub.publish(frames.audio());                              // 5: waits with the video
    EXPECT_TRUE(slow->empty());
    EXPECT_EQ(slow->queued_bytes(), 0u);
    EXPECT_EQ(slow->dropped(), 6u);
    hub.publish(frames.key());  // 6
    const auto first = slow->next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->frame->dts, 6);
    EXPECT_TRUE(first->gap);
    hub.publish(frames.delta());
    EXPECT_FALSE(slow->next()->gap);
    EXPECT_EQ(quick->queued_frames(), 8u);
    EXPECT_EQ(quick->dropped(), 0u);
}

INSTANTIATE_TEST_SUITE_P(All, HubBound,
                         testing::Values(Bound{"frames", {.frames = 4}}, Bound{"bytes", {.bytes = 450}}, Bound{"age", {.age = milliseconds{70}}}),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST(Hub, EachVideoTrackOfAReaderWaitsForItsOwnKeyframe) {
    Hub hub;
    FrameMaker frames;
    auto reader = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(frames.key(0));    // 0
    hub.publish(frames.delta(1));  // 1
    hub.publish(frames.key(1));    // 2
    hub.publish(frames.delta(1));  // 3
    EXPECT_THAT(take_all(*reader), testing::ElementsAre(0, 2, 3));
}

TEST(Hub, TellsAReaderOnceWhenItsQueueTurnsNonEmpty) {
    Hub hub;
    FrameMaker frames;
    int calls = 0;
    auto reader = hub.subscribe(StartAt::next_keyframe, [&] { ++calls; });
    hub.publish(frames.key());
    hub.publish(frames.delta());
    EXPECT_EQ(calls, 1);
    take_all(*reader);
    hub.publish(frames.delta());
    EXPECT_EQ(calls, 2);
}

TEST(Hub, LetsReadersLeaveFromWithinAPass) {
    Hub hub;
    FrameMaker frames;
    std::unique_ptr<HubReader> first, second;
    first = hub.subscribe(StartAt::next_keyframe, [&] {
        second.reset();
        first.reset();
    });
    second = hub.subscribe(StartAt::next_keyframe, [] { FAIL() << "it left before its turn"; });
    hub.publish(frames.key());
    EXPECT_EQ(hub.readers(), 0u);
}

TEST(Hub, ReadersDrainAfterTheEndAndMayOutliveTheHub) {
    auto hub = std::make_unique<Hub>();
    FrameMaker frames;
    int calls = 0;
    auto reader = hub->subscribe(StartAt::next_keyframe, [&] { ++calls; });
    hub->publish(frames.key());
    hub.reset();
    EXPECT_EQ(calls, 2);
    EXPECT_TRUE(reader->ended());
    EXPECT_TRUE(reader->next());
    EXPECT_FALSE(reader->next());
}

TEST(Hub, IgnoresAFrameWithoutAFormatAndWhatComesAfterTheEnd) {
    Hub hub;
    FrameMaker frames;
    auto reader = hub.subscribe(StartAt::next_keyframe, {});
    hub.publish(nullptr);
    hub.publish(std::make_shared<Frame>());
    hub.end();
    hub.publish(frames.key());
    EXPECT_TRUE(reader->empty());
    EXPECT_TRUE(hub.subscribe(StartAt::next_keyframe, {})->ended());
}

}  // namespace
}  // namespace ae::media
