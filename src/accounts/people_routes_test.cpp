#include <algorithm>

#include "accounts/route_testing.hpp"

namespace ae::accounts {
namespace {

namespace json = boost::json;
using testing::Browser;

class PeopleRoutes : public testing::AccountServer {};
AE_ON_BOTH_ENGINES(PeopleRoutes);

TEST_P(PeopleRoutes, AskSomebodyWhoTheyAre) {
    auto ada = browser();
    ada.post("/api/auth/register", {{"email", "ada@mail.test"}, {"password", "correct horse"}});
    EXPECT_EQ(browser().get("/api/users/ada").status(), 404);
    const auto named = ada.post("/api/auth/onboard",
                                {{"username", "ada"}, {"displayName", "Ada Lovelace"}, {"bio", "Numbers"}, {"language", "de"}, {"theme", "light"}});
    EXPECT_EQ(named.status(), 200) << named.body;
    EXPECT_TRUE(Browser::json(named).at("onboarded").as_bool());
    const auto me = Browser::json(ada.get("/api/auth/user"));
    EXPECT_EQ(Browser::text(me, "language"), "de");
    EXPECT_EQ(Browser::text(me, "theme"), "light");
    const auto seen = Browser::json(browser().get("/api/users/ada"));
    EXPECT_EQ(Browser::text(seen, "displayName"), "Ada Lovelace");
    EXPECT_EQ(Browser::text(seen, "bio"), "Numbers");
    EXPECT_EQ(seen.as_object().if_contains("email"), nullptr);
    EXPECT_EQ(browser().get("/api/users/" + Browser::text(seen, "id")).status(), 200);
    // Doing it again is no trouble.
    EXPECT_EQ(ada.post("/api/auth/onboard", {{"username", "ada"}, {"displayName", "Ada"}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/ada")), "displayName"), "Ada");
}

TEST_P(PeopleRoutes, SuggestNamesWhenOneIsTaken) {
    somebody("ada");
    auto eve = browser();
    eve.post("/api/auth/register", {{"email", "eve@mail.test"}, {"password", "correct horse"}});
    const auto taken = eve.post("/api/auth/onboard", {{"username", "ada"}, {"displayName", "Eve"}});
    EXPECT_EQ(taken.status(), 409);
    EXPECT_EQ(Browser::code(taken), "username_taken");
    const auto words = Browser::json(taken).at("suggestions").as_array();
    ASSERT_EQ(words.size(), 3U);
    EXPECT_FALSE(Browser::json(eve.get("/api/auth/user")).at("onboarded").as_bool());

    const auto check = Browser::json(eve.get("/api/auth/username/ada"));
    EXPECT_FALSE(check.at("available").as_bool());
    EXPECT_EQ(Browser::text(check, "reason"), "username_taken");
    EXPECT_EQ(check.at("suggestions").as_array(), words);
    EXPECT_EQ(Browser::text(Browser::json(eve.get("/api/auth/username/admin")), "reason"), "username_reserved");
    EXPECT_EQ(Browser::text(Browser::json(eve.get("/api/auth/username/A%20B")), "reason"), "username_invalid");
    const auto good = Browser::json(eve.get("/api/auth/username/" + std::string{words.at(0).as_string()}));
    EXPECT_TRUE(good.at("available").as_bool());
    EXPECT_TRUE(good.at("reason").is_null());
    EXPECT_EQ(eve.post("/api/auth/onboard", {{"username", words.at(0)}, {"displayName", "Eve"}}).status(), 200);
}

TEST_P(PeopleRoutes, ChangeAProfileByThreeRoutes) {
    auto ada = somebody("ada");
    const auto id = id_of(ada).str();
    int i = 0;
    for (const std::string& route :
         {std::string{"/api/auth/profile"}, std::string{"/api/profile"}, "/api/users/" + id, std::string{"/api/users/ada"}}) {
        const auto bio = "Text " + std::to_string(++i);
        const auto changed = ada.put(route, {{"bio", bio}});
        EXPECT_EQ(changed.status(), 200) << route << changed.body;
        EXPECT_EQ(Browser::text(Browser::json(changed), "bio"), bio);
        const auto seen = Browser::json(browser().get("/api/users/ada"));
        EXPECT_EQ(Browser::text(seen, "bio"), bio);
        EXPECT_EQ(Browser::text(seen, "displayName"), "The ada");
    }
    auto eve = somebody("eve");
    EXPECT_EQ(Browser::code(eve.put("/api/users/ada", {{"bio", "Mine"}})), "not_yours");
    EXPECT_EQ(Browser::code(eve.put("/api/users/" + id, {{"bio", "Mine"}})), "not_yours");
    EXPECT_EQ(Browser::code(eve.put("/api/users/nobody", {{"bio", "Mine"}})), "not_yours");
    EXPECT_EQ(Browser::text(Browser::json(eve.get("/api/users/ada")), "bio"), "Text 4");
}

TEST_P(PeopleRoutes, RefuseWhatNobodyShouldRead) {
    auto ada = somebody("ada");
    const std::vector<std::pair<json::object, std::string>> cases{
        {{{"displayName", " Ada"}}, "display_name_invalid"},
        {{{"displayName", "A\u202eda"}}, "display_name_invalid"},
        {{{"displayName", "A\nda"}}, "display_name_invalid"},
        {{{"displayName", "A\u200bda"}}, "display_name_invalid"},
        {{{"bio", std::string{"a\0b", 3}}}, "bio_invalid"},
        {{{"language", "english"}}, "language_invalid"},
        {{{"language", "en-"}}, "language_invalid"},
        {{{"language", ""}}, "language_invalid"},
        {{{"theme", "purple"}}, "theme_invalid"},
        {{{"notificationEmail", "nobody"}}, "email_invalid"},
        {{{"username", "ada..b"}}, "username_invalid"},
        {{{"username", "api"}}, "username_reserved"},
        {{{"socialLinks", {{"website", "javascript:alert(1)"}}}}, "social_link_invalid"},
        {{{"socialLinks", {{"youtube", "https://evil.test/youtube.com"}}}}, "social_link_invalid"},
    };
    for (const auto& [body, reason] : cases) EXPECT_EQ(Browser::code(ada.put("/api/profile", body)), reason) << json::serialize(body);
    EXPECT_EQ(ada.put("/api/profile", {{"displayName", ""}}).status(), 422);
    EXPECT_EQ(ada.put("/api/profile", {{"displayName", std::string(41, 'a')}}).status(), 422);
    EXPECT_EQ(ada.put("/api/profile", {{"bio", std::string(501, 'a')}}).status(), 422);
    EXPECT_EQ(ada.put("/api/profile", {{"socialLinks", {{"myspace", "https://myspace.test"}}}}).status(), 422);
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/ada")), "displayName"), "The ada");
    // Whatever is text stays text.
    const std::string script = "<script>alert(1)</script>";
    EXPECT_EQ(ada.put("/api/profile", {{"displayName", script}, {"bio", script + "\n" + script}}).status(), 200);
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/ada")), "displayName"), script);
}

TEST_P(PeopleRoutes, KeepLinksByPlatform) {
    auto ada = somebody("ada");
    EXPECT_EQ(ada.put("/api/profile", {{"socialLinks", {{"youtube", "https://www.youtube.com/@ada"}, {"website", "https://ada.test/"}}}}).status(),
              200);
    auto links = Browser::json(browser().get("/api/users/ada")).at("socialLinks");
    EXPECT_EQ(Browser::text(links, "youtube"), "https://www.youtube.com/@ada");
    EXPECT_EQ(ada.put("/api/profile", {{"socialLinks", {{"website", "https://ada.test/"}}}}).status(), 200);
    EXPECT_TRUE(Browser::json(browser().get("/api/users/ada")).at("socialLinks").at("youtube").is_null());
}

TEST_P(PeopleRoutes, LeadFromAnOldNameToTheNewOne) {
    auto ada = somebody("ada");
    EXPECT_EQ(ada.put("/api/profile", {{"username", "lovelace"}}).status(), 200);
    const auto moved = browser().get("/api/users/ada");
    EXPECT_EQ(moved.status(), 308);
    EXPECT_EQ(moved.header("location"), "/api/users/lovelace");
    EXPECT_EQ(Browser::text(Browser::json(moved), "movedTo"), "/api/users/lovelace");
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/lovelace")), "username"), "lovelace");
    auto eve = somebody("eve");
    EXPECT_EQ(Browser::code(eve.put("/api/profile", {{"username", "ada"}})), "username_taken");
    EXPECT_EQ(ada.poke("/api/auth/logout").status(), 204);
    EXPECT_EQ(ada.post("/api/auth/login", {{"login", "lovelace"}, {"password", "correct horse"}}).status(), 200);
    EXPECT_EQ(Browser::code(ada.post("/api/auth/login", {{"login", "ada"}, {"password", "correct horse"}})), "login_wrong");
}

TEST_P(PeopleRoutes, FollowOnceHoweverOften) {
    auto ada = somebody("ada");
    auto eve = somebody("eve");
    for (int i = 0; i < 2; ++i) {
        const auto followed = Browser::json(ada.poke("/api/users/eve/follow"));
        EXPECT_TRUE(followed.at("isFollowing").as_bool());
        EXPECT_EQ(followed.at("followerCount").as_int64(), 1);
    }
    EXPECT_TRUE(Browser::json(ada.get("/api/users/eve")).at("isFollowing").as_bool());
    EXPECT_FALSE(Browser::json(browser().get("/api/users/eve")).at("isFollowing").as_bool());
    EXPECT_EQ(Browser::json(browser().get("/api/users/ada")).at("followingCount").as_int64(), 1);
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/eve/followers")).at("items").at(0), "username"), "ada");
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/ada/following")).at("items").at(0), "username"), "eve");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(Browser::json(ada.del("/api/users/eve/follow")).at("followerCount").as_int64(), 0);
    EXPECT_EQ(Browser::json(browser().get("/api/users/ada")).at("followingCount").as_int64(), 0);
    EXPECT_EQ(Browser::code(ada.poke("/api/users/ada/follow")), "follow_self");
    EXPECT_EQ(Browser::code(ada.poke("/api/users/nobody/follow")), "user_not_found");
    EXPECT_EQ(Browser::code(browser().poke("/api/users/eve/follow")), "not_signed_in");
}

TEST_P(PeopleRoutes, ListFollowersPageByPage) {
    somebody("eve");
    for (const char* name : {"one", "two", "three"}) {
        somebody(name).poke("/api/users/eve/follow");
        world().clock.advance(std::chrono::seconds{1});
    }
    std::vector<std::string> names;
    std::string cursor;
    do {
        const auto page = Browser::json(browser().get("/api/users/eve/followers?limit=2" + cursor));
        for (const auto& one : page.at("items").as_array()) names.push_back(Browser::text(one, "username"));
        cursor = page.at("next").is_null() ? "" : "&cursor=" + Browser::text(page, "next");
    } while (!cursor.empty());
    EXPECT_EQ(names, (std::vector<std::string>{"three", "two", "one"}));
    EXPECT_EQ(Browser::code(browser().get("/api/users/eve/followers?cursor=made-up")), "cursor_invalid");
}

TEST_P(PeopleRoutes, ShowWhoseChannelsTheseAre) {
    auto ada = somebody("ada");
    world().dependents.channels[id_of(ada)] = {{"c1", "ada-live", "Ada live", std::nullopt}};
    EXPECT_EQ(Browser::text(Browser::json(ada.get("/api/auth/user")).at("channels").at(0), "slug"), "ada-live");
    EXPECT_EQ(Browser::text(Browser::json(browser().get("/api/users/ada")).at("channels").at(0), "slug"), "ada-live");
}

TEST_P(PeopleRoutes, TellThePictureThatWasThere) {
    auto ada = somebody("ada");
    auto& profiles = world().accounts.profiles;
    EXPECT_EQ(io::run_blocking(profiles.set_avatar(id_of(ada), "/one.webp")).value(), std::nullopt);
    EXPECT_EQ(io::run_blocking(profiles.set_avatar(id_of(ada), std::nullopt)).value(), "/one.webp");
    EXPECT_TRUE(Browser::json(ada.get("/api/auth/user")).at("avatar").is_null());
}

}  // namespace
}  // namespace ae::accounts
