#include "channels/channel_rules.hpp"

#include <gtest/gtest.h>

namespace ae::channels {
namespace {

std::string_view reason_of(const Result<void>& result) { return result ? "" : result.error().reason; }

TEST(ChannelRules, AcceptsOrdinarySlugs) {
    for (const char* slug : {"ada", "a-b", "a_b", "007", "a23456789012345678901234x"}) EXPECT_EQ(reason_of(check_slug(slug)), "") << slug;
}

TEST(ChannelRules, RefusesSlugsThatAreNoGoodAddress) {
    for (const char* slug : {"", "ab", "Ada", "ada lovelace", "-ada", "_ada", "ad\xC3\xA4", "a/b", "a.b", "a23456789012345678901234xy"}) {
        EXPECT_EQ(reason_of(check_slug(slug)), "slug_invalid") << slug;
    }
    EXPECT_EQ(reason_of(check_slug(std::string_view{"a\0b", 3})), "slug_invalid");
}

TEST(ChannelRules, KeepsTheSitesOwnWords) {
    for (const char* slug : {"admin", "api", "streams", "aethex", "login"}) EXPECT_EQ(reason_of(check_slug(slug)), "slug_reserved") << slug;
}

TEST(ChannelRules, AcceptsNamesInAnyLanguage) {
    for (const char* name : {"A", "Ada Lovelace", "Zürich ☕ 東京", "o'Neil \"the\" <b>"}) EXPECT_EQ(reason_of(check_name(name)), "") << name;
    std::string longest;
    for (int i = 0; i < 60; ++i) longest += "東";
    EXPECT_EQ(reason_of(check_name(longest)), "");
    EXPECT_EQ(reason_of(check_name(longest + "x")), "name_invalid");
}

TEST(ChannelRules, RefusesNamesThatCannotBeShown) {
    for (const char* name : {"", " ", " Ada", "Ada ", "A\nda", "A\x1b[2J", "A\xC2\x9B", "\xFF\xFE", "\xED\xA0\x80", "A\x7f"}) {
        EXPECT_EQ(reason_of(check_name(name)), "name_invalid") << name;
    }
}

}  // namespace
}  // namespace ae::channels
