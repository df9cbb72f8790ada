#include "media/rtmp/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/rtmp/attempts.hpp"
#include "media/rtmp/server_harness.hpp"

namespace ae::media::rtmp {
namespace {

using namespace testing;
using State = Publisher::State;

void send_picture(Client& client, std::uint32_t timestamp_ms, bool idr) {
    client.publisher.send_tag(flv::TagType::video, timestamp_ms, avc_frame_tag(idr, 5'000));
    client.send();
}

TEST(RtmpServer, GivesAPublishersFramesToItsPublicationOnTheChannelsShard) {
    Running running;
    ASSERT_TRUE(running.started);
    Client client{running.port(), {.key = "good-key"}};
    ASSERT_EQ(client.reach({State::publishing, State::refused}), State::publishing);
    client.publisher.send_tag(flv::TagType::video, 0, avc_header_tag());
    for (std::uint32_t i = 0; i < 50; ++i) send_picture(client, i * 40, i == 0);
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.frames.size() == 50; }));
    client.publisher.send_goodbye();
    client.send();
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.ended == 1; }));
    const auto story = running.witness.now();
    EXPECT_EQ(story.goodbyes, 1);
    EXPECT_FALSE(story.wrong_thread);
    EXPECT_EQ(story.frames.back()->dts, 49 * 40 * 90);
}

TEST(RtmpServer, EndsThePublicationWithoutAGoodbyeWhenTheLineIsCut) {
    Running running;
    Client client{running.port(), {.key = "good-key"}};
    ASSERT_EQ(client.reach({State::publishing, State::refused}), State::publishing);
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.begun == 1; }));
    client.hang_up();
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.ended == 1; }));
    EXPECT_EQ(running.witness.now().goodbyes, 0);
}

TEST(RtmpServer, RefusesAWrongKeyInWordsAndEachTimeLater) {
    Running running;
    std::vector<std::chrono::steady_clock::duration> took;
    for (int i = 0; i < 3; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        Client client{running.port(), {.key = "wrong-key"}};
        EXPECT_EQ(client.reach({State::publishing, State::refused}), State::refused);
        EXPECT_EQ(client.publisher.description(), "This stream key is not known.");
        took.push_back(std::chrono::steady_clock::now() - begin);
    }
    EXPECT_GE(took[0], Attempts::kFirstDelay);
    EXPECT_GT(took[1], took[0]);
    EXPECT_GT(took[2], took[1]);
}

TEST(RtmpServer, SaysThatTheChannelIsBusy) {
    Running running;
    Client client{running.port(), {.key = "busy-key"}};
    EXPECT_EQ(client.reach({State::publishing, State::refused}), State::refused);
    EXPECT_EQ(client.publisher.code(), "NetStream.Publish.BadName");
    EXPECT_EQ(client.publisher.description(), "Somebody is publishing with this key.");
}

TEST(RtmpServer, StopsAPublisherInWords) {
    Running running;
    Client client{running.port(), {.key = "good-key"}};
    ASSERT_EQ(client.reach({State::publishing, State::refused}), State::publishing);
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.control != nullptr; }));
    const auto control = running.witness.now().control;
    control->stop("Another encoder took over.");
    EXPECT_EQ(client.reach({State::refused}), State::refused);
    EXPECT_EQ(client.publisher.description(), "Another encoder took over.");
    client.drain();
    client.hang_up();
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.ended == 1; }));
    control->stop("Once more, for nobody.");
}

TEST(RtmpServer, CutsAClientThatNeverPublishes) {
    RtmpConfig config;
    config.handshake_timeout = std::chrono::milliseconds{100};
    Running running{config};
    Client client{running.port(), {.key = "good-key"}};
    client.drain();
}

TEST(RtmpServer, CutsAPublisherThatFallsSilent) {
    RtmpConfig config;
    config.idle_timeout = std::chrono::milliseconds{100};
    Running running{config};
    Client client{running.port(), {.key = "good-key"}};
    ASSERT_EQ(client.reach({State::publishing, State::refused}), State::publishing);
    client.drain();
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.ended == 1; }));
    EXPECT_EQ(running.witness.now().goodbyes, 0);
}

TEST(RtmpServer, BoundsTheConnectionsOfOneAddress) {
    RtmpConfig config;
    config.max_connections_per_address = 2;
    Running running{config};
    Client first{running.port(), {.key = "good-key"}}, second{running.port(), {.key = "good-key"}};
    ASSERT_EQ(first.reach({State::publishing}), State::publishing);
    ASSERT_EQ(second.reach({State::publishing}), State::publishing);
    Client third{running.port(), {.key = "good-key"}};
    third.send();
    EXPECT_FALSE(third.receive());
}

TEST(RtmpServer, TurnsAwayOtherProtocols) {
    Running running;
    Client client{running.port(), {.key = "good-key"}};
    client.send_raw(as_bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    client.drain();
}

TEST(RtmpServer, AsksEncodersThatCanToReconnectBeforeItStops) {
    Running running;
    Client client{running.port(), {.key = "good-key", .caps_ex = 1}};
    ASSERT_EQ(client.reach({State::publishing, State::refused}), State::publishing);
    ASSERT_TRUE(running.witness.comes_to([](auto& story) { return story.begun == 1; }));
    std::thread stopping{[&] { running.stop(std::chrono::seconds{4}); }};
    EXPECT_EQ(client.reach({State::reconnect_asked}), State::reconnect_asked);
    client.hang_up();
    stopping.join();
    const auto story = running.witness.now();
    EXPECT_EQ(story.ended, 1);
    EXPECT_EQ(story.goodbyes, 0);
}

TEST(RtmpServer, RefusesAnAddressThatIsNone) {
    io::Shards shards{1};
    Witness witness;
    RecordedGate gate{witness, shards};
    SystemRandom random;
    for (const auto* address : {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "localhost:1", ":1935", "1.2.3.4:19x"}) {
        Server server{shards, {.listen = {address}}, gate, random};
        const auto started = server.start();
        ASSERT_FALSE(started) << address;
        EXPECT_EQ(started.error().reason, "listen_address_invalid");
    }
}

TEST(RtmpServer, BrokenStreamsDisturbNobody) {
    Running running;
    Client good{running.port(), {.key = "good-key"}};
    ASSERT_EQ(good.reach({State::publishing}), State::publishing);
    good.publisher.send_tag(flv::TagType::video, 0, avc_header_tag());
    const auto bytes = publish_bytes();
    SeededRandom random{7};
    std::uint32_t sent = 0;
    for (int i = 0; i < 200; ++i) {
        auto broken = bytes;
        std::array<std::uint8_t, 8> dice;
        random.fill(dice);
        broken.resize(dice[0] % 2 == 0 ? broken.size() : static_cast<std::size_t>(dice[1]) * broken.size() / 256);
        for (std::size_t k = 0; k < dice[2] % 8u && !broken.empty(); ++k) broken[(dice[3] * 256u + dice[4] + k * 911) % broken.size()] ^= dice[5];
        Client client{running.port(), {.key = "good-key"}};
        client.publisher.output().clear();
        client.send_raw(broken);
        client.hang_up();
        send_picture(good, sent * 40, sent == 0);
        ++sent;
    }
    ASSERT_TRUE(running.witness.comes_to([&](auto& story) {
        return static_cast<std::uint32_t>(std::ranges::count_if(story.frames, [](const auto& frame) { return frame->payload.size() == 5'004; })) ==
               sent;
    }));
}

}  // namespace
}  // namespace ae::media::rtmp
