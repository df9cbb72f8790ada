#include "base/json_text.hpp"

#include <random>

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace ae {
namespace {

std::string json_of(std::string_view text) {
    std::string out;
    append_json_text(out, text);
    return out;
}

TEST(JsonText, EscapesWhatJsonAndTerminalsMustNotSee) {
    EXPECT_EQ(json_of("a\"b\\c\n\r\t"), R"("a\"b\\c\n\r\t")");
    EXPECT_EQ(json_of(std::string_view{"\0\x1b[31m\x7f", 7}), "\"\\u0000\\u001b[31m\\u007f\"");
    EXPECT_EQ(json_of("\xc2\x9b!"), "\"\\u009b!\"");
    EXPECT_EQ(json_of("Grüße 🎬"), "\"Grüße 🎬\"");
}

TEST(JsonText, PutsAMarkWhereABytesIsNoUtf8) {
    const std::pair<std::string_view, std::string_view> table[] = {
        {"\x80", "\"\ufffd\""},
        {"\xc3", "\"\ufffd\""},
        {"\xc0\xaf", "\"\ufffd\ufffd\""},
        {"\xed\xa0\x80x", "\"\ufffd\ufffd\ufffdx\""},
        {"\xf5\x80\x80\x80", "\"\ufffd\ufffd\ufffd\ufffd\""},
        {"\xf0\x8f\xbf\xbf", "\"\ufffd\ufffd\ufffd\ufffd\""},
        {"\xe0\x9f\xbf", "\"\ufffd\ufffd\ufffd\""},
        {"\xe2\x82", "\"\ufffd\ufffd\""},
    };
    for (const auto& [text, expected] : table) EXPECT_EQ(json_of(text), expected);
}

TEST(JsonText, IsReadBackByAJsonParserWhateverTheBytes) {
    std::mt19937 random{3};
    for (int round = 0; round < 5000; ++round) {
        std::string bytes(random() % 12, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        boost::system::error_code error;
        const auto value = boost::json::parse(json_of(bytes), error);
        ASSERT_FALSE(error) << json_of(bytes);
        std::string_view rest = bytes;
        bool valid = true;
        while (valid && !rest.empty()) {
            const auto length = utf8_length(rest);
            valid = length != 0;
            rest.remove_prefix(length);
        }
        if (valid) EXPECT_EQ(value.as_string(), bytes);
    }
}

}  // namespace
}  // namespace ae
