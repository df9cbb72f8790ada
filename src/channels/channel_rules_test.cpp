#include "channels/channel_rules.hpp"

#include <gtest/gtest.h>

namespace ae::channels {
namespace {

std::string_view reason_of(const Result<void>& result) { return result ? "" : result.error().reason; }

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

TEST(ChannelRules, KnowTagsLanguagesAndDescriptions) {
    const auto tags = [](std::vector<std::string> all) { return reason_of(check_tags(all)); };
    EXPECT_EQ(tags({}), "");
    EXPECT_EQ(tags({"jazz", "Köln", "c++"}), "");
    EXPECT_EQ(tags({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}), "");
    EXPECT_EQ(tags({"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}), "tags_invalid");
    for (const char* tag : {"", "two words", "a,b", "a\nb", "\xFF"}) EXPECT_EQ(tags({tag}), "tags_invalid") << tag;
    EXPECT_EQ(tags({"x", "x"}), "tags_invalid");
    EXPECT_EQ(tags({std::string(26, 'x')}), "tags_invalid");

    for (const char* tag : {"", "en", "de", "pt-BR", "zh-Hant-TW", "gsw"}) EXPECT_EQ(reason_of(check_language(tag)), "") << tag;
    for (const char* tag : {"e", "english", "en_US", "en-", "-en", "en--US", "e1", "en-toolongsubtag", "<b>"}) {
        EXPECT_EQ(reason_of(check_language(tag)), "language_invalid") << tag;
    }

    EXPECT_EQ(reason_of(check_description("Two\nlines")), "");
    EXPECT_EQ(reason_of(check_description(std::string(2000, 'x'))), "");
    EXPECT_EQ(reason_of(check_description(std::string(2001, 'x'))), "description_invalid");
    EXPECT_EQ(reason_of(check_description("a\tb")), "description_invalid");
}

}  // namespace
}  // namespace ae::channels
