#include "media/flv/amf.hpp"

#include <gtest/gtest.h>

#include "media/flv/amf0.hpp"
#include "media/flv/amf3.hpp"

namespace ae::media::amf {
namespace {

Value sample() {
    auto inner = object();
    inner.add("a", number(1.5)).add("b", null());
    auto map = ecma_array();
    map.add("width", number(1280)).add("stereo", boolean(true));
    auto out = object();
    out.add("text", text("grüß")).add("inner", std::move(inner)).add("map", std::move(map));
    out.add("list", array({text("x"), Value{}, boolean(false)}));
    out.add("when", Value{.type = Value::Type::date, .number = 1e12});
    return out;
}

Bytes in_amf0(const Value& value) {
    Bytes out;
    write_amf0(out, value);
    return out;
}
Bytes in_amf3(const Value& value) {
    Bytes out;
    write_amf3(out, value);
    return out;
}

TEST(Amf0, ReadsWhatItWrote) {
    const auto bytes = in_amf0(sample());
    Amf0Reader reader{bytes};
    const auto value = reader.next();
    ASSERT_TRUE(value);
    EXPECT_EQ(*value, sample());
    EXPECT_TRUE(reader.done());
}

TEST(Amf0, ReadsLongText) {
    const auto long_text = text(std::string(70'000, 'x'));
    EXPECT_EQ(*Amf0Reader{in_amf0(long_text)}.next(), long_text);
}

TEST(Amf0, RefusesEveryCut) {
    const auto bytes = in_amf0(sample());
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) EXPECT_FALSE(Amf0Reader{BytesView{bytes}.first(cut)}.next()) << cut;
}

TEST(Amf0, TakesAnEcmaArrayWhoseCountIsWrong) {
    auto map = ecma_array();
    map.add("a", number(1));
    auto bytes = in_amf0(map);
    for (const std::uint8_t count : {0, 7, 255}) {
        bytes[4] = count;
        EXPECT_EQ(*Amf0Reader{bytes}.next(), map);
    }
}

TEST(Amf0, RefusesWhatIsTooDeepOrTooMuch) {
    Bytes deep;
    for (int i = 0; i < 10'000; ++i) ByteWriter{deep}.u8(10).u32(1);
    EXPECT_EQ(Amf0Reader{deep}.next().error().reason, "amf_too_large");
    // A count of four thousand million and nothing behind it costs nothing.
    EXPECT_FALSE(Amf0Reader{*from_hex("0affffffff")}.next());
    Bytes many;
    ByteWriter{many}.u8(10).u32(100'000);
    many.resize(many.size() + 100'000, 5);
    EXPECT_EQ(Amf0Reader{many}.next().error().reason, "amf_too_large");
}

TEST(Amf0, RefusesUnknownMarkers) {
    for (int marker = 18; marker < 256; ++marker) EXPECT_FALSE((Amf0Reader{Bytes{static_cast<std::uint8_t>(marker), 0, 0}}.next()));
}

TEST(Amf0, ReadsAnAmf3ValueInside) {
    auto bytes = Bytes{17};
    const auto inner = in_amf3(sample());
    bytes.insert(bytes.end(), inner.begin(), inner.end());
    bytes.push_back(5);
    Amf0Reader reader{bytes};
    EXPECT_EQ(*reader.next(), sample());
    EXPECT_EQ(*reader.next(), null());
}

TEST(Amf3, ReadsWhatItWrote) {
    const auto bytes = in_amf3(sample());
    Amf3Reader reader{bytes};
    const auto value = reader.next();
    ASSERT_TRUE(value);
    EXPECT_EQ(*value, sample());
    EXPECT_TRUE(reader.done());
}

TEST(Amf3, RefusesEveryCut) {
    const auto bytes = in_amf3(sample());
    for (std::size_t cut = 0; cut < bytes.size(); ++cut) EXPECT_FALSE(Amf3Reader{BytesView{bytes}.first(cut)}.next()) << cut;
}

TEST(Amf3, ReadsIntegersOfEveryLength) {
    const std::vector<std::pair<const char*, double>> cases{
        {"0400", 0},          {"047f", 127},           {"048100", 128},           {"04ff7f", 16'383},
        {"04818000", 16'384}, {"04ffff7f", 2'097'151}, {"0480c08000", 2'097'152}, {"04ffffffff", -1}};
    for (const auto& [bytes, expected] : cases) EXPECT_EQ(Amf3Reader{*from_hex(bytes)}.next()->number, expected) << bytes;
}

TEST(Amf3, FollowsReferencesToTextAndTraits) {
    // An array of: "ab"; the text again by reference; an object with the sealed member "ab"; a second one of the same traits.
    const auto bytes = *from_hex(
        "090901"
        "06056162"
        "0600"
        "0a1301"
        "00"
        "0401"
        "0a01"
        "0402");
    const auto value = Amf3Reader{bytes}.next();
    ASSERT_TRUE(value);
    ASSERT_EQ(value->items.size(), 4u);
    EXPECT_EQ(value->items[1].text, "ab");
    EXPECT_EQ(to_number(value->items[2].find("ab")), 1);
    EXPECT_EQ(to_number(value->items[3].find("ab")), 2);
}

TEST(Amf3, RefusesReferencesToNothing) {
    EXPECT_FALSE(Amf3Reader{*from_hex("0602")}.next());
    EXPECT_FALSE(Amf3Reader{*from_hex("0a05")}.next());
}

TEST(Amf3, BoundsWhatReferencesUnfoldTo) {
    Bytes bytes{9};
    // 1000 items: a text of 20 000 bytes, then 999 references to it.
    ByteWriter{bytes}.u8(0x8f).u8(0x51).u8(1).u8(6).u8(0x82).u8(0xb8).u8(0x41).text(std::string(20'000, 'x'));
    for (int i = 0; i < 999; ++i) ByteWriter{bytes}.u8(6).u8(0);
    const auto value = Amf3Reader{bytes}.next();
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().reason, "amf_too_large");
}

TEST(AmfValues, GiveNumbersHoweverTheyWereWritten) {
    const auto as_number = [](const Value& value) { return to_number(&value, -1); };
    EXPECT_EQ(as_number(number(30)), 30);
    EXPECT_EQ(as_number(text("29.97")), 29.97);
    EXPECT_EQ(as_number(text(std::string_view("30\0", 3))), 30);
    EXPECT_EQ(as_number(text("fast")), -1);
    EXPECT_EQ(as_number(boolean(true)), 1);
    EXPECT_EQ(as_number(null()), -1);
    EXPECT_EQ(to_number(nullptr, 7), 7);
    EXPECT_EQ(as_number(number(std::numeric_limits<double>::quiet_NaN())), -1);
}

}  // namespace
}  // namespace ae::media::amf
