#include "social/links.hpp"

#include <gtest/gtest.h>

namespace ae::social {
namespace {

TEST(SocialLinks, TakeThePlatformsOwnAddresses) {
    const SocialLinks links{.website = "https://Ada.example.org",
                            .youtube = "https://www.youtube.com/@ada",
                            .twitch = "https://twitch.tv/ada",
                            .twitter = "https://x.com/ada",
                            .instagram = "https://instagram.com/ada/",
                            .tiktok = "https://www.tiktok.com/@ada",
                            .discord = "https://discord.gg/abc",
                            .facebook = "https://facebook.com/ada",
                            .github = "https://github.com/ada",
                            .bluesky = "https://bsky.app/profile/ada.example.org",
                            .mastodon = "HTTPS://social.example.org/@ada"};
    const auto kept = check_links(links);
    ASSERT_TRUE(kept) << kept.error().detail;
    EXPECT_EQ(kept->website, "https://ada.example.org");
    EXPECT_EQ(kept->mastodon, "https://social.example.org/@ada");
    EXPECT_EQ(links_of(json_of(*kept)), *kept);
}

TEST(SocialLinks, RefuseWhatIsNotThere) {
    for (const char* address : {"http://ada.example.org",
                                "javascript:alert(1)",
                                "https://",
                                "https://localhost",
                                "https://127.0.0.1/",
                                "https://[::1]/",
                                "https://user:pass@example.org/",
                                "https://example.org:8443/",
                                "https://exa mple.org",
                                "https://example.org/\"onload=",
                                "https://example.org/<b>",
                                "https://-a.example.org",
                                "https://example..org",
                                "https://example.org.",
                                "https://a.1",
                                "//a.org",
                                "data:text/html,x",
                                "https://example.org/\n",
                                "https://example.org/\\",
                                "https://.org",
                                "https://0x7f.1",
                                "ada"}) {
        const auto kept = check_links({.website = address});
        ASSERT_FALSE(kept) << address;
        EXPECT_EQ(kept.error().reason, "social_link_invalid") << address;
    }
    EXPECT_FALSE(check_links({.website = "https://example.org/" + std::string(200, 'a')}));
}

TEST(SocialLinks, RefuseAnotherPlatformsHost) {
    for (const char* address : {"https://example.org/ada", "https://twitch.tv.example.org/ada", "https://nottwitch.tv/ada", "https://twitch.tv",
                                "https://twitch.tv/", "https://twitch.tv?x=1"}) {
        EXPECT_FALSE(check_links({.twitch = address})) << address;
    }
    EXPECT_FALSE(check_links({.mastodon = "https://social.example.org/ada"}));
}

TEST(SocialLinks, AnEmptyTextIsNoLink) {
    EXPECT_EQ(check_links({.website = "", .twitch = ""}).value(), SocialLinks{});
    EXPECT_EQ(json_of({}), "{}");
    EXPECT_EQ(links_of("{}"), SocialLinks{});
    EXPECT_EQ(links_of("[1]"), SocialLinks{});
    EXPECT_EQ(links_of(""), SocialLinks{});
}

}  // namespace
}  // namespace ae::social
