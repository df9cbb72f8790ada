#include "media/job/message.hpp"

#include <gtest/gtest.h>

namespace ae::media::job {
namespace {

Bytes three_messages() {
    Bytes all;
    for (const auto& message : {Message{MessageKind::ready, {0, 1}}, Message{MessageKind::job, Bytes(300, 7)}, Message{MessageKind::done, {}}}) {
        const auto bytes = message_bytes(message.kind, message.body);
        all.insert(all.end(), bytes.begin(), bytes.end());
    }
    return all;
}

TEST(MessageTest, ComesOutAsItWentInAtEverySplitPoint) {
    const auto bytes = three_messages();
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        MessageReader reader;
        std::vector<Message> got;
        for (const auto piece : {BytesView{bytes}.first(cut), BytesView{bytes}.subspan(cut)}) {
            reader.feed(piece);
            while (auto message = reader.next()) got.push_back(std::move(*message));
        }
        ASSERT_EQ(got.size(), 3u) << cut;
        EXPECT_EQ(got[0], (Message{MessageKind::ready, {0, 1}}));
        EXPECT_EQ(got[1], (Message{MessageKind::job, Bytes(300, 7)}));
        EXPECT_EQ(got[2], (Message{MessageKind::done, {}}));
        EXPECT_FALSE(reader.broken());
    }
}

TEST(MessageTest, RefusesALengthOfNothingALengthPastTheBoundAndAnUnknownKind) {
    for (const Bytes& bytes : {Bytes{0, 0, 0, 0}, Bytes{0x7f, 0, 0, 0}, Bytes{0, 0, 0, 1, 0}, Bytes{0, 0, 0, 1, 6}}) {
        MessageReader reader;
        reader.feed(bytes);
        EXPECT_FALSE(reader.next());
        EXPECT_TRUE(reader.broken());
        reader.feed(message_bytes(MessageKind::done, {}));
        EXPECT_FALSE(reader.next());
    }
}

TEST(MessageTest, WaitsForTheRestOfALongOne) {
    MessageReader reader;
    const auto bytes = message_bytes(MessageKind::done, Bytes(1 << 20, 3));
    for (std::size_t at = 0; at < bytes.size(); at += 65536) {
        EXPECT_FALSE(reader.next());
        reader.feed(BytesView{bytes}.subspan(at, std::min<std::size_t>(65536, bytes.size() - at)));
    }
    const auto message = reader.next();
    ASSERT_TRUE(message);
    EXPECT_EQ(message->body.size(), 1u << 20);
}

}  // namespace
}  // namespace ae::media::job
