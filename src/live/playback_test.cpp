#include "live/playback.hpp"

#include <gtest/gtest.h>

#include "live/testing.hpp"
#include "media/hls/packager.hpp"
#include "media/hls/test_studio.hpp"
#include "net/http/gzip.hpp"

namespace ae::live {
namespace {

namespace hls = media::hls;
using hls::studio::record;
using testing::Answer;
using testing::Catcher;

struct Listener final : hls::PackagerListener {
    void segment_opened(std::uint64_t) override {}
    void discontinuity(std::uint64_t) override {}
    void published(const hls::SnapshotPtr& snapshot) override { snapshots.push_back(snapshot); }
    void warned(hls::Warning) override {}
    std::vector<hls::SnapshotPtr> snapshots;
};

class PlaybackTest : public ::testing::Test {
  protected:
    PlaybackTest() {
        hls::Packager packager{{.epoch = 3, .media_prefix = "/media/secret/3"}, {SteadyTime{std::chrono::hours{1}}, clock.wall()}, listener};
        for (const auto& frame : record({.seconds = 9})) packager.on_frame(frame);
        playback.announce({"stream", "secret", Access::everybody, 3});
    }

    /// The newest snapshot of which part is the open segment's next part.
    hls::SnapshotPtr waiting_for(std::uint64_t msn, std::uint64_t part) {
        for (const auto& snapshot : listener.snapshots) {
            if (snapshot->open_msn == msn && snapshot->open_part == part) return snapshot;
        }
        ADD_FAILURE() << "no snapshot waits for " << msn << "." << part;
        return nullptr;
    }
    void update(const hls::SnapshotPtr& snapshot) {
        playback.update("stream", snapshot);
        settle();
    }
    /// Runs the sweeps that were posted.
    void settle() {
        shard.context().restart();
        shard.context().poll();
    }
    std::shared_ptr<Answer> playlist(std::vector<std::pair<std::string, std::string>> query = {}, bool gzip = false) {
        http::Request request;
        request.query = std::move(query);
        if (gzip) request.headers.add("accept-encoding", "gzip, br");
        auto answer = std::make_shared<Answer>();
        playback.media_playlist(request, std::make_unique<Catcher>(answer), "stream", {}, "main");
        return answer;
    }
    std::shared_ptr<Answer> with_token(std::string_view token, std::vector<std::pair<std::string, std::string>> query = {}) {
        http::Request request;
        request.query = std::move(query);
        auto answer = std::make_shared<Answer>();
        playback.media_playlist(request, std::make_unique<Catcher>(answer), "stream", token, "main");
        return answer;
    }
    std::shared_ptr<Answer> master(std::string_view token, Playback::Place place) {
        auto answer = std::make_shared<Answer>();
        playback.master({}, std::make_unique<Catcher>(answer), "stream", token, place);
        return answer;
    }
    std::string token(const std::string& who, Ticket::Kind kind, Duration life = std::chrono::hours{1}) {
        return tokens.make("stream", {kind, tokens.of_device(who), clock.wall() + life});
    }
    /// How many came and how many left since the last look.
    std::pair<std::size_t, std::size_t> came_and_left() {
        std::pair<std::size_t, std::size_t> both;
        for (const auto& report : playback.tick()) {
            both.first += report.came.size();
            both.second += report.left.size();
        }
        return both;
    }
    std::shared_ptr<Answer> media(std::string_view path, std::string_view secret = "secret") {
        auto answer = std::make_shared<Answer>();
        playback.media(std::make_unique<Catcher>(answer), secret, path);
        return answer;
    }

