// For tests: an owner that records what a packager says, and judges every snapshot as it comes: the playlists by the linter, the media by
// reading it back.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "media/hls/lint.hpp"
#include "media/hls/packager.hpp"
#include "media/hls/playlist.hpp"
#include "media/hls/test_studio.hpp"
#include "media/mp4/inspect.hpp"

namespace ae::media::hls::studio {

inline const std::vector<PlaylistAddress> kAddresses{{"main", "main.m3u8"}, {"v1", "v1.m3u8"}, {"v2", "v2.m3u8"}, {"audio", "audio.m3u8"}};

struct Viewer : PackagerListener {
    std::vector<std::uint64_t> opened;
    std::vector<std::uint64_t> discontinuities;
    std::vector<SnapshotPtr> snapshots;
    std::vector<Warning> warnings;
    std::map<std::string, std::string> last_playlist;
    /// Long broadcasts look at every nth snapshot only.
    std::size_t judge_every = 1;

    void segment_opened(std::uint64_t msn) override {
        if (!opened.empty()) EXPECT_EQ(msn, opened.back() + 1);
        opened.push_back(msn);
    }
    void discontinuity(std::uint64_t sequence) override {
        if (!discontinuities.empty()) EXPECT_EQ(sequence, discontinuities.back() + 1);
        discontinuities.push_back(sequence);
    }
    void warned(Warning warning) override { warnings.push_back(warning); }

    void published(const SnapshotPtr& snapshot) override {
        if (!snapshots.empty()) {
            const auto& last = *snapshots.back();
            EXPECT_TRUE(snapshot->open_msn > last.open_msn || (snapshot->open_msn == last.open_msn && snapshot->open_part >= last.open_part));
            EXPECT_EQ(snapshot->part_target, last.part_target);
        }
        snapshots.push_back(snapshot);
        if (snapshots.size() % judge_every != 0) return;
        for (const auto& view : snapshot->renditions) judge(*snapshot, view);
        expect_clean(lint(render_multivariant_playlist(*snapshot, kAddresses)), "multivariant");
    }

    void judge(const Snapshot& snapshot, const RenditionView& view) {
        const auto& id = view.format->id;
        const auto full = render_media_playlist(snapshot, view, kAddresses);
        const auto delta = render_media_playlist(snapshot, view, kAddresses, PlaylistForm::delta);
        expect_clean(lint(full), full);
        expect_clean(lint(delta), delta);
        auto& last = last_playlist[id];
        if (!last.empty()) {
            expect_clean(lint_update(last, full), last + "\n-- became --\n" + full);
            expect_clean(lint_update(last, delta), last + "\n-- became the delta --\n" + delta);
        }
        last = full;
        if (!snapshot.ended) {
            EXPECT_EQ(snapshot.at(id, snapshot.open_msn, snapshot.open_part), Availability::wait);
            const auto hint = fmt::format("{}.{}.m4s", snapshot.open_msn, snapshot.open_part);
            EXPECT_EQ(snapshot.find_media(id, hint).state, FoundMedia::State::wait);
        }
        expect_listed_media_is_there(snapshot, id, full);
    }

    static void expect_listed_media_is_there(const Snapshot& snapshot, const std::string& id, const std::string& text) {
        std::vector<Finding> ignored;
        const auto playlist = read_media_playlist(text, ignored);
        const auto expect = [&](const std::string& uri) {
            const auto prefix = snapshot.media_prefix + "/" + id + "/";
            ASSERT_TRUE(uri.starts_with(prefix)) << uri;
            EXPECT_EQ(snapshot.find_media(id, uri.substr(prefix.size())).state, FoundMedia::State::ready) << uri;
        };
        for (const auto& segment : playlist.segments) {
            if (!segment.uri.empty() && !segment.gap) expect(segment.uri);
            if (!segment.map.empty()) expect(segment.map);
            for (const auto& part : segment.parts) {
                if (!part.gap) expect(part.uri);
            }
        }
    }

    static void expect_clean(const std::vector<Finding>& findings, const std::string& text) {
        for (const auto& finding : findings) ADD_FAILURE() << finding.rule << ", line " << finding.line << ": " << finding.detail << "\n" << text;
    }
};

/// One sample as a player gets it, on its track's timeline.
struct Played {
    std::int64_t decode_time;
    std::int64_t presentation_time;
    std::uint32_t duration;
    bool sync;
    std::size_t bytes;
};

/// What a player of all of a rendition gets: by discontinuity and track.
using Tape = std::map<std::uint64_t, std::map<std::uint32_t, std::vector<Played>>>;

/// Plays every segment that ever was, out of the snapshots.
inline Tape play(const std::vector<SnapshotPtr>& snapshots, const std::string& id) {
    std::map<std::uint64_t, SegmentPtr> segments;
    for (const auto& snapshot : snapshots) {
        const auto* view = snapshot->find(id);
        if (!view) continue;
        for (const auto& segment : *view->segments) segments.emplace(segment->head->msn, segment);
    }
    Tape tape;
    std::uint32_t last_sequence = 0;
    for (const auto& [msn, segment] : segments) {
        for (const auto& part : segment->parts) {
            if (!part->bytes) continue;
            const auto fragments = mp4::read_fragments(*part->bytes);
            EXPECT_TRUE(fragments && fragments->size() == 1);
            if (!fragments) continue;
            EXPECT_GT(fragments->front().sequence, last_sequence);
            last_sequence = fragments->front().sequence;
            for (const auto& run : fragments->front().runs) {
                for (const auto& sample : run.samples) {
                    tape[segment->head->discontinuity_sequence][run.track_id].push_back(
                        {sample.decode_time, sample.decode_time + sample.composition_offset, sample.duration, sample.sync, sample.payload.size()});
                }
            }
        }
    }
    return tape;
}

/// Every sample begins where the one before it ended.
inline void expect_continuous(const std::vector<Played>& track) {
    for (std::size_t i = 1; i < track.size(); ++i) {
        EXPECT_EQ(track[i].decode_time, track[i - 1].decode_time + track[i - 1].duration) << "sample " << i;
    }
}

}  // namespace ae::media::hls::studio
