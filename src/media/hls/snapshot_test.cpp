#include "media/hls/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/hls/test_viewer.hpp"

namespace ae::media::hls {
namespace {

using namespace studio;

/// A stream at 5.2 s: segments 100 and 101 are whole, 102 has six parts.
struct SnapshotTest : testing::Test {
    Viewer viewer;
    Packager packager{{.first_msn = 99, .media_prefix = "/m/1"}, {}, viewer};
    SnapshotPtr now;

    void SetUp() override {
        for (const auto& frame : record({.seconds = 5.25})) packager.on_frame(frame);
        now = packager.snapshot();
        ASSERT_EQ(now->open_msn, 102u);
        ASSERT_EQ(now->open_part, 6u);
    }
    FoundMedia::State state(std::string_view name, std::string_view rendition = "main") { return now->find_media(rendition, name).state; }
};

struct Wanted {
    std::uint64_t msn;
    std::optional<std::uint64_t> part;
    Availability answer;
};

TEST_F(SnapshotTest, SaysWhetherAPlaylistRequestIsSatisfied) {
    const std::vector<Wanted> table{
        {3, 0, Availability::ready},     // long ago: satisfied at once
        {101, 9, Availability::ready},   // the last part of a whole segment
        {101, 10, Availability::ready},  // one more than it has: the first of the next
        {102, 5, Availability::ready},   // the newest part
        {102, std::nullopt, Availability::ready},
        {102, 6, Availability::wait},      // the next
        {102, 20, Availability::wait},     // within the advance part limit of 15
        {102, 21, Availability::too_far},  //
        {103, 0, Availability::wait},      // the last whole segment is 101: two more may be asked for
        {103, std::nullopt, Availability::wait},
        {103, 15, Availability::too_far},   //
        {104, 0, Availability::too_far},    //
        {~0ull, 0, Availability::too_far},  //
    };
    for (const auto& wanted : table) {
        EXPECT_EQ(now->at("main", wanted.msn, wanted.part), wanted.answer) << wanted.msn << "." << wanted.part.value_or(999);
    }
    EXPECT_EQ(now->at("v7", 102, 0), Availability::unknown);
}

TEST_F(SnapshotTest, WaitsForTheFirstPartOfTheNextSegmentWhenTheLastHasNoSuchPart) {
    packager.on_publisher_gap();
    now = packager.snapshot();
    EXPECT_EQ(now->open_msn, 103u);
    EXPECT_EQ(now->at("main", 102, 9), Availability::wait);
    EXPECT_EQ(now->at("main", 102, 6), Availability::ready);
    EXPECT_EQ(now->at("main", 103, 0), Availability::wait);
}

TEST_F(SnapshotTest, IsAlwaysReadyAtTheEnd) {
    packager.end();
    EXPECT_EQ(packager.snapshot()->at("main", 9999, 9999), Availability::ready);
}

TEST_F(SnapshotTest, FindsMediaByName) {
    EXPECT_EQ(state("init-1.mp4"), FoundMedia::State::ready);
    EXPECT_EQ(state("100.m4s"), FoundMedia::State::ready);
    EXPECT_EQ(state("101.9.m4s"), FoundMedia::State::ready);
    EXPECT_EQ(state("102.5.m4s"), FoundMedia::State::ready);
    EXPECT_EQ(state("102.6.m4s"), FoundMedia::State::wait) << "the hinted part";
    EXPECT_EQ(state("102.6.m4s", "audio"), FoundMedia::State::wait);
    EXPECT_TRUE(now->find_media("main", "init-1.mp4").init);
}

TEST_F(SnapshotTest, GivesASegmentAsTheRopeOfItsParts) {
    const auto segment = now->find_media("main", "100.m4s");
    ASSERT_EQ(segment.rope.size(), 10u);
    for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_EQ(segment.rope[i], now->find_media("main", fmt::format("100.{}.m4s", i)).rope.at(0)) << "the same bytes, not a copy";
    }
}

TEST_F(SnapshotTest, KnowsNothingOfWhatWasNeverThere) {
    for (const auto* name : {"102.7.m4s",  "103.0.m4s", "102.m4s", "100.10.m4s",  "99.m4s",     "99.0.m4s",   "init-2.mp4",
                             "init-0.mp4", "",          ".m4s",    "100",         "100.",       "100.m4s ",   "0100.m4s",
                             "100.00.m4s", "+100.m4s",  "-1.m4s",  "100.0.0.m4s", "init-1.m4s", "../100.m4s", "99999999999999999999.m4s"}) {
        EXPECT_EQ(state(name), FoundMedia::State::unknown) << name;
    }
    EXPECT_EQ(state("100.m4s", "v7"), FoundMedia::State::unknown);
}

TEST_F(SnapshotTest, IsPlayableAfterThreeParts) {
    for (const auto& snapshot : viewer.snapshots) {
        EXPECT_EQ(snapshot->playable(), snapshot->open_msn > 100 || snapshot->open_part >= 3);
    }
}

}  // namespace
}  // namespace ae::media::hls
