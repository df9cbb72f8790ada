#include "media/mp4/fragment.hpp"

#include <gtest/gtest.h>

#include "media/mp4/inspect.hpp"

namespace ae::media::mp4 {
namespace {

const Bytes kPicture{1, 2, 3, 4, 5}, kSmallPicture{6, 7}, kSound{8, 9, 10};

TEST(Fragment, ReadsBackAsItWasWritten) {
    const std::vector<Sample> video{{kPicture, 3000, 6000, true}, {kSmallPicture, 2970, -3000, false}};
    const std::vector<Sample> audio{{kSound, 1024, 0, true}, {kSound, 1024, 0, true}};
    const std::vector<TrackRun> runs{{1, MediaKind::video, 900'000, video}, {2, MediaKind::audio, 480'000, audio}};
    const auto bytes = fragment(7, runs);
    const auto read = read_fragments(bytes);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1u);
    EXPECT_EQ(read->at(0).sequence, 7u);
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const auto& run = read->at(0).runs.at(r);
        EXPECT_EQ(run.track_id, runs[r].track_id);
        EXPECT_EQ(run.decode_time, runs[r].decode_time);
        ASSERT_EQ(run.samples.size(), runs[r].samples.size());
        for (std::size_t s = 0; s < run.samples.size(); ++s) {
            EXPECT_EQ(run.samples[s].duration, runs[r].samples[s].duration);
            EXPECT_EQ(run.samples[s].composition_offset, runs[r].samples[s].composition_offset);
            EXPECT_EQ(run.samples[s].sync, runs[r].samples[s].sync);
            EXPECT_TRUE(std::ranges::equal(run.samples[s].payload, runs[r].samples[s].payload));
        }
    }
}

TEST(Fragment, SpendsFourBytesASampleOnAudioOfOneDuration) {
    const std::vector<Sample> nine(9, Sample{kSound, 1024}), ten(10, Sample{kSound, 1024});
    const auto small = fragment(1, std::vector<TrackRun>{{2, MediaKind::audio, 0, nine}});
    const auto large = fragment(1, std::vector<TrackRun>{{2, MediaKind::audio, 0, ten}});
    EXPECT_EQ(large.size() - small.size(), 4 + kSound.size());
}

TEST(Fragment, SaysTheTimeOfATrackWithoutSamples) {
    const auto read = read_fragments(fragment(1, std::vector<TrackRun>{{1, MediaKind::video, 1234, {}}}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->at(0).runs.at(0).decode_time, 1234u);
    EXPECT_TRUE(read->at(0).runs.at(0).samples.empty());
}

TEST(Fragment, KeepsDecodeTimesBeyondThirtyTwoBits) {
    const std::uint64_t late = (1ull << 33) + 5;
    const std::vector<Sample> one{{kPicture, 3000}};
    EXPECT_EQ(read_fragments(fragment(1, std::vector<TrackRun>{{1, MediaKind::video, late, one}}))->at(0).runs.at(0).decode_time, late);
}

TEST(FragmentReader, RefusesEveryTruncation) {
    const std::vector<Sample> video{{kPicture, 3000, 6000, true}, {kSmallPicture, 2970, -3000, false}};
    const auto bytes = fragment(7, std::vector<TrackRun>{{1, MediaKind::video, 900'000, video}});
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        EXPECT_FALSE(read_fragments(BytesView{bytes}.first(size))) << size;
    }
}

}  // namespace
}  // namespace ae::media::mp4
