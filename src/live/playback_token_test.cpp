#include "live/playback_token.hpp"

#include <gtest/gtest.h>

namespace ae::live {
namespace {

class PlaybackTokenTest : public ::testing::Test {
  protected:
    PlaybackTokens tokens{Secret{std::string(32, 's')}};
    Ticket ticket{Ticket::Kind::preview, tokens.of_account(channels::UserId{"ada"}), WallTime{std::chrono::minutes{29'000'000}}};
};

TEST_F(PlaybackTokenTest, ReadsBackWhatItSays) {
    const auto token = tokens.make("stream", ticket);
    EXPECT_EQ(token.find_first_of("/+=."), std::string::npos) << "it stands in a path";
    const auto read = tokens.open("stream", token);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->kind, Ticket::Kind::preview);
    EXPECT_EQ(read->viewer, ticket.viewer);
    EXPECT_EQ(read->expires, ticket.expires);
}

TEST_F(PlaybackTokenTest, IsForOneStreamOfOneServer) {
    const auto token = tokens.make("stream", ticket);
    EXPECT_FALSE(tokens.open("other", token));
    EXPECT_FALSE(PlaybackTokens{Secret{std::string(32, 'x')}}.open("stream", token));
}

TEST_F(PlaybackTokenTest, AChangedLetterIsAForgery) {
    const auto token = tokens.make("stream", ticket);
    for (std::size_t i = 0; i < token.size(); ++i) {
        auto forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        if (const auto read = tokens.open("stream", forged)) EXPECT_EQ(tokens.make("stream", *read), token) << "only the unused last bits";
    }
    EXPECT_FALSE(tokens.open("stream", ""));
    EXPECT_FALSE(tokens.open("stream", token.substr(1)));
    EXPECT_FALSE(tokens.open("stream", token + "AAAA"));
}

TEST_F(PlaybackTokenTest, AnAccountAndADeviceOfOneNameAreTwoViewers) {
    EXPECT_NE(tokens.of_account(channels::UserId{"ada"}), tokens.of_device("ada"));
    EXPECT_EQ(tokens.of_device("ada"), tokens.of_device("ada"));
}

}  // namespace
}  // namespace ae::live
