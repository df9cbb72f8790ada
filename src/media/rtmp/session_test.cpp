#include "media/rtmp/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/flv/tag_writer.hpp"
#include "media/rtmp/capabilities.hpp"
#include "media/rtmp/publisher.hpp"
#include "media/rtmp/testing.hpp"

namespace ae::media::rtmp {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The fixed part of a record that x265 made: Main, level 2.1.
constexpr auto kHvcc = "0101600000009000000000003ff000fcfdf8f800000f00";

TEST(ServerSession, LetsAPublisherInAndMakesFramesOfItsTags) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    ASSERT_EQ(pair.asked.size(), 1u);
    EXPECT_EQ(pair.asked[0].key.reveal(), "abcdef");
    EXPECT_EQ(pair.asked[0].app, "live");
    EXPECT_THAT(pair.asked[0].encoder, StartsWith("FMLE/3.0"));
    pair.accept();
    ASSERT_EQ(pair.publisher.state(), Publisher::State::publishing);

    pair.publisher.send_tag(flv::TagType::video, 0, avc_header_tag());
    pair.publisher.send_tag(flv::TagType::video, 0, avc_frame_tag(true));
    pair.publisher.send_tag(flv::TagType::video, 33, avc_frame_tag(false));
    pair.talk();
    ASSERT_EQ(pair.frames.size(), 2u);
    EXPECT_TRUE(pair.frames[0]->keyframe);
    EXPECT_FALSE(pair.frames[1]->keyframe);
    EXPECT_EQ(pair.frames[1]->dts, 33 * 90);

    pair.publisher.send_goodbye();
    pair.talk();
    EXPECT_TRUE(pair.goodbye);
    EXPECT_FALSE(pair.session.publishing());
}

TEST(ServerSession, SaysTheSameHoweverItsInputIsCut) {
    const auto whole = record_publish(1 << 20);
    for (const std::size_t piece : {1u, 2u, 3u, 7u, 127u, 1536u, 4096u}) EXPECT_EQ(record_publish(piece), whole) << piece;
}

TEST(ServerSession, ReadsNothingWhileThePublisherWaitsForItsAnswer) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    ASSERT_TRUE(pair.session.waits_for_answer());
    std::vector<Event> events;
    EXPECT_EQ(pair.session.feed(Bytes(100, 0), {}, events), 0u);
}

TEST(ServerSession, TellsARefusedPublisherWhy) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.session.refuse({Errc::unauthorized, "stream_key_unknown", "This stream key is not known."});
    pair.talk();
    EXPECT_EQ(pair.publisher.state(), Publisher::State::refused);
    EXPECT_EQ(pair.publisher.code(), "NetStream.Publish.Denied");
    EXPECT_EQ(pair.publisher.description(), "This stream key is not known.");
}

TEST(ServerSession, SaysBadNameWhenTheChannelIsPublishedAlready) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.session.refuse({Errc::conflict, "publisher_active", "Somebody is publishing with this key."});
    pair.talk();
    EXPECT_EQ(pair.publisher.code(), "NetStream.Publish.BadName");
}

TEST(ServerSession, RefusesAnotherApplication) {
    Pair pair{{.app = "vod", .key = "abcdef"}};
    pair.talk();
    EXPECT_EQ(pair.publisher.code(), "NetConnection.Connect.InvalidApp");
    EXPECT_EQ(pair.closed, "unknown_app");
}

TEST(ServerSession, TakesTheKeyWithoutItsQuery) {
    Pair pair{{.key = "abcdef?bandwidthtest=true"}};
    pair.talk();
    ASSERT_EQ(pair.asked.size(), 1u);
    EXPECT_EQ(pair.asked[0].key.reveal(), "abcdef");
}

struct NameCase {
    std::string name;
    bool let_through;
};

