#include "channels/channel_routes.hpp"

#include "channels/testing.hpp"

namespace ae::channels {
namespace {

using testing::kAda;
using testing::kBob;
using testing::kRoot;

class ChannelRoutes : public testing::ChannelServer {};
AE_ON_BOTH_ENGINES(ChannelRoutes);

TEST_P(ChannelRoutes, ShowAChannelByItsSlugAndByItsId) {
    const auto made = create("ada");
    const auto answer = get("/api/channels/ada");
    EXPECT_EQ(answer.status(), 200);
    const auto view = json(answer);
    EXPECT_EQ(view.at("id").as_string(), made.channel.id.str().c_str());
    EXPECT_EQ(view.at("name").as_string(), "Name of ada");
    EXPECT_EQ(view.at("category").as_string(), "just-chatting");
    EXPECT_TRUE(view.at("stream").is_null());
    EXPECT_TRUE(view.at("creator").is_null());
    EXPECT_EQ(get("/api/channels/" + made.channel.id.str()).body, answer.body);
}

TEST_P(ChannelRoutes, NeverShowAKey) {
    const auto made = create("ada");
    const auto key = made.key.reveal().substr(5);
    for (const char* target : {"/api/channels/ada", "/api/channels"}) {
        const auto body = get(target).body;
        EXPECT_EQ(body.find(key), std::string::npos);
        EXPECT_EQ(body.find("live_"), std::string::npos);
    }
}

TEST_P(ChannelRoutes, ShowWhatIsOnAir) {
    const auto made = create("ada");
    StreamView view;
    view.id = StreamId{"01m31s23r0000000000000000a"};
    view.channel = made.channel.id;
    view.title = "Hello";
    view.status = StreamStatus::live;
    view.start_time = made.channel.created_at;
    view.duration = std::chrono::seconds{61};
    view.hls_url = "/x.m3u8";
    view.has_video = true;
    air_.view = view;
    const auto answer = json(get("/api/channels/ada"));
    const auto& stream = answer.at("stream");
    EXPECT_EQ(stream.at("id").as_string(), "01m31s23r0000000000000000a");
    EXPECT_EQ(stream.at("status").as_string(), "LIVE");
    EXPECT_EQ(stream.at("duration").as_int64(), 61);
    EXPECT_EQ(stream.at("hlsUrl").as_string(), "/x.m3u8");
    EXPECT_TRUE(stream.at("hasVideo").as_bool());
    EXPECT_FALSE(stream.at("hasAudio").as_bool());
    EXPECT_TRUE(stream.at("endTime").is_null());
    EXPECT_EQ(stream.at("channel").at("slug").as_string(), "ada");
}

TEST_P(ChannelRoutes, AskOnceWhatIsOnAirForAWholeList) {
    const auto made = create("one");
    create("two");
    create("three");
    StreamView view;
    view.id = StreamId{"01m31s23r0000000000000000a"};
    view.channel = made.channel.id;
    view.status = StreamStatus::live;
    air_.view = view;
    const auto list = json(get("/api/channels"));
    EXPECT_EQ(air_.asked, 1);
    EXPECT_TRUE(list.at("items").at(0).at("stream").is_null());
    EXPECT_EQ(list.at("items").at(2).at("stream").at("status").as_string(), "LIVE");
}

TEST_P(ChannelRoutes, ShowAPreviewToTheOwnerAlone) {
    const auto made = create("ada", kAda);
    StreamView view;
    view.id = StreamId{"01m31s23r0000000000000000a"};
    view.channel = made.channel.id;
    view.preview = true;
    air_.view = view;
    EXPECT_TRUE(json(get("/api/channels/ada")).at("stream").is_null());
    EXPECT_TRUE(json(get("/api/channels/ada", kBob)).at("stream").is_null());
    EXPECT_TRUE(json(get("/api/channels/ada", kAda)).at("stream").at("preview").as_bool());
}

TEST_P(ChannelRoutes, DoNotSayWhetherAPrivateChannelExists) {
    create("eve", kAda);
    EXPECT_EQ(ask("PUT", "/api/channels/eve", R"({"isPublic":false})", kAda).status(), 200);
    const auto id = std::string{json(get("/api/channels/eve", kAda)).at("id").as_string()};
    for (const auto& target :
         {std::string{"/api/channels/eve"}, "/api/channels/" + id, std::string{"/api/channels/nobody"}, std::string{"/api/channels/%27"}}) {
        for (const auto& who : {UserId{}, kBob}) {
            const auto answer = get(target, who);
            EXPECT_EQ(answer.status(), 404) << target;
            EXPECT_EQ(code(answer), "channel_not_found") << target;
        }
    }
    EXPECT_TRUE(json(get("/api/channels")).at("items").as_array().empty());
    EXPECT_TRUE(json(get("/api/channels", kAda)).at("items").as_array().empty()) << "the public list is the same for everybody";
    EXPECT_EQ(get("/api/channels/eve", kRoot).status(), 200);
    EXPECT_EQ(code(ask("POST", "/api/channels/eve/follow", "", kBob)), "channel_not_found");
    EXPECT_EQ(code(ask("PUT", "/api/channels/eve", R"({"name":"x"})", kBob)), "channel_not_found");
    EXPECT_EQ(code(get("/api/channels/eve/followers", kBob)), "channel_not_found");
}

TEST_P(ChannelRoutes, ListPageByPage) {
    for (const char* slug : {"one", "two", "three"}) create(slug);
    const auto first = json(get("/api/channels?limit=2"));
    ASSERT_EQ(first.at("items").as_array().size(), 2U);
    EXPECT_EQ(first.at("items").at(0).at("slug").as_string(), "three");
    const std::string cursor{first.at("next").as_string()};
    const auto second = json(get("/api/channels?limit=2&cursor=" + cursor));
    ASSERT_EQ(second.at("items").as_array().size(), 1U);
    EXPECT_EQ(second.at("items").at(0).at("slug").as_string(), "one");
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(code(get("/api/channels?cursor=made-up")), "cursor_invalid");
}

TEST_P(ChannelRoutes, MakeAChannelThatIsItsCreators) {
    const auto answer = ask("POST", "/api/channels", R"({"name":"Ada live","slug":"ada-live","description":"Long\nwords","category":"music",
        "tags":["jazz","Köln"],"language":"de","socialLinks":{"twitch":"https://twitch.tv/ada"},"startsWith":"preview"})",
                            kAda);
    ASSERT_EQ(answer.status(), 201) << answer.body;
    EXPECT_EQ(answer.header("location"), "/api/channels/ada-live");
    const auto view = json(get("/api/channels/ada-live", kAda));
    EXPECT_EQ(view.at("creatorId").as_string(), kAda.str().c_str());
    EXPECT_EQ(view.at("creator").at("username").as_string(), "ada");
    EXPECT_EQ(view.at("description").as_string(), "Long\nwords");
    EXPECT_EQ(view.at("category").as_string(), "music");
    EXPECT_EQ(view.at("tags").at(1).as_string(), "Köln");
    EXPECT_EQ(view.at("language").as_string(), "de");
    EXPECT_EQ(view.at("socialLinks").at("twitch").as_string(), "https://twitch.tv/ada");
    EXPECT_TRUE(view.at("socialLinks").at("website").is_null());
    EXPECT_EQ(view.at("startsWith").as_string(), "preview");
    EXPECT_TRUE(view.at("isOwner").as_bool());
    EXPECT_FALSE(json(get("/api/channels/ada-live", kBob)).at("isOwner").as_bool());
    EXPECT_EQ(town_.creators, std::vector{kAda});
}

