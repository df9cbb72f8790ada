// The documents' User, Profile and Follow as tables: every field, default and constraint, held by both engines.
#include <set>

#include "accounts/testing.hpp"
#include "accounts/user_store.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::accounts {
namespace {

class AccountSchema : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(migrations());
        for (const char* id : {"u1", "u2"})
            run("INSERT INTO users (id, email, created_at, updated_at) VALUES ('" + std::string{id} + "', '" + id + "@mail.test', 1, 2)");
        run("INSERT INTO profiles (id, user_id, created_at, updated_at) VALUES ('p1', 'u1', 1, 2)");
        run("INSERT INTO follows (id, follower_id, followee_id, created_at) VALUES ('f1', 'u1', 'u2', 3)");
    }
    /// One text has one name, also in the database's memory.
    static std::string_view name_of(const std::string& sql) {
        static std::set<std::string> names;
        return *names.insert("test: " + sql).first;
    }
    void run(const std::string& sql) {
        const db::Query query{name_of(sql), sql};
        db().write_blocking([&](db::Transaction& transaction) { transaction.execute(query); });
    }
    bool refuses(const std::string& sql) {
        try {
            run(sql);
            return false;
        } catch (const std::exception&) {
            return true;
        }
    }
    db::Row one(const std::string& sql) {
        const db::Query query{name_of(sql), sql};
        return db().read_blocking([&](db::Transaction& transaction) { return transaction.query(query).at(0); });
    }
    std::int64_t count(const std::string& table) { return one("SELECT count(*) FROM " + table).integer(0); }
};
AE_ON_BOTH_ENGINES(AccountSchema);

TEST_P(AccountSchema, GivesAUserItsDefaults) {
    const auto row =
        one("SELECT username, display_name, avatar, bio, external_id, role, password_hash, email_verified_at, onboarded_at, disabled_at, "
            "follower_count, following_count, created_at, updated_at FROM users WHERE id = 'u1'");
    for (const std::size_t nothing : {0U, 2U, 3U, 4U, 6U, 7U, 8U, 9U}) EXPECT_TRUE(row.is_null(nothing)) << nothing;
    EXPECT_EQ(row.text(1), "");
    EXPECT_EQ(row.text(5), "viewer");
    EXPECT_EQ(row.integer(10), 0);
    EXPECT_EQ(row.integer(11), 0);
    EXPECT_EQ(row.integer(12), 1);
    EXPECT_EQ(row.integer(13), 2);
}

TEST_P(AccountSchema, GivesAProfileItsDefaults) {
    const auto row = one("SELECT social_links, notification_email, theme, language FROM profiles WHERE id = 'p1'");
    EXPECT_EQ(row.text(0), "{}");
    EXPECT_TRUE(row.is_null(1));
    EXPECT_EQ(row.text(2), "dark");
    EXPECT_EQ(row.text(3), "en");
}

TEST_P(AccountSchema, RefusesASecondOfWhatIsUnique) {
    run("UPDATE users SET username = 'ada', external_id = 'x' WHERE id = 'u1'");
    EXPECT_TRUE(refuses("UPDATE users SET email = 'u1@mail.test' WHERE id = 'u2'"));
    EXPECT_TRUE(refuses("UPDATE users SET username = 'ada' WHERE id = 'u2'"));
    EXPECT_TRUE(refuses("UPDATE users SET external_id = 'x' WHERE id = 'u2'"));
    EXPECT_TRUE(refuses("INSERT INTO users (id, email, created_at, updated_at) VALUES ('u1', 'new@mail.test', 1, 1)"));
    EXPECT_TRUE(refuses("INSERT INTO profiles (id, user_id, created_at, updated_at) VALUES ('p2', 'u1', 1, 2)"));
    EXPECT_TRUE(refuses("INSERT INTO follows (id, follower_id, followee_id, created_at) VALUES ('f2', 'u1', 'u2', 3)"));
    EXPECT_FALSE(refuses("INSERT INTO follows (id, follower_id, followee_id, created_at) VALUES ('f2', 'u2', 'u1', 3)"));
}

TEST_P(AccountSchema, RefusesWhatIsMissingOrUnknown) {
    EXPECT_TRUE(refuses("INSERT INTO users (id, created_at, updated_at) VALUES ('u3', 1, 1)"));
    EXPECT_TRUE(refuses("UPDATE users SET role = 'king' WHERE id = 'u1'"));
    EXPECT_TRUE(refuses("UPDATE users SET display_name = NULL WHERE id = 'u1'"));
    EXPECT_TRUE(refuses("UPDATE profiles SET theme = 'purple' WHERE id = 'p1'"));
    EXPECT_TRUE(refuses("UPDATE profiles SET language = NULL WHERE id = 'p1'"));
    EXPECT_TRUE(refuses("INSERT INTO profiles (id, user_id, created_at, updated_at) VALUES ('p3', 'nobody', 1, 2)"));
    EXPECT_TRUE(refuses("INSERT INTO follows (id, follower_id, followee_id, created_at) VALUES ('f3', 'u1', 'u1', 3)"));
    EXPECT_TRUE(refuses("INSERT INTO follows (id, follower_id, followee_id, created_at) VALUES ('f3', 'u1', 'nobody', 3)"));
}

TEST_P(AccountSchema, TakesEverythingAwayWithAUser) {
    db().write_blocking([](db::Transaction& transaction) { store::remove(transaction, UserId{"u1"}); });
    EXPECT_EQ(count("users"), 1);
    EXPECT_EQ(count("profiles"), 0);
    EXPECT_EQ(count("follows"), 0);
}

TEST_P(AccountSchema, ReadsBackWhatItKept) {
    User user{.id = UserId{"u3"}, .email = "three@mail.test", .role = Role::moderator, .created_at = from_micros(5), .updated_at = from_micros(6)};
    user.username = "three";
    user.display_name = "Three";
    user.avatar = "/three.webp";
    user.bio = "Third";
    user.external_id = "oidc|3";
    user.email_verified_at = from_micros(7);
    user.onboarded_at = from_micros(8);
    user.social_links.website = "https://three.test/";
    user.notification_email = "n@mail.test";
    user.theme = "light";
    user.language = "de";
    db().write_blocking([&](db::Transaction& transaction) { store::insert(transaction, user, "p3", std::nullopt); });
    const auto read = [&] { return db().read_blocking([](db::Transaction& transaction) { return store::find(transaction, UserId{"u3"}).value(); }); };
    auto found = read();
    EXPECT_EQ(found.username, user.username);
    EXPECT_EQ(found.display_name, user.display_name);
    EXPECT_EQ(found.avatar, user.avatar);
    EXPECT_EQ(found.bio, user.bio);
    EXPECT_EQ(found.external_id, user.external_id);
    EXPECT_EQ(found.role, user.role);
    EXPECT_EQ(found.email_verified_at, user.email_verified_at);
    EXPECT_EQ(found.onboarded_at, user.onboarded_at);
    EXPECT_EQ(found.social_links, user.social_links);
    EXPECT_EQ(found.notification_email, user.notification_email);
    EXPECT_EQ(found.theme, user.theme);
    EXPECT_EQ(found.language, user.language);
    EXPECT_EQ(found.created_at, user.created_at);
    found.bio = std::nullopt;
    found.disabled_at = from_micros(9);
    db().write_blocking([&](db::Transaction& transaction) { store::update(transaction, found); });
    EXPECT_EQ(read().bio, std::nullopt);
    EXPECT_EQ(read().disabled_at, from_micros(9));
}

}  // namespace
}  // namespace ae::accounts
