#include "live/stream_routes.hpp"

#include "live/testing_life.hpp"

namespace ae::live {
namespace {

using testing::Life;

class StreamRoutes : public testing::OnStage {
  protected:
    std::string prepare(const std::string& more = {}) {
        clock.advance(std::chrono::milliseconds{1});
        const auto made = life->ask("POST", "/api/streams", R"({"channel":"ada-live","title":"Evening")" + more + "}", "ada");
        EXPECT_EQ(made.status(), 201) << made.body;
        return Life::text(Life::json(made).at("id"));
    }
    std::string status(const std::string& id, const std::string& who = "ada") {
        return Life::text(Life::json(life->get("/api/streams/" + id, who)).at("status"));
    }
    std::string url(const std::string& id, const std::string& who = {}, const std::string& device = {}) {
        const auto pass = life->get("/api/streams/" + id + "/hls" + (device.empty() ? "" : "?device=" + device), who);
        EXPECT_EQ(pass.status(), 200) << pass.body;
        return Life::text(Life::json(pass).at("url"));
    }
    std::int64_t viewers(const std::string& id) { return Life::json(life->get("/api/streams/" + id)).at("viewerCount").as_int64(); }
};
AE_ON_BOTH_ENGINES(StreamRoutes);

TEST_P(StreamRoutes, TheNextEncoderTakesTheNewestPreparedStream) {
    prepare();
    const auto id = prepare(R"(,"description":"Long","category":"music")");
    EXPECT_EQ(status(id), "OFFLINE");
    EXPECT_EQ(life->get("/api/streams/" + id).status(), 404) << "nobody else's business yet";
    EXPECT_EQ(life->get("/api/streams/" + id, "bob").status(), 404);
    publish();
    const auto live = Life::json(life->get("/api/channels/ada-live")).at("stream");
    EXPECT_EQ(Life::text(live.at("id")), id);
    EXPECT_EQ(Life::text(live.at("title")), "Evening");
    EXPECT_EQ(Life::text(live.at("category")), "music");
    EXPECT_EQ(Life::text(live.at("status")), "LIVE");
    EXPECT_FALSE(live.at("startTime").is_null());
    const auto steps = Life::json(life->get("/api/streams/" + id + "/transitions", "ada")).at("items").as_array();
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_TRUE(steps[0].at("from").is_null());
    EXPECT_EQ(Life::text(steps[0].at("reason")), "prepared");
    EXPECT_EQ(Life::text(steps[0].at("actorId")), "ada");
    EXPECT_EQ(Life::text(steps[1].at("to")), "LIVE");
    EXPECT_EQ(life->get("/api/streams/" + id + "/transitions", "bob").status(), 403);
}

TEST_P(StreamRoutes, AnEncoderAloneMakesAStreamAndIsLiveAtOnce) {
    publish();
    const auto id = current_stream();
    EXPECT_EQ(status(id), "LIVE");
    EXPECT_EQ(history(id), "OFFLINE ingest, LIVE ingest");
    const auto list = Life::json(life->get("/api/streams")).at("items").as_array();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(Life::text(list[0].at("id")), id);
}

TEST_P(StreamRoutes, RefuseWhatAStreamCannotBe) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"channel":"ada-live","title":""})", "title_invalid"},
        {R"({"channel":"ada-live","title":"a\nb"})", "title_invalid"},
        {R"({"channel":"ada-live","title":"x","category":"nothing"})", "category_unknown"},
        {R"({"channel":"nobody","title":"x"})", "channel_not_found"},
        {R"({"channel":"ada-live","title":"x","status":"LIVE"})", "body_invalid"},
        {R"({"channel":"ada-live","title":"x","viewerCount":7})", "body_invalid"},
    };
    for (const auto& [body, reason] : cases) EXPECT_EQ(Life::code(life->ask("POST", "/api/streams", body, "ada")), reason) << body;
    EXPECT_EQ(Life::code(life->ask("POST", "/api/streams", R"({"channel":"ada-live","title":"x"})", "bob")), "not_yours");
    EXPECT_EQ(life->ask("POST", "/api/streams", R"({"channel":"ada-live","title":"x"})").status(), 401);
    for (int i = 0; i < 20; ++i) prepare();
    EXPECT_EQ(Life::code(life->ask("POST", "/api/streams", R"({"channel":"ada-live","title":"x"})", "ada")), "too_many_prepared");
}

