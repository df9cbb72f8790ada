#include "app/command_line.hpp"

#include <gtest/gtest.h>

#include "app/config.hpp"

namespace ae::app {
namespace {

ParsedCommandLine parse(std::vector<std::string> words) {
    AppConfig config;
    words.insert(words.begin(), "aethex");
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    return parse_command_line(static_cast<int>(pointers.size()), pointers.data(), config.sections());
}

TEST(CommandLine, TakesSettingsAsFlags) {
    const auto parsed = parse({"serve", "--data", "/tmp/x", "--http.listen", "127.0.0.1:0"});
    ASSERT_TRUE(parsed.command) << parsed.text;
    EXPECT_EQ(parsed.command->command, Command::serve);
    EXPECT_EQ(parsed.command->flags.at("server.data"), "/tmp/x");
    EXPECT_EQ(parsed.command->flags.at("http.listen"), "127.0.0.1:0");
}

TEST(CommandLine, MakesChannels) {
    const auto parsed = parse({"channel", "create", "My channel", "--slug", "mine", "--json"});
    ASSERT_TRUE(parsed.command) << parsed.text;
    EXPECT_EQ(parsed.command->command, Command::channel_create);
    EXPECT_EQ(parsed.command->name, "My channel");
    EXPECT_EQ(parsed.command->slug, "mine");
    EXPECT_TRUE(parsed.command->json);
}

TEST(CommandLine, OverseesUsers) {
    const auto made = parse({"user", "create", "ada@mail.test", "--username", "ada"});
    ASSERT_TRUE(made.command) << made.text;
    EXPECT_EQ(made.command->command, Command::user_create);
    EXPECT_EQ(made.command->email, "ada@mail.test");
    EXPECT_EQ(made.command->username, "ada");
    EXPECT_EQ(made.command->role, "viewer");
    const auto promoted = parse({"user", "promote", "ada"});
    ASSERT_TRUE(promoted.command) << promoted.text;
    EXPECT_EQ(promoted.command->role, "admin");
    EXPECT_EQ(parse({"user", "promote", "ada", "--role", "moderator"}).command->role, "moderator");
    EXPECT_FALSE(parse({"user", "promote", "ada", "--role", "king"}).command);
    EXPECT_EQ(parse({"user", "reset-password", "ada"}).command->command, Command::user_reset_password);
    EXPECT_EQ(parse({"user", "disable", "ada"}).command->command, Command::user_disable);
}

TEST(CommandLine, SaysWhatIsWrong) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {}, {"srve"}, {"serve", "--http.lisen", "x"}, {"channel"}, {"channel", "create", "x"}, {"channel", "show"}}) {
        const auto parsed = parse(words);
        EXPECT_FALSE(parsed.command);
        EXPECT_EQ(parsed.exit_code, 2);
        EXPECT_NE(parsed.text, "");
    }
}

TEST(CommandLine, HelpsWithoutFailing) {
    const auto parsed = parse({"--help"});
    EXPECT_EQ(parsed.exit_code, 0);
    EXPECT_NE(parsed.text.find("serve"), std::string::npos);
}

}  // namespace
}  // namespace ae::app