    ManualClock clock;
    LiveConfig config;
    io::Shard shard{0};
    std::vector<std::string> attached, detached;
    Listener listener;
    PlaybackTokens tokens{Secret{std::string(32, 's')}};
    Playback playback{
        shard,
        config,
        clock,
        tokens,
        {[this](const std::string& stream) { attached.push_back(stream); }, [this](const std::string& stream) { detached.push_back(stream); }}};
};

TEST_F(PlaybackTest, AttachesAtTheFirstRequestAndAnswersWhenTheSnapshotComes) {
    const auto asked = playlist();
    EXPECT_EQ(attached, std::vector<std::string>{"stream"});
    EXPECT_FALSE(asked->status);
    EXPECT_EQ(playback.parked(), 1u);
    update(waiting_for(3, 2));
    EXPECT_EQ(asked->status, 200u);
    EXPECT_TRUE(asked->body.starts_with("#EXTM3U"));
    EXPECT_EQ(playback.parked(), 0u);
    playlist();
    EXPECT_EQ(attached.size(), 1u) << "it stays attached";
}

TEST_F(PlaybackTest, HoldsAPlaylistUntilItHasThePart) {
    update(waiting_for(3, 2));
    const auto next = playlist({{"_HLS_msn", "3"}, {"_HLS_part", "2"}});
    const auto later = playlist({{"_HLS_msn", "3"}, {"_HLS_part", "3"}});
    EXPECT_FALSE(next->status);
    update(waiting_for(3, 3));
    EXPECT_EQ(next->status, 200u);
    EXPECT_NE(next->body.find("3.2.m4s"), std::string::npos);
    EXPECT_FALSE(later->status);
    update(waiting_for(3, 4));
    EXPECT_EQ(later->status, 200u);
}

TEST_F(PlaybackTest, AnswersAtOnceWhatIsPastAndRefusesWhatIsTooFarAhead) {
    update(waiting_for(3, 2));
    EXPECT_EQ(playlist({{"_HLS_msn", "1"}})->status, 200u);
    EXPECT_EQ(playlist({{"_HLS_msn", "6"}})->status, 400u);
    EXPECT_EQ(playlist({{"_HLS_part", "1"}})->status, 400u) << "a part without its segment";
    EXPECT_EQ(playlist({{"_HLS_msn", "x"}})->status, 400u);
}

TEST_F(PlaybackTest, GivesEverybodyTheSameBytes) {
    update(waiting_for(3, 2));
    const auto plain = playlist();
    EXPECT_EQ(playlist()->body, plain->body);
    const auto small = playlist({}, true);
    EXPECT_NE(small->head.find("content-encoding: gzip"), std::string::npos);
    EXPECT_EQ(http::gunzip(small->body, 1 << 20), plain->body);
}

TEST_F(PlaybackTest, HoldsThePartThatTheHintNames) {
    update(waiting_for(3, 2));
    const auto hinted = media("3/main/3.2.m4s");
    EXPECT_FALSE(hinted->status);
    update(waiting_for(3, 3));
    EXPECT_EQ(hinted->status, 200u);
    EXPECT_EQ(hinted->body, media("3/main/3.2.m4s")->body);
    EXPECT_NE(hinted->head.find("immutable"), std::string::npos);
}

TEST_F(PlaybackTest, KnowsNoMediaOfOtherSecretsAndRuns) {
    update(waiting_for(3, 2));
    EXPECT_EQ(media("3/main/2.0.m4s")->status, 200u);
    EXPECT_EQ(media("3/main/2.0.m4s", "other")->status, 404u);
    EXPECT_EQ(media("2/main/2.0.m4s")->status, 410u);
    EXPECT_EQ(media("3/main/nonsense")->status, 404u);
    EXPECT_EQ(media("3")->status, 404u);
    EXPECT_EQ(media("")->status, 404u);
}

TEST_F(PlaybackTest, ForgetsAClientThatLeft) {
    update(waiting_for(3, 2));
    const auto asked = playlist({{"_HLS_msn", "3"}, {"_HLS_part", "2"}});
    ASSERT_TRUE(asked->gone);
    asked->gone();
    update(waiting_for(3, 3));
    EXPECT_FALSE(asked->status);
    EXPECT_EQ(playback.parked(), 0u);
}

TEST_F(PlaybackTest, AnswersWhoWaitedTooLong) {
    const auto asked = playlist();
    clock.advance(config.hold_limit);
    playback.tick();
    EXPECT_EQ(asked->status, 503u);
    EXPECT_NE(asked->head.find("retry-after: 1"), std::string::npos);
    EXPECT_EQ(playback.parked(), 0u);
}

TEST_F(PlaybackTest, DetachesWhenNobodyAsks) {
    update(waiting_for(3, 2));
    playlist();
    clock.advance(std::chrono::seconds{31});
    playback.tick();
    EXPECT_EQ(detached, std::vector<std::string>{"stream"});
    playlist();
    EXPECT_EQ(attached.size(), 2u);
}

TEST_F(PlaybackTest, KeepsWhoWaitsWhenTheBroadcastBeginsAnew) {
    const auto asked = playlist();
    playback.announce({"stream", "other secret", Access::everybody, 4});
    EXPECT_FALSE(asked->status);
    EXPECT_EQ(attached.size(), 2u);
    update(waiting_for(3, 2));
    EXPECT_EQ(asked->status, 200u);
    EXPECT_EQ(media("3/main/1.0.m4s")->status, 404u) << "the old secret is no longer known";
}

TEST_F(PlaybackTest, SaysThatAStreamIsOver) {
    const auto asked = playlist();
    playback.withdraw("stream");
    EXPECT_EQ(asked->status, 404u);
    EXPECT_EQ(playlist()->status, 404u);
    EXPECT_EQ(playback.parked(), 0u);
}

TEST_F(PlaybackTest, AnswersEverybodyBeforeTheServerStops) {
    const auto asked = playlist();
    playback.drain();
    EXPECT_EQ(asked->status, 503u);
    EXPECT_EQ(playlist()->status, 503u);
}

TEST_F(PlaybackTest, WakesThousandsInSweeps) {
    update(waiting_for(3, 2));
    std::vector<std::shared_ptr<Answer>> all;
    for (int i = 0; i < 1000; ++i) all.push_back(playlist({{"_HLS_msn", "3"}, {"_HLS_part", "2"}}));
    playback.update("stream", waiting_for(3, 3));
    EXPECT_EQ(std::ranges::count_if(all, [](const auto& answer) { return answer->status.has_value(); }), 0) << "nothing within the publisher's turn";
    settle();
    for (const auto& answer : all) EXPECT_EQ(answer->status, 200u);
}

TEST_F(PlaybackTest, GivesEverybodyTheSamePlaylistWhateverTheirToken) {
    update(waiting_for(3, 2));
    const auto plain = playlist();
    EXPECT_EQ(with_token(token("ada", Ticket::Kind::viewer))->body, plain->body);
    EXPECT_EQ(with_token(token("bob", Ticket::Kind::preview))->body, plain->body);
    const auto beside = master(token("ada", Ticket::Kind::viewer), Playback::Place::beside);
    EXPECT_NE(beside->body.find("\nmain.m3u8\n"), std::string::npos) << "beside itself, so that the token stays in the path";
    EXPECT_EQ(master({}, Playback::Place::beside)->body, beside->body);
    EXPECT_NE(master({}, Playback::Place::at_root)->body.find("\n/hls/stream/main.m3u8\n"), std::string::npos);
}

TEST_F(PlaybackTest, RefusesAForgedToken) {
    update(waiting_for(3, 2));
    EXPECT_EQ(with_token("made-up")->status, 403u);
    EXPECT_EQ(with_token(tokens.make("other", {Ticket::Kind::viewer, {}, clock.wall() + std::chrono::hours{1}}))->status, 403u);
    EXPECT_EQ(came_and_left().first, 0u);
}

TEST_F(PlaybackTest, APublicStreamGoesOnWhenTheTokenGrowsOld) {
    update(waiting_for(3, 2));
    const auto mine = token("ada", Ticket::Kind::viewer);
    EXPECT_EQ(with_token(mine)->status, 200u);
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(with_token(mine)->status, 200u);
    EXPECT_EQ(came_and_left(), (std::pair{std::size_t{1}, std::size_t{0}}));
}

TEST_F(PlaybackTest, WhatIsTheOwnersOpensWithAPreviewAlone) {
    playback.announce({"stream", "secret", Access::owner, 3});
    update(waiting_for(3, 2));
    EXPECT_EQ(playlist()->status, 404u);
    EXPECT_EQ(with_token(token("ada", Ticket::Kind::viewer))->status, 404u);
    const auto preview = token("owner", Ticket::Kind::preview);
    EXPECT_EQ(with_token(preview)->status, 200u);
    EXPECT_EQ(came_and_left().first, 0u) << "it is not counted";
    clock.advance(std::chrono::hours{2});
    EXPECT_EQ(with_token(preview)->status, 403u) << "and does not outlive its token";
}

TEST_F(PlaybackTest, WhoWaitsForWhatGoesPrivateIsLetGo) {
    update(waiting_for(3, 2));
    const auto next = std::vector<std::pair<std::string, std::string>>{{"_HLS_msn", "3"}, {"_HLS_part", "2"}};
    const auto stranger = playlist(next);
    const auto owner = with_token(token("owner", Ticket::Kind::preview), next);
    playback.announce({"stream", "other secret", Access::owner, 4});
    EXPECT_EQ(stranger->status, 404u);
    EXPECT_FALSE(owner->status);
    EXPECT_EQ(playback.parked(), 1u);
    EXPECT_EQ(media("3/main/1.0.m4s")->status, 404u) << "nor do the media of before lead anywhere";
    update(waiting_for(3, 3));
    EXPECT_EQ(owner->status, 200u);
}

TEST_F(PlaybackTest, CountsWhoWaitsAsThere) {
    update(waiting_for(3, 2));
    const auto held = with_token(token("ada", Ticket::Kind::viewer), {{"_HLS_msn", "3"}, {"_HLS_part", "2"}});
    EXPECT_EQ(came_and_left(), (std::pair{std::size_t{1}, std::size_t{0}}));
    for (int second = 0; second < 17; ++second) {
        clock.advance(std::chrono::seconds{1});
        EXPECT_EQ(came_and_left().second, 0u);
    }
    held->gone();
    clock.advance(std::chrono::seconds{15});
    EXPECT_EQ(came_and_left().second, 1u);
}

TEST_F(PlaybackTest, CountsPlayersWithoutATokenByAddressAndUserAgent) {
    update(waiting_for(3, 2));
    const auto ask = [&](const std::string& address, const std::string& agent) {
        http::Request request;
        request.address = address;
        request.headers.add("user-agent", agent);
        playback.media_playlist(request, std::make_unique<Catcher>(std::make_shared<Answer>()), "stream", {}, "main");
    };
    ask("192.0.2.1", "VLC");
    ask("192.0.2.1", "VLC");
    ask("192.0.2.1", "ffplay");
    ask("192.0.2.2", "VLC");
    media("3/main/1.0.m4s");
    EXPECT_EQ(came_and_left().first, 3u);
}

}  // namespace
}  // namespace ae::live
