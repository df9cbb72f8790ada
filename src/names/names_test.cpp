#include "names/names.hpp"

#include "names/name_rules.hpp"
#include "store/db/testing.hpp"

namespace ae::names {
namespace {

constexpr WallTime kNow{std::chrono::seconds{1'790'000'000}};

class NamesTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override { migrate(migrations()); }
    template <class F>
    auto write(F work) {
        return db().write_blocking(std::move(work));
    }
    std::string claim_as(const Holder& holder, const std::string& name, WallTime now = kNow) {
        const auto claimed = write([&](db::Transaction& transaction) { return claim(transaction, holder, name, now); });
        return claimed ? "" : std::string{claimed.error().reason};
    }
    std::optional<Found> look(Kind kind, const std::string& name) {
        return write([&](db::Transaction& transaction) { return find(transaction, kind, name); });
    }

    const Holder ada_{Kind::user, "u1", "u1"}, eve_{Kind::user, "u2", "u2"};
    const Holder adas_channel_{Kind::channel, "c1", "u1"}, eves_channel_{Kind::channel, "c2", "u2"}, nobodys_{Kind::channel, "c3", "c3"};
};
AE_ON_BOTH_ENGINES(NamesTest);

TEST_P(NamesTest, GoToWhoeverComesFirst) {
    EXPECT_EQ(claim_as(ada_, "ada"), "");
    EXPECT_EQ(claim_as(ada_, "ada"), "");
    EXPECT_EQ(claim_as(eve_, "ada"), "name_taken");
    EXPECT_EQ(look(Kind::user, "ada")->id, "u1");
    EXPECT_FALSE(look(Kind::channel, "ada"));
}

TEST_P(NamesTest, AreOneNamespaceForPeopleAndChannels) {
    EXPECT_EQ(claim_as(ada_, "ada"), "");
    EXPECT_EQ(claim_as(eves_channel_, "ada"), "name_taken");
    EXPECT_EQ(claim_as(nobodys_, "ada"), "name_taken");
    EXPECT_EQ(claim_as(nobodys_, "news"), "");
    EXPECT_EQ(claim_as(eve_, "news"), "name_taken");
}

TEST_P(NamesTest, ServeAnAccountForItselfAndOneOfItsChannels) {
    EXPECT_EQ(claim_as(ada_, "ada"), "");
    EXPECT_EQ(claim_as(adas_channel_, "ada"), "");
    EXPECT_EQ(claim_as({Kind::channel, "c9", "u1"}, "ada"), "name_taken");
    EXPECT_EQ(look(Kind::user, "ada")->id, "u1");
    EXPECT_EQ(look(Kind::channel, "ada")->id, "c1");
}

TEST_P(NamesTest, LeadOnAfterARename) {
    claim_as(ada_, "ada");
    claim_as(ada_, "lovelace");
    const auto old = look(Kind::user, "ada");
    ASSERT_TRUE(old);
    EXPECT_EQ(old->id, "u1");
    EXPECT_EQ(old->name, "lovelace");
    EXPECT_TRUE(old->moved);
    EXPECT_FALSE(look(Kind::user, "lovelace")->moved);
}

TEST_P(NamesTest, CanBeTakenBack) {
    claim_as(ada_, "ada");
    claim_as(ada_, "lovelace");
    EXPECT_EQ(claim_as(ada_, "ada"), "");
    EXPECT_FALSE(look(Kind::user, "ada")->moved);
    EXPECT_EQ(look(Kind::user, "lovelace")->name, "ada");
}

TEST_P(NamesTest, StayWithTheirLastHolderForAWhile) {
    claim_as(ada_, "ada");
    claim_as(ada_, "lovelace");
    EXPECT_EQ(claim_as(eve_, "ada", kNow + kHeldFor - std::chrono::seconds{1}), "name_taken");
    EXPECT_EQ(claim_as(eve_, "ada", kNow + kHeldFor), "");
    EXPECT_EQ(look(Kind::user, "ada")->id, "u2");
}

TEST_P(NamesTest, AreFreeWhenTheirHolderGoes) {
    claim_as(ada_, "ada");
    claim_as(ada_, "lovelace");
    write([&](db::Transaction& transaction) { release(transaction, Kind::user, "u1"); });
    EXPECT_FALSE(look(Kind::user, "ada"));
    EXPECT_EQ(claim_as(eve_, "ada"), "");
    EXPECT_EQ(claim_as(eve_, "lovelace"), "");
}

TEST_P(NamesTest, AreSuggestedWhenTheyAreFree) {
    claim_as(ada_, "ada");
    claim_as(ada_, "ada_live");
    const auto words = write([&](db::Transaction& transaction) { return suggest(transaction, eve_, "Ada", 3, kNow); });
    EXPECT_EQ(words, (std::vector<std::string>{"ada_tv", "the_ada", "real_ada"}));
}

TEST(NameRules, KnowUsernames) {
    for (const char* good : {"ab", "ada", "a.b", "a_b", "_", "__", "a.b.c", ".a", "a.", "0", "12345678901234567890123456789012"}) {
        EXPECT_EQ(check_username(good).has_value(), std::string_view{good}.size() >= 2) << good;
    }
    for (const char* bad : {"", "a", "Ada", "a..b", "..", "a b", "a-b", "é", "a/b", "a%", "123456789012345678901234567890123", "ada\n", "<b>"}) {
        ASSERT_FALSE(check_username(bad)) << bad;
        EXPECT_EQ(check_username(bad).error().reason, "username_invalid") << bad;
    }
    EXPECT_EQ(check_username("01m31s23r0000000000000000a").error().reason, "username_invalid");
    for (const char* ours : {"admin", "api", "everyone", "here", "auth", "embed", "streams", "robots.txt"}) {
        EXPECT_EQ(check_username(ours).error().reason, "username_reserved") << ours;
    }
}

TEST(NameRules, KnowSlugs) {
    for (const char* good : {"ada", "a-b", "a_b", "0-0", "1234567890123456789012345"}) EXPECT_TRUE(check_slug(good)) << good;
    for (const char* bad : {"", "ab", "-ab", "_ab", "a.b", "Ada", "12345678901234567890123456"}) EXPECT_FALSE(check_slug(bad)) << bad;
    EXPECT_EQ(check_slug("channels").error().reason, "slug_reserved");
}

TEST(NameRules, MakeNamesOutOfAnything) {
    for (const char* wanted : {"", "!", "Ada Lovelace", "ÄÖÜ", "___", "a", "a.very.long.name.that.goes.on.and.on.and.on", "admin"}) {
        for (const auto kind : {Kind::user, Kind::channel}) {
            const auto all = names_like(kind, wanted);
            EXPECT_GE(all.size(), 3U) << wanted;
            for (const auto& one : all) EXPECT_TRUE(kind == Kind::user ? check_username(one) : check_slug(one)) << one;
        }
    }
}

}  // namespace
}  // namespace ae::names