TEST_P(ChannelRoutes, RefuseWhatAChannelCannotBe) {
    create("taken");
    const std::vector<std::pair<std::string, std::string>> cases{
        {R"({"name":"A","slug":"taken"})", "slug_taken"},
        {R"({"name":"A","slug":"No"})", "slug_invalid"},
        {R"({"name":"A","slug":"admin"})", "slug_reserved"},
        {R"({"name":"","slug":"free"})", "name_invalid"},
        {R"({"name":"A","slug":"free","category":"nothing"})", "category_unknown"},
        {R"({"name":"A","slug":"free","tags":["two words"]})", "tags_invalid"},
        {R"({"name":"A","slug":"free","language":"german"})", "language_invalid"},
        {R"({"name":"A","slug":"free","description":"\u0007"})", "description_invalid"},
        {R"({"name":"A","slug":"free","socialLinks":{"website":"http://a.example.org"}})", "social_link_invalid"},
        {R"({"name":"A","slug":"free","creatorId":"01m31s23r0000000000000b0b0"})", "body_invalid"},
        {R"({"name":"A","slug":"free","followerCount":1000})", "body_invalid"},
        {R"({"name":"A","slug":"free","id":"01m31s23r0000000000000000z"})", "body_invalid"},
    };
    for (const auto& [body, reason] : cases) EXPECT_EQ(code(ask("POST", "/api/channels", body, kAda)), reason) << body;
    EXPECT_EQ(get("/api/channels/free").status(), 404);
    EXPECT_EQ(ask("POST", "/api/channels", R"({"name":"A","slug":"free"})", {}).status(), 401);
}

TEST_P(ChannelRoutes, LetAnAccountHaveSoManyChannels) {
    create("one", kAda);
    create("two", kAda);
    EXPECT_EQ(code(ask("POST", "/api/channels", R"({"name":"A","slug":"three"})", kAda)), "too_many_channels");
    EXPECT_EQ(ask("DELETE", "/api/channels/one", "", kAda).status(), 204);
    EXPECT_EQ(ask("POST", "/api/channels", R"({"name":"A","slug":"three"})", kAda).status(), 201);
}

TEST_P(ChannelRoutes, ChangeWhatTheOwnerWantsOtherwiseAndNothingElse) {
    create("ada", kAda);
    EXPECT_EQ(ask("PUT", "/api/channels/ada", R"({"socialLinks":{"github":"https://github.com/ada"},"tags":["x"]})", kAda).status(), 200);
    const auto changed = ask("PUT", "/api/channels/ada", R"({"name":"New","slug":"new-ada","category":"art"})", kAda);
    ASSERT_EQ(changed.status(), 200) << changed.body;
    const auto view = json(get("/api/channels/new-ada"));
    EXPECT_EQ(view.at("name").as_string(), "New");
    EXPECT_EQ(view.at("category").as_string(), "art");
    EXPECT_EQ(view.at("tags").at(0).as_string(), "x");
    EXPECT_EQ(view.at("socialLinks").at("github").as_string(), "https://github.com/ada");
    EXPECT_EQ(ask("PUT", "/api/channels/new-ada", R"({"socialLinks":{}})", kAda).status(), 200);
    EXPECT_TRUE(json(get("/api/channels/new-ada")).at("socialLinks").at("github").is_null()) << "links are replaced as a whole";

    create("bob", kBob);
    EXPECT_EQ(code(ask("PUT", "/api/channels/new-ada", R"({"slug":"bob"})", kAda)), "slug_taken");
    EXPECT_EQ(code(ask("PUT", "/api/channels/new-ada", R"({"name":"Mine"})", kBob)), "not_yours");
    EXPECT_EQ(ask("PUT", "/api/channels/new-ada", R"({"name":"Mine"})", {}).status(), 401);
    EXPECT_EQ(ask("PUT", "/api/channels/new-ada", R"({"name":"Moderated"})", kRoot).status(), 200);
    EXPECT_EQ(json(get("/api/channels/new-ada")).at("creatorId").as_string(), kAda.str().c_str());
    EXPECT_TRUE(air_.told.empty()) << "nothing that a broadcast has to know";
}

TEST_P(ChannelRoutes, FindAChannelByWhatItWasCalledAndByItsCreatorsUsername) {
    create("first", kAda);
    create("second", kAda);
    db().write_blocking([](db::Transaction& tx) { names::claim(tx, {names::Kind::user, kAda.str(), kAda.str()}, "ada_l", WallTime{}).value(); });
    EXPECT_EQ(ask("PUT", "/api/channels/first", R"({"slug":"renamed"})", kAda).status(), 200);
    const auto by_old = json(get("/api/channels/first"));
    EXPECT_EQ(by_old.at("slug").as_string(), "renamed") << "the answer says what it is called now";
    EXPECT_EQ(json(get("/api/channels/ada_l")).at("slug").as_string(), "renamed") << "the oldest of several";
    EXPECT_EQ(code(ask("POST", "/api/channels", R"({"name":"B","slug":"first"})", kBob)), "slug_taken") << "kept for the one that had it";
    EXPECT_EQ(code(ask("POST", "/api/channels", R"({"name":"B","slug":"ada_l"})", kBob)), "slug_taken") << "somebody's username";
}

TEST_P(ChannelRoutes, TellTheStageWhoMayWatchAndWhenAChannelGoes) {
    const auto made = create("ada", kAda);
    const auto id = made.channel.id.str();
    EXPECT_EQ(ask("PUT", "/api/channels/ada", R"({"isPublic":false})", kAda).status(), 200);
    EXPECT_EQ(ask("PUT", "/api/channels/ada", R"({"isPublic":false})", kAda).status(), 200);
    EXPECT_EQ(ask("PUT", "/api/channels/ada", R"({"isPublic":true})", kAda).status(), 200);
    EXPECT_EQ(code(ask("DELETE", "/api/channels/ada", "", kBob)), "not_yours");
    EXPECT_EQ(ask("DELETE", "/api/channels/ada", "", kAda).status(), 204);
    EXPECT_EQ(air_.told, (std::vector<std::string>{"private " + id, "public " + id, "gone " + id}));
    EXPECT_EQ(get("/api/channels/ada", kAda).status(), 404);
    EXPECT_EQ(create("ada", kBob).channel.slug, "ada") << "its slug is free";
}

TEST_P(ChannelRoutes, SearchAndFilter) {
    create("jazz_club", kAda);
    create("other", kBob);
    EXPECT_EQ(ask("PUT", "/api/channels/jazz_club", R"({"name":"Evening 100% jazz","category":"music"})", kAda).status(), 200);
    const auto slugs = [&](const std::string& query, const UserId& who = {}) {
        std::string all;
        for (const auto& item : json(get("/api/channels?" + query, who)).at("items").as_array())
            all += std::string{item.at("slug").as_string()} + " ";
        return all;
    };
    EXPECT_EQ(slugs("q=EVENING"), "jazz_club ");
    EXPECT_EQ(slugs("q=zz_c"), "jazz_club ");
    EXPECT_EQ(slugs("q=zzxc"), "") << "an underscore is itself";
    EXPECT_EQ(slugs("q=100%25"), "jazz_club ");
    EXPECT_EQ(slugs("q=%25"), "jazz_club ");
    EXPECT_EQ(slugs("q=%5C"), "");
    EXPECT_EQ(slugs("category=music"), "jazz_club ");
    EXPECT_EQ(slugs("category=art"), "");
    EXPECT_EQ(slugs("mine=true", kBob), "other ");
    EXPECT_EQ(slugs("mine=true"), "");
    EXPECT_EQ(slugs("followed=true", kBob), "");
    EXPECT_EQ(ask("POST", "/api/channels/jazz_club/follow", "", kBob).status(), 200);
    EXPECT_EQ(slugs("followed=true", kBob), "jazz_club ");
    EXPECT_EQ(slugs("followed=true", kAda), "");
    EXPECT_EQ(slugs("followed=true"), "");
}

TEST_P(ChannelRoutes, ShowTheOwnersPrivateChannelsInTheirOwnList) {
    create("ada", kAda);
    EXPECT_EQ(ask("PUT", "/api/channels/ada", R"({"isPublic":false})", kAda).status(), 200);
    EXPECT_EQ(json(get("/api/channels?mine=true", kAda)).at("items").as_array().size(), 1U);
    EXPECT_EQ(json(get("/api/channels?mine=true", kBob)).at("items").as_array().size(), 0U);
}

TEST_P(ChannelRoutes, ListTheCategories) {
    const auto list = json(get("/api/categories")).at("items").as_array();
    EXPECT_GE(list.size(), 20U);
    EXPECT_EQ(list.at(0).at("slug").as_string(), "just-chatting");
    EXPECT_EQ(list.at(0).at("name").as_string(), "Just chatting");
}

TEST_P(ChannelRoutes, CountAFollowerOnce) {
    create("ada", kAda);
    for (int i = 0; i < 3; ++i) {
        const auto answer = json(ask("POST", "/api/channels/ada/follow", "", kBob));
        EXPECT_TRUE(answer.at("isFollowing").as_bool());
        EXPECT_EQ(answer.at("followerCount").as_int64(), 1);
    }
    EXPECT_EQ(json(ask("POST", "/api/channels/ada/follow", "", kAda)).at("followerCount").as_int64(), 2);
    EXPECT_TRUE(json(get("/api/channels/ada", kBob)).at("isFollowing").as_bool());
    EXPECT_FALSE(json(get("/api/channels/ada")).at("isFollowing").as_bool());
    EXPECT_EQ(json(get("/api/channels/ada")).at("followerCount").as_int64(), 2);
    for (int i = 0; i < 2; ++i) {
        const auto answer = json(ask("DELETE", "/api/channels/ada/follow", "", kBob));
        EXPECT_FALSE(answer.at("isFollowing").as_bool());
        EXPECT_EQ(answer.at("followerCount").as_int64(), 1);
    }
    EXPECT_EQ(ask("POST", "/api/channels/ada/follow", "", {}).status(), 401);
    EXPECT_EQ(code(ask("POST", "/api/channels/nobody/follow", "", kBob)), "channel_not_found");
}

TEST_P(ChannelRoutes, ShowFollowersToTheOwnerAlone) {
    create("ada", kAda);
    ask("POST", "/api/channels/ada/follow", "", kAda);
    ask("POST", "/api/channels/ada/follow", "", kBob);
    const auto first = json(get("/api/channels/ada/followers?limit=1", kAda));
    EXPECT_EQ(first.at("items").at(0).at("user").at("username").as_string(), "bob");
    const auto second = json(get("/api/channels/ada/followers?limit=1&cursor=" + std::string{first.at("next").as_string()}, kAda));
    EXPECT_EQ(second.at("items").at(0).at("user").at("username").as_string(), "ada");
    EXPECT_TRUE(second.at("next").is_null());
    EXPECT_EQ(code(get("/api/channels/ada/followers", kBob)), "not_yours");
    EXPECT_EQ(get("/api/channels/ada/followers").status(), 401);
}

}  // namespace
}  // namespace ae::channels