TEST_P(StreamRoutes, TakeOnlyTheStepsOfTheTable) {
    const auto id = prepare();
    const auto step = [&](const std::string& to) {
        return Life::code(life->ask("PUT", "/api/streams/" + id + "/status", R"({"status":")" + to + "\"}", "ada"));
    };
    EXPECT_EQ(step("LIVE"), "no_ingest");
    for (const char* to : {"OFFLINE", "ENDING", "ARCHIVED"}) EXPECT_EQ(step(to), "transition_illegal") << to;
    EXPECT_EQ(Life::code(life->ask("POST", "/api/streams/ada-live/start", {}, "ada")), "no_ingest");
    publish();
    for (const char* to : {"OFFLINE", "LIVE", "ARCHIVED"}) EXPECT_EQ(step(to), "transition_illegal") << to;
    EXPECT_EQ(Life::code(life->ask("POST", "/api/streams/ada-live/start", {}, "ada")), "transition_illegal");
    EXPECT_EQ(Life::code(life->ask("PUT", "/api/streams/" + id + "/status", R"({"status":"ENDING"})", "bob")), "not_yours");
    EXPECT_EQ(step("ENDING"), "");
    EXPECT_TRUE(Life::until([&] { return status(id) == "ARCHIVED"; }));
    for (const char* to : {"OFFLINE", "LIVE", "ENDING", "ARCHIVED"}) EXPECT_EQ(step(to), "transition_illegal") << to;
    EXPECT_EQ(history(id), "OFFLINE prepared, LIVE ingest, ENDING owner_ended, ARCHIVED recording_final");
    const auto over = Life::json(life->get("/api/streams/" + id));
    EXPECT_FALSE(over.at("endTime").is_null());
    EXPECT_TRUE(over.at("hlsUrl").is_null());
}

TEST_P(StreamRoutes, APreviewIsItsOwnersUntilItGoesLive) {
    const auto id = prepare(R"(,"startsWith":"preview")");
    publish();
    EXPECT_EQ(status(id), "OFFLINE");
    EXPECT_EQ(current_stream(), "");
    EXPECT_EQ(current_stream("ada"), id);
    const auto mine = Life::json(life->get("/api/streams/" + id, "ada"));
    EXPECT_TRUE(mine.at("preview").as_bool());
    EXPECT_TRUE(mine.at("hasVideo").as_bool());
    EXPECT_EQ(life->get("/api/streams/" + id + "/hls").status(), 404);
    EXPECT_EQ(life->get("/hls/" + id + "/master.m3u8").status(), 404);
    EXPECT_EQ(life->get("/" + id + ".m3u8").status(), 404);
    const auto own = url(id, "ada");
    EXPECT_EQ(life->get(own).status(), 200) << "the owner looks first";
    EXPECT_TRUE(Life::json(life->get("/api/streams")).at("items").as_array().empty());

    EXPECT_EQ(life->ask("POST", "/api/streams/ada-live/start", {}, "bob").status(), 403);
    const auto live = life->ask("POST", "/api/streams/ada-live/start", {}, "ada");
    ASSERT_EQ(live.status(), 200) << live.body;
    EXPECT_EQ(Life::text(Life::json(live).at("status")), "LIVE");
    EXPECT_EQ(history(id), "OFFLINE prepared, LIVE went_live");
    EXPECT_EQ(current_stream(), id);
    EXPECT_EQ(life->get(url(id)).status(), 200);
    EXPECT_EQ(life->get("/" + id + ".m3u8").status(), 200);
}

TEST_P(StreamRoutes, AChannelMayAlwaysBeginWithAPreview) {
    EXPECT_EQ(life->ask("PUT", "/api/channels/ada-live", R"({"startsWith":"preview"})", "ada").status(), 200);
    publish();
    const auto id = current_stream("ada");
    EXPECT_EQ(status(id), "OFFLINE");
    EXPECT_EQ(life->ask("PUT", "/api/streams/" + id + "/status", R"({"status":"LIVE"})", "ada").status(), 200);
    EXPECT_EQ(status(id), "LIVE");
}

