#include "media/rtmp/handshake.hpp"

#include <gtest/gtest.h>

#include "media/rtmp/testing.hpp"

namespace ae::media::rtmp {
namespace {

using testing::SeededRandom;

TEST(Handshake, IsMadeInEveryForm) {
    for (const auto form : {HandshakeForm::simple, HandshakeForm::digest_at_772, HandshakeForm::digest_at_8}) {
        SeededRandom random{static_cast<std::uint64_t>(form) + 1};
        Bytes to_server, to_client;
        ClientHandshake client{form, random, to_server};
        ServerHandshake server{random};
        EXPECT_EQ(*server.feed(to_server, to_client), to_server.size());
        EXPECT_EQ(server.form(), form);
        to_server.clear();
        EXPECT_EQ(*client.feed(to_client, to_server), to_client.size());
        EXPECT_TRUE(client.done());
        EXPECT_EQ(*server.feed(to_server, to_client), to_server.size());
        EXPECT_TRUE(server.done());
    }
}

TEST(Handshake, EchoesASimpleClientsBlock) {
    SeededRandom random;
    Bytes hello, answer;
    ClientHandshake client{HandshakeForm::simple, random, hello};
    ServerHandshake server{random};
    ASSERT_TRUE(server.feed(hello, answer));
    ASSERT_EQ(answer.size(), 1 + 2 * kHandshakeBytes);
    EXPECT_TRUE(std::equal(hello.begin() + 1, hello.end(), answer.begin() + 1 + kHandshakeBytes));
}

TEST(Handshake, FallsBackToSimpleWhenTheVersionPromisesADigestThatIsNotThere) {
    SeededRandom random;
    Bytes hello(1 + kHandshakeBytes, 0x41), answer;
    hello[0] = 3;
    ServerHandshake server{random};
    ASSERT_TRUE(server.feed(hello, answer));
    EXPECT_EQ(server.form(), HandshakeForm::simple);
}

TEST(Handshake, IsRefusedByAClientWhoseServerIsNoFlashServer) {
    SeededRandom random;
    Bytes hello, answer, reply;
    ClientHandshake client{HandshakeForm::digest_at_8, random, hello};
    ServerHandshake server{random};
    ASSERT_TRUE(server.feed(hello, answer));
    answer[1 + 100] ^= 1;
    EXPECT_FALSE(client.feed(answer, reply));
}

TEST(Handshake, WaitsForTheWholeOfAStep) {
    SeededRandom random;
    Bytes hello, answer;
    ClientHandshake client{HandshakeForm::simple, random, hello};
    for (std::size_t cut = 0; cut < hello.size(); ++cut) {
        ServerHandshake server{random};
        EXPECT_EQ(*server.feed(BytesView{hello}.first(cut), answer), 0u);
        EXPECT_TRUE(answer.empty());
    }
}

TEST(Handshake, TurnsOtherProtocolsAwayAtTheFirstByte) {
    for (const auto& [first, reason] :
         {std::pair{'G', "not_rtmp"}, {'P', "not_rtmp"}, {'\x16', "not_rtmp"}, {'\x06', "rtmp_version"}, {'\0', "rtmp_version"}}) {
        SeededRandom random;
        Bytes answer;
        ServerHandshake server{random};
        const auto fed = server.feed(Bytes{static_cast<std::uint8_t>(first)}, answer);
        ASSERT_FALSE(fed);
        EXPECT_EQ(fed.error().reason, reason);
    }
}

}  // namespace
}  // namespace ae::media::rtmp
