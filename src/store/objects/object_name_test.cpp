#include "store/objects/object_name.hpp"

#include <gtest/gtest.h>

namespace ae::objects {
namespace {

TEST(ObjectNameTest, AcceptsWordsAndAnEnding) {
    for (const std::string_view text : {"a.webp", "uploads/01jd-256.webp", "thumbs/x/y/z_1.jpg", "0.bin"}) {
        const auto name = ObjectName::parse(text);
        ASSERT_TRUE(name) << text;
        EXPECT_EQ(name->str(), text);
    }
    EXPECT_EQ(ObjectName::parse("a/b.webp")->content_type(), "image/webp");
    EXPECT_EQ(ObjectName::parse("a/b.jpg")->content_type(), "image/jpeg");
}

TEST(ObjectNameTest, RefusesWhatCouldMeanSomethingElse) {
    const std::string_view with_nul{"a\0b.webp", 8};
    for (const std::string_view text : {std::string_view{""},
                                        std::string_view{"."},
                                        std::string_view{".."},
                                        std::string_view{"/a.webp"},
                                        std::string_view{"a/.webp"},
                                        std::string_view{"../a.webp"},
                                        std::string_view{"a/../b.webp"},
                                        std::string_view{"a//b.webp"},
                                        std::string_view{"a/b/"},
                                        std::string_view{"a"},
                                        std::string_view{"a.html"},
                                        std::string_view{"a.svg"},
                                        std::string_view{"a.js.webp"},
                                        std::string_view{"a.webp/b"},
                                        std::string_view{"A.webp"},
                                        std::string_view{"a b.webp"},
                                        std::string_view{"a%2fb.webp"},
                                        std::string_view{"a\\b.webp"},
                                        std::string_view{"-a.webp"},
                                        std::string_view{"_a.webp"},
                                        std::string_view{".unfinished/a.webp"},
                                        std::string_view{"a/b/c/d/e.webp"},
                                        std::string_view{"a.webp\n"},
                                        std::string_view{"\xc3\xa4.webp"},
                                        with_nul}) {
        const auto name = ObjectName::parse(text);
        ASSERT_FALSE(name) << text;
        EXPECT_EQ(name.error().reason, "object_name_invalid");
    }
    EXPECT_FALSE(ObjectName::parse(std::string(101, 'a') + ".webp"));
}

}  // namespace
}  // namespace ae::objects