TEST_P(StreamRoutes, EndRefusesTheSameEncoderInWords) {
    publish();
    const auto id = current_stream();
    const auto ended_stream = life->ask("POST", "/api/streams/" + id + "/end", {}, "ada");
    ASSERT_EQ(ended_stream.status(), 200) << ended_stream.body;
    EXPECT_EQ(control->stopped, "The broadcast has ended.");
    EXPECT_TRUE(Life::until([&] { return status(id) == "ARCHIVED"; }));
    auto again = life->knock(key, "192.0.2.1");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().reason, "stream_just_ended");
    EXPECT_NE(again.error().detail.find("60 seconds"), std::string::npos) << again.error().detail;
    EXPECT_TRUE(life->knock(key, "198.51.100.7")) << "another encoder is somebody's wish";
    clock.advance(std::chrono::seconds{61});
    EXPECT_TRUE(life->knock(key, "192.0.2.1"));
}

TEST_P(StreamRoutes, PreparingAnotherStreamLetsTheEncoderComeBackAtOnce) {
    publish();
    EXPECT_EQ(life->ask("POST", "/api/streams/" + current_stream() + "/end", {}, "ada").status(), 200);
    EXPECT_FALSE(life->knock(key, "192.0.2.1"));
    const auto next = prepare();
    publish();
    EXPECT_EQ(current_stream(), next);
}

TEST_P(StreamRoutes, ViewersSeeANewTitleAtOnce) {
    publish();
    const auto id = current_stream();
    EXPECT_EQ(life->ask("PUT", "/api/streams/" + id, R"({"title":"Now jazz","category":"music"})", "ada").status(), 200);
    const auto shown = Life::json(life->get("/api/channels/ada-live")).at("stream");
    EXPECT_EQ(Life::text(shown.at("title")), "Now jazz");
    EXPECT_EQ(Life::text(shown.at("category")), "music");
    EXPECT_EQ(Life::text(Life::json(life->get("/api/streams")).at("items").at(0).at("title")), "Now jazz");
    EXPECT_EQ(Life::code(life->ask("PUT", "/api/streams/" + id, R"({"title":"x"})", "bob")), "not_yours");
    EXPECT_EQ(Life::code(life->ask("PUT", "/api/streams/" + id, R"({"title":" "})", "ada")), "title_invalid");
    EXPECT_EQ(Life::code(life->ask("PUT", "/api/streams/" + id, R"({"status":"ARCHIVED"})", "ada")), "body_invalid");
}

TEST_P(StreamRoutes, TheSingularAddressesAnswerTheSame) {
    const auto made = life->ask("POST", "/api/stream/create", R"({"channel":"ada-live","title":"Evening"})", "ada");
    ASSERT_EQ(made.status(), 201) << made.body;
    const auto id = Life::text(Life::json(made).at("id"));
    publish();
    EXPECT_EQ(life->get("/api/stream/" + id).body, life->get("/api/streams/" + id).body);
    const auto play = Life::json(life->get("/api/stream/" + id + "/hls", "bob"));
    EXPECT_EQ(life->get(Life::text(play.at("url"))).status(), 200);
    EXPECT_EQ(Life::code(life->ask("POST", "/api/stream/end", R"({"id":"01m31s23r0000000000000000z"})", "ada")), "stream_not_found");
    EXPECT_EQ(Life::code(life->ask("POST", "/api/stream/end", R"({"id":")" + id + "\"}", "bob")), "not_yours");
    EXPECT_EQ(life->ask("POST", "/api/stream/end", R"({"id":")" + id + "\"}", "ada").status(), 200);
    EXPECT_TRUE(Life::until([&] { return status(id) == "ARCHIVED"; }));
}

TEST_P(StreamRoutes, ListByStatusAndByChannelAndPreparedOnesToTheirOwner) {
    prepare();
    const auto count = [&](const std::string& query, const std::string& who = {}) {
        return Life::json(life->get("/api/streams?" + query, who)).at("items").as_array().size();
    };
    EXPECT_EQ(count("status=OFFLINE", "ada"), 1U);
    EXPECT_EQ(count("status=OFFLINE"), 0U);
    EXPECT_EQ(count("status=OFFLINE", "bob"), 0U);
    EXPECT_EQ(count("status=OFFLINE&channel=ada-live", "ada"), 1U);
    EXPECT_EQ(life->get("/api/streams?channel=nobody").status(), 404);
    publish();
    EXPECT_EQ(count("channel=ada-live"), 1U);
    EXPECT_EQ(count("status=OFFLINE", "ada"), 0U);
}

