#include "base/bytes.hpp"

#include <random>

#include <gtest/gtest.h>

namespace ae {
namespace {

TEST(Hex, IsWrittenInLowerCaseAndReadInBoth) {
    EXPECT_EQ(to_hex(Bytes{0x00, 0x1f, 0xff}), "001fff");
    EXPECT_EQ(from_hex("001FfF"), (Bytes{0x00, 0x1f, 0xff}));
    EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, RefusesHalfBytesAndOtherCharacters) {
    for (const char* wrong : {"0", "0g", "0x", " 0", "123"}) EXPECT_FALSE(from_hex(wrong)) << wrong;
}

TEST(Base64, KeepsToTheVectorsOfRfc4648) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
        const auto decoded = from_base64(encoded);
        ASSERT_TRUE(decoded) << encoded;
        EXPECT_EQ(as_text(*decoded), plain);
    }
}

TEST(Base64, RefusesWhatIsNotCanonical) {
    for (const char* wrong : {"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "=", "====", "Zm9v=", "Zm 9", "Zm9-", "Zg==Zg==", "A==="}) {
        EXPECT_FALSE(from_base64(wrong)) << wrong;
    }
}

TEST(Base64Url, HasItsOwnAlphabetAndNoPadding) {
    EXPECT_EQ(to_base64url(Bytes{0xfb, 0xff}), "-_8");
    EXPECT_EQ(from_base64url("-_8"), (Bytes{0xfb, 0xff}));
    for (const char* wrong : {"+/8", "-_8=", "-_9", "A"}) EXPECT_FALSE(from_base64url(wrong)) << wrong;
}

TEST(TextForms, GiveBackTheBytesTheyWereMadeOf) {
    std::mt19937 random{11};
    for (std::size_t size = 0; size < 100; ++size) {
        Bytes bytes(size);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    }
}

TEST(ByteReader, ReadsWhatByteWriterWrote) {
    Bytes bytes;
    ByteWriter writer{bytes};
    writer.u8(0x01).u16(0x0203).u24(0x040506).u32(0x0708090a).u64(0x0b0c0d0e0f101112).text("end");
    EXPECT_EQ(bytes.size(), 21u);
    ByteReader reader{bytes};
    EXPECT_EQ(reader.u8(), 0x01);
    EXPECT_EQ(reader.u16(), 0x0203);
    EXPECT_EQ(reader.u24(), 0x040506u);
    EXPECT_EQ(reader.u32(), 0x0708090au);
    EXPECT_EQ(reader.u64(), 0x0b0c0d0e0f101112u);
    EXPECT_EQ(as_text(reader.bytes(3)), "end");
    EXPECT_TRUE(reader.empty());
    EXPECT_FALSE(reader.failed());
}

TEST(ByteReader, ReadsSigned24BitNumbers) {
    const Bytes bytes{0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x7f, 0xff, 0xff};
    ByteReader reader{bytes};
    EXPECT_EQ(reader.i24(), -1);
    EXPECT_EQ(reader.i24(), -0x800000);
    EXPECT_EQ(reader.i24(), 0x7fffff);
}

TEST(ByteReader, AnswersZerosPastTheEndAndRemembers) {
    const Bytes bytes{1, 2, 3};
    ByteReader reader{bytes};
    EXPECT_EQ(reader.u32(), 0u);
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.u8(), 0u);
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.remaining(), 0u);
}

TEST(ByteWriter, PatchesANumberThatWasWrittenBefore) {
    Bytes bytes;
    ByteWriter writer{bytes};
    writer.u8(9).u32(0).u8(9);
    writer.patch_u32(1, 0xdeadbeef);
    EXPECT_EQ(to_hex(bytes), "09deadbeef09");
}

}  // namespace
}  // namespace ae
