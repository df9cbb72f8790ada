// Broadcasts of every kind that publishers send, and some that they should not: whatever comes in, every playlist is good and every
// frame that was taken is given out once, in order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/hls/test_viewer.hpp"

namespace ae::media::hls {
namespace {

using namespace studio;

constexpr SteadyTime kBegin{std::chrono::hours{1}};
constexpr std::uint32_t kVideoTrack = 1, kAudioTrack = 2;

struct Case {
    const char* name;
    Scene scene;
    bool whole = true;  // every frame is expected to be given out
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Broadcast : public testing::TestWithParam<Case> {};

std::size_t count(const std::vector<FramePtr>& frames, MediaKind kind) {
    return static_cast<std::size_t>(
        std::ranges::count_if(frames, [&](const FramePtr& frame) { return frame->format->kind == kind && frame->track == 0; }));
}

double end_of(const std::vector<Played>& track, double rate) { return static_cast<double>(track.back().decode_time + track.back().duration) / rate; }

TEST_P(Broadcast, HasGoodPlaylistsAndLosesNothing) {
    const auto frames = record(GetParam().scene);
    Viewer viewer;
    viewer.judge_every = 3;
    Packager packager{{.media_prefix = "/m/1"}, {kBegin, WallTime{std::chrono::seconds{1'790'000'000}}}, viewer};
    for (const auto& frame : frames) packager.on_frame(frame);
    packager.end();
    ASSERT_FALSE(viewer.snapshots.empty());
    const auto tape = play(viewer.snapshots, "main");
    std::size_t pictures = 0;
    for (const auto& [discontinuity, tracks] : tape) {
        for (const auto& [id, track] : tracks) expect_continuous(track);
        if (tracks.contains(kVideoTrack)) {
            pictures += tracks.at(kVideoTrack).size();
            EXPECT_TRUE(tracks.at(kVideoTrack).front().sync);
            const auto& microphones = GetParam().scene.microphones;
            const bool silent = microphones.empty() || (microphones[0].late_seconds > 0 && discontinuity == 0);
            const double rate = silent ? 48'000 : microphones[0].rate;
            EXPECT_NEAR(end_of(tracks.at(kAudioTrack), rate), end_of(tracks.at(kVideoTrack), 90'000), 0.1) << "both tracks end together";
        }
    }
    if (GetParam().whole) EXPECT_EQ(pictures, count(frames, MediaKind::video));
}

std::vector<Case> cases() {
    return {
        {"plain", {.seconds = 9}},
        {"b_frames", {.seconds = 9, .cameras = {{.b_frames = 3}}}},
        {"fps60", {.seconds = 9, .cameras = {{.fps = 60}}}},
        {"ntsc", {.seconds = 9, .cameras = {{.fps = 30000 / 1001.0}}}},
        {"film", {.seconds = 9, .cameras = {{.fps = 24000 / 1001.0}}}},
        {"pal", {.seconds = 9, .cameras = {{.fps = 25}}}},
        {"fps144", {.seconds = 5, .cameras = {{.fps = 144}}}},
        {"slow", {.seconds = 20, .cameras = {{.fps = 5}}}},
        {"slideshow", {.seconds = 30, .cameras = {{.fps = 1}}}},
        {"slideshow_without_audio", {.seconds = 30, .cameras = {{.fps = 1}}, .microphones = {}}},
        {"unknown_rate", {.seconds = 9, .cameras = {{.fps = 50, .says_frame_rate = false}}}},
        {"variable_rate", {.seconds = 20, .cameras = {{.drop = 0.5}}}},
        {"very_variable_rate", {.seconds = 20, .cameras = {{.fps = 60, .drop = 0.93}}}},
        {"variable_rate_without_audio", {.seconds = 20, .cameras = {{.drop = 0.8}}, .microphones = {}}},
        {"short_groups", {.seconds = 9, .cameras = {{.gop_seconds = 0.5}}}},
        {"only_keyframes", {.seconds = 9, .cameras = {{.gop_seconds = 0.01}}}},
        {"one_second_groups", {.seconds = 12, .cameras = {{.gop_seconds = 1}}}},
        {"long_groups", {.seconds = 33, .cameras = {{.gop_seconds = 8}}}},
        {"groups_just_too_long", {.seconds = 40, .cameras = {{.gop_seconds = 6.8}}}},
        {"endless_group", {.seconds = 40, .cameras = {{.gop_seconds = 1000}}}},
        {"cd_audio", {.seconds = 9, .microphones = {{.rate = 44'100}}}},
        {"mono", {.seconds = 9, .microphones = {{.channels = 1}}}},
        {"video_alone", {.seconds = 9, .microphones = {}}},
        {"audio_alone", {.seconds = 20, .cameras = {}}, false},
        {"late_audio", {.seconds = 14, .microphones = {{.late_seconds = 5}}}},
        {"late_cd_audio_mono", {.seconds = 14, .microphones = {{.rate = 44'100, .channels = 1, .late_seconds = 5}}}},
        {"audio_behind", {.seconds = 9, .microphones = {{.behind_seconds = 0.3}}}},
        {"audio_far_behind", {.seconds = 14, .microphones = {{.behind_seconds = 2}}}},
        {"three_tracks", {.seconds = 9, .cameras = {{}, {.track = 1}, {.track = 2}}}},
    };
}

INSTANTIATE_TEST_SUITE_P(Kinds, Broadcast, testing::ValuesIn(cases()), [](const auto& info) { return std::string{info.param.name}; });

/// A publisher that does everything at once: frames are lost, doubled, swapped, late; clocks jump; formats change; the line breaks.
class Troublemaker {
  public:
    explicit Troublemaker(std::uint32_t seed) : random_(seed) {}

    void broadcast(Packager& packager) {
        SteadyTime now = kBegin;
        for (int part = 0; part < 5; ++part) {
            Scene scene{.seconds = number(1, 9), .begins = now, .seed = static_cast<std::uint32_t>(random_()), .discontinuity = chance(0.5)};
            scene.cameras = {
                {.fps = number(3, 70), .gop_seconds = number(0.3, 9), .b_frames = static_cast<int>(number(0, 3)), .drop = number(0, 0.6)}};
            if (chance(0.3)) scene.cameras.push_back({.fps = scene.cameras[0].fps, .gop_seconds = scene.cameras[0].gop_seconds, .track = 1});
            if (chance(0.15)) scene.cameras.clear();
            if (chance(0.3)) scene.microphones[0].rate = 44'100;
            if (chance(0.15) && !scene.cameras.empty()) scene.microphones.clear();
            for (const auto& frame : record(scene)) send(packager, frame);
            if (chance(0.3)) packager.on_publisher_gap();
            now += std::chrono::milliseconds{static_cast<int>(number(0, 12'000))};
        }
        packager.end();
    }

  private:
    double number(double from, double to) { return std::uniform_real_distribution<>{from, to}(random_); }
    bool chance(double of) { return number(0, 1) < of; }

    void send(Packager& packager, const FramePtr& frame) {
        if (chance(0.02)) return;
        packager.on_frame(chance(0.02) ? spoiled(*frame) : frame);
        if (chance(0.02)) packager.on_frame(frame);
    }
    FramePtr spoiled(const Frame& frame) {
        auto bad = std::make_shared<Frame>(frame);
        switch (random_() % 6) {
            case 0: bad->dts += static_cast<std::int64_t>(number(-200'000, 200'000)); break;
            case 1: bad->dts = static_cast<std::int64_t>(number(-9e18, 9e18)); break;
            case 2: bad->pts = static_cast<std::int64_t>(number(-9e18, 9e18)); break;
            case 3: bad->payload.clear(); break;
            case 4: bad->keyframe = !bad->keyframe; break;
            case 5: bad->discontinuity = true; break;
        }
        return bad;
    }

    std::mt19937 random_;
};

class Trouble : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Trouble, NeverMakesABadPlaylist) {
    Viewer viewer;
    viewer.judge_every = 5;
    Packager packager{{.media_prefix = "/m/1"}, {kBegin, WallTime{std::chrono::seconds{1'790'000'000}}}, viewer};
    Troublemaker{GetParam()}.broadcast(packager);
    const auto tape = play(viewer.snapshots, "main");
    for (const auto& [discontinuity, tracks] : tape) {
        for (const auto& [id, track] : tracks) {
            for (std::size_t i = 1; i < track.size(); ++i) ASSERT_GT(track[i].decode_time, track[i - 1].decode_time);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Trouble, testing::Range(1u, 41u));

}  // namespace
}  // namespace ae::media::hls