TEST_P(StreamRoutes, WhatGoesPrivateIsGoneForStrangersAndPlaysOnForItsOwner) {
    publish();
    const auto id = current_stream();
    const auto stranger = url(id);
    const auto playlist = life->get("/hls/" + id + "/main.m3u8").body;
    const auto at = playlist.find("/media/");
    const auto media = playlist.substr(at, playlist.find('"', at) - at);
    EXPECT_EQ(life->get(media).status(), 200);
    EXPECT_EQ(life->ask("PUT", "/api/channels/ada-live", R"({"isPublic":false})", "ada").status(), 200);
    EXPECT_EQ(life->get(stranger).status(), 404);
    EXPECT_EQ(life->get(media).status(), 404);
    EXPECT_EQ(life->get("/api/streams/" + id).status(), 404);
    EXPECT_EQ(life->get("/api/streams/" + id + "/hls", "bob").status(), 404);
    life->send(*grant, *publication, 5);
    EXPECT_EQ(life->get(url(id, "ada")).status(), 200);
    EXPECT_EQ(life->ask("PUT", "/api/channels/ada-live", R"({"isPublic":true})", "ada").status(), 200);
    EXPECT_EQ(life->get(url(id)).status(), 200);
}

TEST_P(StreamRoutes, DeletingTheChannelEndsItsStream) {
    publish();
    const auto id = current_stream();
    EXPECT_EQ(life->ask("DELETE", "/api/channels/ada-live", {}, "ada").status(), 204);
    EXPECT_EQ(control->stopped, "This channel was deleted.");
    EXPECT_TRUE(Life::until([&] { return row(id).status == StreamStatus::archived; }));
    EXPECT_EQ(life->get("/api/streams/" + id).status(), 404);
}

// 200 sessions: 30 accounts in two windows, 20 previews of the owner, 120 strangers, of whom 50 leave without a word.
TEST_P(StreamRoutes, CountViewersTruly) {
    publish();
    const auto id = current_stream();
    life->stage.start();
    std::vector<std::string> accounts, previews, strangers;
    for (int i = 0; i < 30; ++i) {
        for (int window = 0; window < 2; ++window) accounts.push_back(url(id, "viewer-" + std::to_string(i)));
    }
    for (int i = 0; i < 20; ++i) previews.push_back(url(id, "ada"));
    clock.advance(std::chrono::minutes{1});  // the addresses are asked for at a rate
    for (int i = 0; i < 120; ++i) strangers.push_back(url(id, {}, "device-0000-0000-" + std::to_string(1000 + i)));
    const auto watch = [&](std::span<const std::string> masters) {
        for (const auto& master : masters) {
            const auto media = master.substr(0, master.rfind('/')) + "/main.m3u8";
            ASSERT_EQ(life->get(media).status(), 200);
        }
    };
    const auto becomes = [&](std::int64_t count) {
        const bool came = Life::until([&] { return viewers(id) == count; });
        EXPECT_EQ(viewers(id), count);
        return came;
    };

    watch(previews);
    watch(accounts);
    EXPECT_TRUE(becomes(30)) << "two windows are one viewer, and the owner's looks are none";
    watch(strangers);
    EXPECT_TRUE(becomes(150));

    // Fifty leave without a word: fifteen seconds later they are gone, and nobody else.
    const auto stay = std::span{strangers}.subspan(50);
    for (int step = 0; step < 3; ++step) {
        clock.advance(std::chrono::seconds{6});
        watch(previews);
        watch(accounts);
        watch(stay);
    }
    EXPECT_TRUE(becomes(100));
    clock.advance(std::chrono::seconds{16});
    EXPECT_TRUE(becomes(0)) << "the last has left";
    const auto shown = Life::json(life->get("/api/streams/" + id));
    EXPECT_EQ(shown.at("peakViewers").as_int64(), 150);
}

}  // namespace
}  // namespace ae::live
