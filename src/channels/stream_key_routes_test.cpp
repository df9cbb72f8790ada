#include "channels/testing.hpp"

namespace ae::channels {
namespace {

using testing::kAda;
using testing::kBob;
using testing::kRoot;

class StreamKeyRoutes : public testing::ChannelServer {
  protected:
    std::string text(const boost::json::value& value) { return std::string{value.as_string()}; }
    std::string_view let_in(const std::string& key) {
        const auto holder = io::run_blocking(keys_.find_by_key(Secret{key}));
        return holder ? "" : holder.error().reason;
    }
};
AE_ON_BOTH_ENGINES(StreamKeyRoutes);

TEST_P(StreamKeyRoutes, ShowTheOwnerWhatToPaste) {
    const auto made = create("ada", kAda);
    const auto shown = json(get("/api/channels/ada/stream-key", kAda));
    EXPECT_EQ(text(shown.at("key")), made.key.reveal());
    EXPECT_EQ(text(shown.at("name")), "main");
    EXPECT_EQ(text(shown.at("ingestUrl")), "rtmp://test/live");
    EXPECT_TRUE(shown.at("lastUsedAt").is_null());
    EXPECT_EQ(get("/api/channels/ada/stream-key").status(), 401);
    EXPECT_EQ(code(get("/api/channels/ada/stream-key", kBob)), "not_yours");
    EXPECT_EQ(code(get("/api/channels/ada/stream-key", kRoot)), "not_yours") << "a key is for its owner's eyes, not for the administrator's";
    EXPECT_EQ(code(get("/api/channels/nobody/stream-key", kAda)), "channel_not_found");
}

TEST_P(StreamKeyRoutes, AskForARecentLoginBeforeAKeyIsShown) {
    create("ada", kAda);
    const auto id = text(json(get("/api/channels/ada/stream-keys", kAda)).at("items").at(0).at("id"));
    recent_ = false;
    EXPECT_EQ(code(get("/api/channels/ada/stream-key", kAda)), "login_not_recent");
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys", R"({"name":"guest"})", kAda)), "login_not_recent");
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kAda)), "login_not_recent");
    EXPECT_EQ(get("/api/channels/ada/stream-keys", kAda).status(), 200) << "the list shows no key";
    recent_ = true;
    EXPECT_EQ(get("/api/channels/ada/stream-key", kAda).status(), 200);
}

TEST_P(StreamKeyRoutes, SayWhenAndWhereAKeyWasUsed) {
    const auto made = create("ada", kAda);
    const auto holder = io::run_blocking(keys_.find_by_key(made.key)).value();
    io::run_blocking(keys_.note_used(holder.key, "192.0.2.1"));
    const auto shown = json(get("/api/channels/ada/stream-key", kAda));
    EXPECT_EQ(text(shown.at("lastUsedAddress")), "192.0.2.1");
    const auto item = json(get("/api/channels/ada/stream-keys", kAda)).at("items").at(0);
    EXPECT_EQ(text(item.at("lastUsedAddress")), "192.0.2.1");
    EXPECT_FALSE(item.at("lastUsedAt").is_null());
}

TEST_P(StreamKeyRoutes, KeepSeveralKeysByName) {
    create("ada", kAda);
    const auto made = ask("POST", "/api/channels/ada/stream-keys", R"({"name":"guest"})", kAda);
    ASSERT_EQ(made.status(), 201) << made.body;
    const auto guest = text(json(made).at("key"));
    EXPECT_EQ(guest.size(), 45U) << "live_ and 200 bits";
    EXPECT_EQ(let_in(guest), "");
    const auto list = get("/api/channels/ada/stream-keys", kAda);
    EXPECT_EQ(json(list).at("items").as_array().size(), 2U);
    EXPECT_EQ(text(json(list).at("items").at(0).at("name")), "guest");
    EXPECT_EQ(text(json(list).at("items").at(0).at("lastFour")), guest.substr(guest.size() - 4));
    EXPECT_EQ(list.body.find(guest), std::string::npos) << "the list has no keys in it";
    EXPECT_EQ(ask("POST", "/api/channels/ada/stream-keys", R"({"name":"third"})", kAda).status(), 201);
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys", R"({"name":"fourth"})", kAda)), "too_many_keys");
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys", R"({"name":""})", kAda)), "name_invalid");
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys", R"({"name":"x"})", kBob)), "not_yours");
}