TEST(ServerSession, RefusesNamesThatAreNoKeys) {
    const std::vector<NameCase> cases{{"", false},
                                      {"a", true},
                                      {std::string(255, 'k'), true},
                                      {std::string(256, 'k'), false},
                                      {std::string(257, 'k'), false},
                                      {std::string(60'000, 'k'), false},
                                      {std::string("ab\0cd", 5), false},
                                      {"ab\xff\xfe", false},
                                      {"/../etc/passwd", false},
                                      {"a..b", false},
                                      {"a b", false},
                                      {"?only=query", false}};
    for (const auto& [name, let_through] : cases) {
        Pair pair{{.key = name}};
        pair.talk();
        EXPECT_EQ(pair.asked.size(), let_through ? 1u : 0u) << name.substr(0, 20) << " " << name.size();
        if (let_through) continue;
        EXPECT_EQ(pair.publisher.state(), Publisher::State::refused);
        EXPECT_THAT(pair.publisher.description(), HasSubstr("stream key"));
    }
}

TEST(ServerSession, RefusesACodecThatViewersCannotPlayWithASentence) {
    Pair pair{{.key = "abcdef", .caps_ex = 15}};
    pair.talk();
    pair.accept();
    Bytes hevc;
    ByteWriter{hevc}.u8(0x90).text("hvc1").bytes(Bytes{*from_hex(kHvcc)});
    pair.publisher.send_tag(flv::TagType::video, 0, hevc);
    pair.talk();
    EXPECT_EQ(pair.publisher.code(), "NetStream.Publish.Denied");
    EXPECT_EQ(pair.publisher.description(), "This server plays H.264 and AAC; your encoder sends HEVC. Choose H.264 in OBS under Settings, Output.");
    EXPECT_EQ(pair.closed, "codec_unsupported");
}

TEST(ServerSession, AnswersEnhancedCapabilitiesToThoseWhoAsk) {
    Pair pair{{.key = "abcdef", .caps_ex = kCanReconnect | kCanMultitrack}};
    pair.talk();
    EXPECT_EQ(amf::to_number(pair.publisher.server().find("capsEx")), 15);
    ASSERT_NE(pair.publisher.server().find("videoFourCcInfoMap"), nullptr);
    EXPECT_EQ(amf::to_number(pair.publisher.server().find("videoFourCcInfoMap")->find("avc1")), 4);

    Pair old{{.key = "abcdef"}};
    old.talk();
    EXPECT_EQ(old.publisher.server().find("capsEx"), nullptr);
}

TEST(ServerSession, AsksAClientThatCanToReconnect) {
    Pair pair{{.key = "abcdef", .caps_ex = kCanReconnect}};
    pair.talk();
    pair.accept();
    EXPECT_TRUE(pair.session.ask_to_reconnect("The server restarts."));
    pair.talk();
    EXPECT_EQ(pair.publisher.state(), Publisher::State::reconnect_asked);

    Pair old{{.key = "abcdef"}};
    old.talk();
    old.accept();
    EXPECT_FALSE(old.session.ask_to_reconnect("The server restarts."));
}

TEST(ServerSession, AnswersAPing) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.accept();
    pair.session.output().clear();
    pair.send(MessageType::user_control, {0, 6, 1, 2, 3, 4});
    const auto replies = read_messages(pair.session.output());
    ASSERT_EQ(replies.size(), 1u);
    EXPECT_EQ(replies[0].body, (Bytes{0, 7, 1, 2, 3, 4}));
}

TEST(ServerSession, AcknowledgesWhatItReceivedEachWindow) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.accept();
    pair.session.output().clear();
    pair.send(MessageType::window_size, {0, 0, 0x10, 0});
    pair.publisher.send_tag(flv::TagType::video, 0, avc_header_tag());
    pair.publisher.send_tag(flv::TagType::video, 0, avc_frame_tag(true, 10'000));
    pair.feed(pair.publisher.output());
    pair.publisher.output().clear();
    const auto replies = read_messages(pair.session.output());
    ASSERT_EQ(replies.size(), 1u);
    EXPECT_EQ(replies[0].type, MessageType::acknowledgement);
    EXPECT_EQ(ByteReader{replies[0].body}.u32(), pair.fed);
}

TEST(ServerSession, TakesAggregatesApart) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.accept();
    Bytes body;
    const auto add = [&body](std::uint8_t type, std::uint32_t timestamp, const Bytes& tag) {
        ByteWriter{body}.u8(type).u24(tag.size()).u24(timestamp & 0xffffff).u8(timestamp >> 24).u24(0).bytes(tag).u32(tag.size() + 11);
    };
    add(9, 5'000, avc_header_tag());
    add(9, 5'000, avc_frame_tag(true));
    add(9, 5'040, avc_frame_tag(false));
    pair.send(MessageType::aggregate, body, 900);
    ASSERT_EQ(pair.frames.size(), 2u);
    EXPECT_EQ(pair.frames[1]->dts - pair.frames[0]->dts, 40 * 90);
}

TEST(ServerSession, ClosesAfterTooManyMalformedMessages) {
    Pair pair{{.key = "abcdef"}};
    pair.talk();
    pair.accept();
    for (int i = 0; i < 200; ++i) pair.send(MessageType::video, {0x17, 1});
    EXPECT_EQ(pair.closed, "too_many_strikes");
}

TEST(ServerSession, HandlesEveryCommandInEveryState) {
    const std::vector<std::string> commands{
        "connect",       "createStream", "publish",     "play",      "play2",         "FCPublish", "FCUnpublish",
        "releaseStream", "deleteStream", "closeStream", "unpublish", "_checkbw",      "pause",     "getStreamLength",
        "_result",       "_error",       "onStatus",    "seek",      "@setDataFrame", "",          "nonsense"};
    for (int steps = 0; steps < 5; ++steps) {
        for (const auto& name : commands) {
            Pair pair{{.key = "abcdef"}};
            pair.advance(steps);
            pair.send(MessageType::command_amf0, write_command(name, 9, {amf::null(), amf::text("abcdef"), amf::text("live")}));
            pair.send(MessageType::command_amf0, write_command(name, 0, {}));
            EXPECT_LE(pair.asked.size(), 1u) << name;
        }
    }
}

TEST(ServerSession, HandlesEveryMessageTypeInEveryState) {
    for (int steps = 0; steps < 5; ++steps) {
        for (int type = 0; type < 256; ++type) {
            for (const auto& body : {Bytes{}, Bytes{0}, Bytes{0, 0, 0, 1}, Bytes(64, 0xff)}) {
                Pair pair{{.key = "abcdef"}};
                pair.advance(steps);
                pair.send(static_cast<MessageType>(type), body);
                EXPECT_TRUE(pair.frames.empty());
            }
        }
    }
}

TEST(ServerSession, SurvivesEveryMessageCutAtEveryByte) {
    const auto bytes = publish_bytes();
    for (std::size_t cut = 0; cut < bytes.size(); cut += cut < 3'000 && cut % 16 != 0 ? 16 : 1) {
        SeededRandom random;
        ServerSession session{{}, random};
        std::vector<Event> events;
        session.feed(BytesView{bytes}.first(cut), {}, events);
        if (session.waits_for_answer()) session.accept_publish();
    }
}

TEST(ServerSession, PlaysFramesAsTags) {
    Pair pair{{.key = "abcdef"}, {.play = true}};
    pair.advance(3);
    pair.send(MessageType::command_amf0, write_command("play", 0, {amf::null(), amf::text("some-slug")}), 0, 1);
    ASSERT_EQ(pair.played, "some-slug");
    pair.session.output().clear();
    pair.session.accept_play();
    auto format = std::make_shared<TrackFormat>();
    format->decoder_config = avcc_record();
    pair.session.send_format(*format, 0, 0);
    Frame frame;
    frame.format = format;
    frame.keyframe = true;
    frame.dts = frame.pts = 90'000;
    frame.payload = Bytes(200'000, 7);
    pair.session.send_frame(frame);
    const auto sent = read_messages(pair.session.output(), 60'000);
    ASSERT_GE(sent.size(), 2u);
    EXPECT_EQ(sent.back().timestamp_ms, 1'000u);
    EXPECT_EQ(sent.back().body, flv::write_frame(frame));
    EXPECT_EQ(sent[sent.size() - 2].body, flv::write_sequence_header(*format));
}

TEST(ServerSession, RefusesToPlayWhenThatIsOff) {
    Pair pair{{.key = "abcdef"}};
    pair.advance(3);
    pair.send(MessageType::command_amf0, write_command("play", 0, {amf::null(), amf::text("some-slug")}), 0, 1);
    EXPECT_EQ(pair.closed, "play_refused");
}

}  // namespace
}  // namespace ae::media::rtmp
