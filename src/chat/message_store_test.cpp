#include "chat/message_store.hpp"

#include "accounts/user_store.hpp"
#include "channels/channel_store.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::chat {
namespace {

constexpr WallTime kNoon{std::chrono::seconds{1'790'000'000}};
const db::Query kUser{"test.user", "INSERT INTO users (id, email, created_at, updated_at) VALUES ('u1', 'ada@example.org', 0, 0)"};
const db::Query kNoUser{"test.no_user", "DELETE FROM users WHERE id = 'u1'"};
const db::Query kStream{"test.stream", "INSERT INTO streams (id) VALUES ('s1')"};
const db::Query kNoStream{"test.no_stream", "DELETE FROM streams WHERE id = 's1'"};
const db::Query kNoChannel{"test.no_channel", "DELETE FROM channels WHERE id = 'c1'"};

class MessageStore : public db::testing::OnBothEngines {
  protected:
    template <class F>
    auto write(F work) {
        return db().write_blocking(std::move(work));
    }
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(channels::migrations());
        // The neighbour's table: of it, messages know the id.
        write([](db::Transaction& tx) { tx.script("CREATE TABLE streams (id text PRIMARY KEY)"); });
        migrate(migrations());
        write([](db::Transaction& tx) {
            tx.execute(kUser);
            tx.execute(kStream);
            channels::store::insert(tx, {.id = ChannelId{"c1"}, .slug = "ada", .name = "Ada"});
        });
    }
    Message say(const std::string& id) {
        const Message message{.id = MessageId{id},
                              .channel = ChannelId{"c1"},
                              .stream = StreamId{"s1"},
                              .author = UserId{"u1"},
                              .content = "Hello " + id,
                              .created_at = kNoon};
        write([&](db::Transaction& tx) { store::insert(tx, message); });
        return message;
    }
    std::optional<Message> find(const std::string& id) {
        return db().read_blocking([&](db::Transaction& tx) { return store::find(tx, MessageId{id}); });
    }
};
AE_ON_BOTH_ENGINES(MessageStore);

TEST_P(MessageStore, HasEveryFieldOfTheModelWithItsDefault) {
    const db::Query bare{"test.bare", "INSERT INTO messages (id, channel_id, user_id, content, created_at) VALUES ('m1', 'c1', 'u1', 'Hi', 7)"};
    write([&](db::Transaction& tx) { tx.execute(bare); });
    const auto message = find("m1").value();
    EXPECT_EQ(message.channel.str(), "c1");
    EXPECT_EQ(message.author.str(), "u1");
    EXPECT_EQ(message.content, "Hi");
    EXPECT_EQ(message.stream, std::nullopt);
    EXPECT_TRUE(message.badges.empty());
    EXPECT_EQ(message.created_at, from_micros(7));
    EXPECT_EQ(message.deleted_at, std::nullopt);
}

TEST_P(MessageStore, KeepsWhatWasTakenAwayAndDoesNotListIt) {
    for (const char* id : {"m1", "m2", "m3"}) say(id);
    EXPECT_TRUE(write([](db::Transaction& tx) { return store::remove(tx, MessageId{"m2"}, kNoon); }));
    EXPECT_FALSE(write([](db::Transaction& tx) { return store::remove(tx, MessageId{"m2"}, kNoon); }));
    EXPECT_EQ(find("m2")->deleted_at, kNoon);
    const auto listed = db().read_blocking([](db::Transaction& tx) { return store::list(tx, ChannelId{"c1"}, "", 10); });
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id.str(), "m3");
    EXPECT_EQ(listed[1].content, "Hello m1");
    const auto older = db().read_blocking([](db::Transaction& tx) { return store::list(tx, ChannelId{"c1"}, "m3", 10); });
    ASSERT_EQ(older.size(), 1U);
    EXPECT_EQ(older[0].id.str(), "m1");
}

TEST_P(MessageStore, OutlivesItsBroadcastAndGoesWithItsAuthor) {
    say("m1");
    write([](db::Transaction& tx) { tx.execute(kNoStream); });
    EXPECT_EQ(find("m1")->stream, std::nullopt);
    write([](db::Transaction& tx) { tx.execute(kNoUser); });
    EXPECT_FALSE(find("m1"));
}

TEST_P(MessageStore, GoesWithItsChannelAndNeedsOne) {
    say("m1");
    write([](db::Transaction& tx) { tx.execute(kNoChannel); });
    EXPECT_FALSE(find("m1"));
    EXPECT_ANY_THROW(say("m2"));
}

}  // namespace
}  // namespace ae::chat