TEST_P(StreamKeyRoutes, RotateOneKeyAndCutWhoeverSendsWithIt) {
    const auto first = create("ada", kAda).key.reveal();
    const auto guest = text(json(ask("POST", "/api/channels/ada/stream-keys", R"({"name":"guest"})", kAda)).at("key"));
    const auto keys = json(get("/api/channels/ada/stream-keys", kAda)).at("items").as_array();
    const auto id = text(keys.at(1).at("id"));
    const auto rotated = json(ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kAda));
    EXPECT_EQ(text(rotated.at("name")), "main");
    EXPECT_EQ(let_in(first), "stream_key_unknown");
    EXPECT_EQ(let_in(guest), "") << "the other key goes on";
    EXPECT_EQ(let_in(text(rotated.at("key"))), "");
    ASSERT_EQ(air_.told.size(), 1U);
    EXPECT_TRUE(air_.told[0].starts_with("cut " + id + ": The stream key was changed."));
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kAda)), "stream_key_not_found") << "that one is gone";
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kBob)), "not_yours");
}

TEST_P(StreamKeyRoutes, AnotherChannelsKeyIsNotFound) {
    create("ada", kAda);
    create("bob", kBob);
    const auto id = text(json(get("/api/channels/bob/stream-keys", kBob)).at("items").at(0).at("id"));
    EXPECT_EQ(code(ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kAda)), "stream_key_not_found");
    EXPECT_EQ(code(ask("DELETE", "/api/channels/ada/stream-keys/" + id, "", kAda)), "stream_key_not_found");
    EXPECT_TRUE(air_.told.empty());
}

TEST_P(StreamKeyRoutes, DeleteAKey) {
    const auto made = create("ada", kAda);
    const auto id = text(json(get("/api/channels/ada/stream-keys", kAda)).at("items").at(0).at("id"));
    EXPECT_EQ(code(ask("DELETE", "/api/channels/ada/stream-keys/" + id, "", kBob)), "not_yours");
    EXPECT_EQ(ask("DELETE", "/api/channels/ada/stream-keys/" + id, "", kAda).status(), 204);
    EXPECT_EQ(let_in(made.key.reveal()), "stream_key_unknown");
    EXPECT_EQ(air_.told.size(), 1U);
    EXPECT_EQ(code(get("/api/channels/ada/stream-key", kAda)), "stream_key_none");
    EXPECT_EQ(code(ask("DELETE", "/api/channels/ada/stream-keys/" + id, "", kAda)), "stream_key_not_found");
}

TEST_P(StreamKeyRoutes, WriteDownWhatWasDone) {
    create("ada", kAda);
    get("/api/channels/ada/stream-key", kAda);
    ask("PUT", "/api/channels/ada", R"({"name":"New","tags":[]})", kAda);
    const auto id = text(json(get("/api/channels/ada/stream-keys", kAda)).at("items").at(0).at("id"));
    ask("POST", "/api/channels/ada/stream-keys/" + id + "/rotate", "", kAda);
    const auto first = json(get("/api/channels/ada/audit?limit=3", kAda));
    const auto& entries = first.at("items").as_array();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(text(entries[0].at("action")), "key_rotated");
    EXPECT_EQ(text(entries[0].at("subject")), "main");
    EXPECT_EQ(text(entries[0].at("actorId")), kAda.str());
    EXPECT_EQ(text(entries[0].at("address")), "127.0.0.1");
    EXPECT_EQ(text(entries[1].at("action")), "channel_changed");
    EXPECT_EQ(text(entries[1].at("subject")), "name, tags");
    EXPECT_EQ(text(entries[2].at("action")), "key_shown");
    const auto second = json(get("/api/channels/ada/audit?limit=3&cursor=" + text(first.at("next")), kAda));
    EXPECT_EQ(text(second.at("items").at(0).at("action")), "channel_created");
    EXPECT_EQ(code(get("/api/channels/ada/audit", kBob)), "not_yours");
    EXPECT_EQ(get("/api/channels/ada/audit", kRoot).status(), 200);
}

}  // namespace
}  // namespace ae::channels
