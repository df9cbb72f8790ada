#include "media/hls/packager.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/hls/playlist.hpp"
#include "media/hls/test_studio.hpp"

namespace ae::media::hls {
namespace {

using studio::Camera;
using studio::Microphone;
using studio::Scene;

const std::vector<PlaylistAddress> kAddresses{{"main", "main.m3u8"}, {"v1", "v1.m3u8"}, {"audio", "audio.m3u8"}};

struct Owner : PackagerListener {
    std::vector<std::uint64_t> opened;
    std::vector<std::uint64_t> discontinuities;
    std::vector<SnapshotPtr> snapshots;
    std::vector<Warning> warnings;

    void segment_opened(std::uint64_t msn) override { opened.push_back(msn); }
    void discontinuity(std::uint64_t sequence) override { discontinuities.push_back(sequence); }
    void published(const SnapshotPtr& snapshot) override { snapshots.push_back(snapshot); }
    void warned(Warning warning) override { warnings.push_back(warning); }
};

struct PackagerTest : testing::Test {
    Owner owner;
    Packager packager{{.first_msn = 100, .discontinuity_sequence = 7, .media_prefix = "/media/secret/1"},
                      {SteadyTime{std::chrono::hours{1}}, WallTime{std::chrono::seconds{1'790'000'000}}},
                      owner};

    void play(const Scene& scene) {
        for (const auto& frame : studio::record(scene)) packager.on_frame(frame);
    }
    const RenditionView& view(std::string_view id) { return *packager.snapshot()->find(id); }
    std::string playlist(std::string_view id = "main", PlaylistForm form = PlaylistForm::full) {
        return render_media_playlist(*packager.snapshot(), view(id), kAddresses, form);
    }
};

TEST_F(PackagerTest, CutsPartsOfAFifthOfASecondAndSegmentsAtKeyframes) {
    play({.seconds = 10});
    packager.end();
    EXPECT_DOUBLE_EQ(packager.snapshot()->part_target, 0.2);
    const auto& segments = *view("main").segments;
    ASSERT_EQ(segments.size(), 5u);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        EXPECT_EQ(segments[i]->head->msn, 100 + i);
        EXPECT_TRUE(segments[i]->parts.front()->independent);
        EXPECT_EQ(segments[i]->parts.size(), 10u);
        EXPECT_NEAR(segments[i]->seconds, 2, 0.001);
    }
    EXPECT_THAT(owner.opened, testing::ElementsAre(100, 101, 102, 103, 104));
    EXPECT_TRUE(owner.discontinuities.empty());
}

}  // namespace
}  // namespace ae::media::hls
