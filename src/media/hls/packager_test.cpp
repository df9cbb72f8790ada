#include "media/hls/packager.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/hls/test_viewer.hpp"

namespace ae::media::hls {
namespace {

using namespace studio;
using testing::ElementsAre;

constexpr SteadyTime kBegin{std::chrono::hours{1}};
const WallTime kWall{std::chrono::seconds{1'790'000'000}};
constexpr std::uint32_t kVideoTrack = 1, kAudioTrack = 2;

struct PackagerTest : testing::Test {
    Viewer viewer;
    // Number 99 is the gap that every stream begins with; the encoder's first segment is 100.
    Packager packager{{.first_msn = 99, .discontinuity_sequence = 7, .media_prefix = "/media/secret/1"}, {kBegin, kWall}, viewer};

    void broadcast(const Scene& scene) {
        for (const auto& frame : record(scene)) packager.on_frame(frame);
    }
    const RenditionView& view(std::string_view id = "main") { return *packager.snapshot()->find(id); }
    /// Those that the encoder filled.
    SegmentList segments(std::string_view id = "main") {
        auto list = *view(id).segments;
        std::erase_if(list, [](const SegmentPtr& segment) { return segment->head->msn == 99; });
        return list;
    }
    std::string playlist(std::string_view id = "main", PlaylistForm form = PlaylistForm::full) {
        return render_media_playlist(*packager.snapshot(), view(id), kAddresses, form);
    }
    std::vector<std::string> renditions() {
        std::vector<std::string> ids;
        for (const auto& rendition : packager.snapshot()->renditions) ids.push_back(rendition.format->id);
        return ids;
    }
};

TEST_F(PackagerTest, CutsPartsOfAFifthOfASecondAndSegmentsAtKeyframes) {
    broadcast({.seconds = 10});
    packager.end();
    EXPECT_DOUBLE_EQ(packager.snapshot()->part_target, 0.2);
    ASSERT_EQ(segments().size(), 5u);
    for (std::size_t i = 0; i < segments().size(); ++i) {
        const auto& segment = *segments()[i];
        EXPECT_EQ(segment.head->msn, 100 + i);
        EXPECT_TRUE(segment.parts.front()->independent);
        EXPECT_EQ(segment.parts.size(), 10u);
        EXPECT_NEAR(segment.seconds, 2, 0.001);
    }
    EXPECT_THAT(viewer.opened, ElementsAre(99, 100, 101, 102, 103, 104));
    EXPECT_TRUE(viewer.discontinuities.empty());
    EXPECT_TRUE(viewer.warnings.empty());
    EXPECT_EQ(packager.dropped(), 0u);
}

TEST_F(PackagerTest, BeginsWithASegmentThatWasMissedSoThatPlayersBeginAtTheFirstParts) {
    broadcast({.seconds = 1.0});
    const auto& first = *view().segments->front();
    EXPECT_EQ(view().segments->size(), 1u) << "the encoder's first segment is still open";
    EXPECT_EQ(first.head->msn, 99u);
    EXPECT_TRUE(first.gap);
    EXPECT_DOUBLE_EQ(first.seconds, 0.2);
    EXPECT_EQ(first.head->starts, kWall - std::chrono::milliseconds{200});
    EXPECT_THAT(playlist(), testing::HasSubstr("GAP=YES\n#EXT-X-GAP\n#EXTINF:0.20000,\n/media/secret/1/main/99.m4s\n"));
    EXPECT_EQ(packager.snapshot()->find_media("main", "99.m4s").state, FoundMedia::State::unknown);
    EXPECT_GT(view().bandwidth.average, 0);
}

TEST_F(PackagerTest, IsPlayableWithThreePartsAndNotWithTheFirstGapAlone) {
    const auto frames = record({.seconds = 3});
    std::size_t parts = 0;
    for (const auto& frame : frames) {
        packager.on_frame(frame);
        if (!packager.snapshot()) continue;
        parts = view().open_parts.size();
        EXPECT_EQ(packager.snapshot()->playable(), parts >= 3) << parts;
        if (parts > 4) break;
    }
    EXPECT_GT(parts, 4u);
}

TEST_F(PackagerTest, PublishesAPartWithTheFirstFrameAfterIt) {
    const auto frames = record({.seconds = 3});
    std::size_t sent = 0;
    for (; sent < frames.size() && viewer.snapshots.empty(); ++sent) packager.on_frame(frames[sent]);
    EXPECT_EQ(frames[sent - 1]->dts, 18'000) << "the frame at 0.2 s completes the part before it";
}

TEST_F(PackagerTest, GivesEveryFrameOnceAndInOrder) {
    const Scene scene{.seconds = 12, .cameras = {{.b_frames = 2}}};
    broadcast(scene);
    packager.end();
    const auto tape = play(viewer.snapshots, "main");
    ASSERT_EQ(tape.size(), 1u);
    const auto& video = tape.begin()->second.at(kVideoTrack);
    const auto& audio = tape.begin()->second.at(kAudioTrack);
    EXPECT_EQ(video.size(), 360u);
    EXPECT_NEAR(static_cast<double>(audio.size()), 12 * 48000 / 1024.0, 2);
    expect_continuous(video);
    expect_continuous(audio);
    // Three frames of reordering: what is shown first is shown at 0.1 s, and the sound begins there.
    EXPECT_EQ(video.front().decode_time, 10 * 90'000 + 9000);
    EXPECT_NEAR(static_cast<double>(audio.front().decode_time), 10.1 * 48'000, 1024);
    EXPECT_EQ(video[0].presentation_time, video[0].decode_time);
    EXPECT_EQ(video[1].presentation_time, video[1].decode_time - 9000);
}

TEST_F(PackagerTest, DatesSegmentsFromTheFirstFramesArrival) {
    broadcast({.seconds = 5, .begins = kBegin + std::chrono::seconds{30}});
    EXPECT_EQ(segments()[0]->head->starts, kWall + std::chrono::seconds{30});
    EXPECT_EQ(segments()[1]->head->starts, kWall + std::chrono::seconds{32});
}

TEST_F(PackagerTest, OffersTheAudioAloneBesideThePicture) {
    broadcast({.seconds = 5});
    EXPECT_THAT(renditions(), ElementsAre("main", "audio"));
    EXPECT_EQ(view("main").format->codecs, "avc1.64001f,mp4a.40.2");
    EXPECT_EQ(view("audio").format->codecs, "mp4a.40.2");
    const auto tape = play(viewer.snapshots, "audio");
    EXPECT_EQ(tape.begin()->second.count(kVideoTrack), 0u);
    expect_continuous(tape.begin()->second.at(kAudioTrack));
}

TEST_F(PackagerTest, CutsOtherVideoTracksAtTheSamePointsAndReportsThem) {
    broadcast({.seconds = 9, .cameras = {{.height = 1088}, {.track = 1, .height = 720}, {.track = 2, .height = 360}}});
    EXPECT_THAT(renditions(), ElementsAre("main", "v1", "v2", "audio"));
    for (const auto* id : {"v1", "v2", "audio"}) {
        ASSERT_EQ(segments(id).size(), segments().size());
        for (std::size_t i = 0; i < segments().size(); ++i) {
            EXPECT_EQ(segments(id)[i]->head->msn, segments()[i]->head->msn);
            EXPECT_EQ(segments(id)[i]->seconds, segments()[i]->seconds);
            EXPECT_TRUE(segments(id)[i]->parts.front()->independent);
        }
    }
    const auto text = playlist("v1");
    EXPECT_THAT(text, testing::HasSubstr("RENDITION-REPORT:URI=\"main.m3u8\",LAST-MSN="));
    EXPECT_THAT(text, testing::HasSubstr("RENDITION-REPORT:URI=\"v2.m3u8\",LAST-MSN="));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("URI=\"v1.m3u8\"")));
}

TEST_F(PackagerTest, MarksGapsWhereAnotherVideoTrackSendsNothing) {
    auto frames = record({.seconds = 12, .cameras = {{}, {.track = 1}}});
    // The second track falls silent between the second keyframe and the last.
    std::erase_if(frames, [](const FramePtr& frame) { return frame->track == 1 && frame->dts >= 2 * 90'000 && frame->dts < 8 * 90'000; });
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    std::vector<bool> gaps;
    for (const auto& segment : segments("v1")) gaps.push_back(segment->gap);
    EXPECT_THAT(gaps, ElementsAre(false, true, true, true, false, false));
    EXPECT_EQ(packager.snapshot()->find_media("v1", "101.m4s").state, FoundMedia::State::unknown);
    EXPECT_THAT(playlist("v1"), testing::HasSubstr("#EXT-X-GAP\n"));
}

TEST_F(PackagerTest, GivesAVideoOnlyStreamASilentTrack) {
    broadcast({.seconds = 8, .microphones = {}});
    packager.end();
    EXPECT_THAT(renditions(), ElementsAre("main"));
    const auto tape = play(viewer.snapshots, "main");
    const auto& audio = tape.begin()->second.at(kAudioTrack);
    expect_continuous(audio);
    EXPECT_NEAR(static_cast<double>(audio.size()), 8 * 48000 / 1024.0, 2);
    EXPECT_EQ(audio.front().bytes, 9u);
    EXPECT_EQ(tape.begin()->second.at(kVideoTrack).size(), 240u) << "no frame is lost to the wait for audio";
}

TEST_F(PackagerTest, TakesLateAudioOfTheSilentFormatWithoutABreak) {
    broadcast({.seconds = 12, .microphones = {{.late_seconds = 5}}});
    packager.end();
    EXPECT_TRUE(viewer.discontinuities.empty());
    const auto tape = play(viewer.snapshots, "main");
    const auto& audio = tape.begin()->second.at(kAudioTrack);
    expect_continuous(audio);
    for (const auto& sample : audio) EXPECT_EQ(sample.bytes == 300, sample.decode_time >= 15 * 48'000 - 1024) << sample.decode_time;
}

TEST_F(PackagerTest, TakesLateAudioOfAnotherFormatAtTheNextKeyframe) {
    broadcast({.seconds = 12, .microphones = {{.rate = 44'100, .late_seconds = 5}}});
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_THAT(renditions(), ElementsAre("main", "audio"));
    EXPECT_EQ(segments("audio").front()->head->msn, 103u) << "it begins with the segment at 6 s";
    EXPECT_NE(segments()[2]->head->init, segments()[3]->head->init);
    const auto tape = play(viewer.snapshots, "main");
    EXPECT_EQ(tape.at(7).at(kVideoTrack).size() + tape.at(8).at(kVideoTrack).size(), 360u) << "no picture is lost";
    EXPECT_EQ(tape.at(8).at(kAudioTrack)[1].bytes, 300u) << "at most one frame of silence, up to its first";
}

TEST_F(PackagerTest, CutsAudioAloneByItsOwnTime) {
    broadcast({.seconds = 20, .cameras = {}, .microphones = {{.rate = 44'100, .channels = 1}}});
    packager.end();
    EXPECT_THAT(renditions(), ElementsAre("main"));
    EXPECT_EQ(view().format->codecs, "mp4a.40.2");
    EXPECT_EQ(view().format->width, 0u);
    EXPECT_DOUBLE_EQ(packager.snapshot()->part_target, 0.209);  // nine frames of 1024 at 44.1 kHz, in whole milliseconds
    expect_continuous(play(viewer.snapshots, "main").begin()->second.at(kAudioTrack));
    EXPECT_NEAR(segments().front()->seconds, 1.88, 0.1);
}

TEST_F(PackagerTest, CutsALongGroupOfPicturesAndWarnsOnce) {
    viewer.judge_every = 5;
    broadcast({.seconds = 40, .cameras = {{.gop_seconds = 8}}});
    EXPECT_THAT(viewer.warnings, ElementsAre(Warning::long_group));
    EXPECT_FALSE(packager.snapshot()->independent_segments);
    for (const auto& segment : segments()) {
        EXPECT_LE(segment->seconds, 6.5);
        EXPECT_GE(segment->seconds, 1);
    }
    // Once the length is known, the pieces are equal: each keyframe still starts a segment.
    const auto& list = segments();
    EXPECT_NEAR(list.back()->seconds, 4, 0.21);
    EXPECT_NE(list[list.size() - 1]->parts.front()->independent, list[list.size() - 2]->parts.front()->independent);
}

TEST_F(PackagerTest, StartsANewTimelineWhenTheFormatChanges) {
    auto frames = record({.seconds = 4});
    for (const auto& frame : record({.seconds = 4, .cameras = {{.height = 1088}}})) {
        auto later = std::make_shared<Frame>(*frame);
        const bool video = later->format->kind == MediaKind::video;
        later->dts += 4 * later->format->timescale.per_second;
        later->pts += 4 * later->format->timescale.per_second;
        later->arrived += std::chrono::seconds{4};
        later->discontinuity = video && frame->dts == 0;
        frames.push_back(std::move(later));
    }
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_EQ(view().format->height, 1088u);
    EXPECT_THAT(playlist(), testing::HasSubstr("init-2.mp4"));
    EXPECT_EQ(play(viewer.snapshots, "main").at(8).at(kVideoTrack).size(), 120u);
    EXPECT_EQ(segments("audio").back()->head->init->number, 1u) << "the audio's format did not change";
}

TEST_F(PackagerTest, KeepsItsInitialisationSegmentWhenOnlyTheClockWasReset) {
    broadcast({.seconds = 5});
    broadcast({.seconds = 5, .begins = kBegin + std::chrono::seconds{5}, .discontinuity = true});
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_EQ(segments().front()->head->init, segments().back()->head->init);
    const auto tape = play(viewer.snapshots, "main");
    EXPECT_EQ(tape.at(7).at(kVideoTrack).size(), 150u);
    EXPECT_EQ(tape.at(8).at(kVideoTrack).size(), 150u);
    EXPECT_EQ(tape.at(8).at(kVideoTrack).front().decode_time, 10 * 90'000);
}

TEST_F(PackagerTest, GoesOnAfterAPublishersGap) {
    broadcast({.seconds = 5});
    packager.on_publisher_gap();
    EXPECT_FALSE(packager.snapshot()->ended);
    EXPECT_TRUE(view().open_parts.empty());
    broadcast({.seconds = 5, .begins = kBegin + std::chrono::seconds{25}});
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_EQ(segments()[3]->head->starts, kWall + std::chrono::seconds{25});
    EXPECT_TRUE(segments()[3]->head->discontinuity);
}

TEST_F(PackagerTest, NeverDatesANewTimelineBeforeTheEndOfTheLast) {
    broadcast({.seconds = 5});
    packager.on_publisher_gap();
    broadcast({.seconds = 5, .begins = kBegin + std::chrono::seconds{2}});
    EXPECT_GE(segments()[3]->head->starts, segments()[2]->head->starts + Duration{static_cast<std::int64_t>(segments()[2]->seconds * 1e6)});
}

TEST_F(PackagerTest, WaitsForAudioThatArrivesLaterThanThePicture) {
    broadcast({.seconds = 8, .microphones = {{.behind_seconds = 0.4}}});
    packager.end();
    EXPECT_EQ(packager.dropped(), 0u);
    const auto tape = play(viewer.snapshots, "main");
    for (const auto& sample : tape.begin()->second.at(kAudioTrack))
        EXPECT_EQ(sample.bytes, sample.decode_time < 18 * 48'000 - 30'000 ? 300u : sample.bytes);
}

TEST_F(PackagerTest, LearnsToWaitForAPublisherWhoseAudioIsAlwaysLate) {
    broadcast({.seconds = 20, .microphones = {{.behind_seconds = 1.5}}});
    packager.end();
    const auto tape = play(viewer.snapshots, "main");
    const auto& audio = tape.begin()->second.at(kAudioTrack);
    expect_continuous(audio);
    const auto heard = std::ranges::count_if(audio, [](const Played& sample) { return sample.bytes == 300; });
    EXPECT_GT(heard, static_cast<std::ptrdiff_t>(audio.size() * 3 / 4));
}

TEST_F(PackagerTest, FillsAHoleInTheAudio) {
    auto frames = record({.seconds = 12});
    std::erase_if(
        frames, [](const FramePtr& frame) { return frame->format->kind == MediaKind::audio && frame->dts > 4 * 48'000 && frame->dts < 7 * 48'000; });
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    EXPECT_TRUE(viewer.discontinuities.empty());
    expect_continuous(play(viewer.snapshots, "main").begin()->second.at(kAudioTrack));
}

TEST_F(PackagerTest, GoesOnWithAudioWhenThePictureStopsForGood) {
    auto frames = record({.seconds = 16});
    std::erase_if(frames, [](const FramePtr& frame) { return frame->format->kind == MediaKind::video && frame->dts > 4 * 90'000; });
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_EQ(view().format->codecs, "mp4a.40.2");
    EXPECT_GT(segments().size(), 4u);
}

TEST_F(PackagerTest, TakesAPictureThatComesToAudioAlone) {
    auto frames = record({.seconds = 12});
    std::erase_if(frames, [](const FramePtr& frame) { return frame->format->kind == MediaKind::video && frame->dts < 6 * 90'000; });
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    EXPECT_THAT(viewer.discontinuities, ElementsAre(8));
    EXPECT_THAT(renditions(), ElementsAre("main", "audio"));
    EXPECT_EQ(play(viewer.snapshots, "main").at(8).at(kVideoTrack).size(), 180u);
}

TEST_F(PackagerTest, LeavesOutWhatItCannotPlayAndSaysSo) {
    auto frame = std::make_shared<Frame>();
    auto format = std::make_shared<TrackFormat>();
    format->codec = Codec::hevc;
    frame->format = format;
    frame->payload = {1};
    packager.on_frame(frame);
    packager.on_frame(frame);
    EXPECT_THAT(viewer.warnings, ElementsAre(Warning::codec_unsupported));
    EXPECT_EQ(packager.dropped(), 2u);
}

TEST_F(PackagerTest, SlidesItsWindowAndForgetsWhatNobodyCanFetch) {
    viewer.judge_every = 13;
    broadcast({.seconds = 120});
    const auto& list = segments();
    EXPECT_EQ(view().first_listed, 2u);
    EXPECT_EQ(list.size() - view().first_listed, 22u);  // 44 s
    const auto oldest = list.front()->head->msn;
    const auto& now = *packager.snapshot();
    EXPECT_EQ(now.find_media("main", fmt::format("{}.m4s", oldest)).state, FoundMedia::State::ready);
    EXPECT_EQ(now.find_media("main", fmt::format("{}.m4s", oldest - 1)).state, FoundMedia::State::gone);
    EXPECT_EQ(now.find_media("main", "98.m4s").state, FoundMedia::State::unknown);
    std::size_t bytes = 0;
    for (const auto& rendition : now.renditions) {
        for (const auto& segment : *rendition.segments) bytes += segment->bytes;
        for (const auto& part : rendition.open_parts) bytes += part->bytes->size();
    }
    EXPECT_EQ(now.memory_bytes, bytes);
}

TEST_F(PackagerTest, SkipsOldSegmentsInADelta) {
    viewer.judge_every = 13;
    broadcast({.seconds = 120});
    EXPECT_THAT(playlist("main", PlaylistForm::delta), testing::HasSubstr("#EXT-X-SKIP:SKIPPED-SEGMENTS=4\n"));
    packager.end();
    EXPECT_THAT(playlist("main", PlaylistForm::delta), testing::Not(testing::HasSubstr("EXT-X-SKIP")));
}

TEST_F(PackagerTest, ShrinksItsWindowUnderMemoryPressureButNotBelowWhatPlayersNeed) {
    Viewer other;
    other.judge_every = 13;
    Packager tight{{.media_prefix = "/m"}, {kBegin, kWall}, other, {.bytes = 1000}};
    for (const auto& frame : record({.seconds = 60})) tight.on_frame(frame);
    const auto& main = tight.snapshot()->renditions.front();
    EXPECT_EQ(main.segments->size() - main.first_listed, 10u);  // 20 s
}

TEST_F(PackagerTest, TakesNothingAfterTheEnd) {
    broadcast({.seconds = 5});
    packager.end();
    const auto last = packager.snapshot();
    EXPECT_TRUE(last->ended);
    EXPECT_THAT(playlist(), testing::EndsWith("#EXT-X-ENDLIST\n"));
    broadcast({.seconds = 5});
    EXPECT_EQ(packager.snapshot(), last);
}

TEST_F(PackagerTest, MeasuresItsBandwidth) {
    broadcast({.seconds = 30});
    // 15 frames of 2 000 bytes and half a keyframe of 16 000 a second, and 47 audio frames of 300.
    const double expected = ((29.5 * 2000) + 0.5 * 16'000 + 46.9 * 300) * 8;
    EXPECT_NEAR(view().bandwidth.average, expected, expected * 0.05);
    EXPECT_GE(view().bandwidth.peak, view().bandwidth.average);
}

}  // namespace
}  // namespace ae::media::hls
