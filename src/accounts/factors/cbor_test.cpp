#include "accounts/factors/cbor.hpp"

#include <gtest/gtest.h>

namespace ae::factors::cbor {
namespace {

std::optional<Value> read_hex(std::string_view hex, std::size_t left = 0) {
    const auto bytes = from_hex(hex).value();
    ByteReader reader{bytes};
    auto value = read(reader);
    if (value) EXPECT_EQ(reader.remaining(), left) << hex;
    return value;
}

// RFC 8949 appendix A.
TEST(Cbor, ReadsTheExamplesOfTheStandard) {
    EXPECT_EQ(read_hex("00"), Value{std::int64_t{0}});
    EXPECT_EQ(read_hex("17"), Value{std::int64_t{23}});
    EXPECT_EQ(read_hex("1818"), Value{std::int64_t{24}});
    EXPECT_EQ(read_hex("1903e8"), Value{std::int64_t{1000}});
    EXPECT_EQ(read_hex("1a000f4240"), Value{std::int64_t{1'000'000}});
    EXPECT_EQ(read_hex("1b000000e8d4a51000"), Value{std::int64_t{1'000'000'000'000}});
    EXPECT_EQ(read_hex("20"), Value{std::int64_t{-1}});
    EXPECT_EQ(read_hex("3903e7"), Value{std::int64_t{-1000}});
    EXPECT_EQ(read_hex("f4"), Value{false});
    EXPECT_EQ(read_hex("f5"), Value{true});
    EXPECT_EQ(read_hex("f6"), Value{nullptr});
    EXPECT_EQ(read_hex("4401020304"), (Value{Bytes{1, 2, 3, 4}}));
    EXPECT_EQ(read_hex("6449455446"), Value{std::string{"IETF"}});
    EXPECT_EQ(read_hex("62c3bc"), Value{std::string{"ü"}});
    EXPECT_EQ(read_hex("83010203"), (Value{Array{Value{std::int64_t{1}}, Value{std::int64_t{2}}, Value{std::int64_t{3}}}}));
    EXPECT_EQ(read_hex("a0"), Value{Map{}});
    const auto map = read_hex("a26161016162820203");
    ASSERT_TRUE(map && map->map());
    EXPECT_EQ(*find(*map->map(), "a"), Value{std::int64_t{1}});
    EXPECT_EQ(find(*map->map(), "c"), nullptr);
    EXPECT_EQ(find(*map->map(), 1), nullptr);
}

TEST(Cbor, TakesALongerHeadThanNeedBe) {
    for (const char* one : {"01", "1801", "190001", "1a00000001", "1b0000000000000001"}) EXPECT_EQ(read_hex(one), Value{std::int64_t{1}}) << one;
}

TEST(Cbor, StopsBehindTheItem) { EXPECT_EQ(read_hex("01ffff", 2), Value{std::int64_t{1}}); }

TEST(Cbor, RefusesWhatTheCanonicalFormHasNot) {
    for (const char* wrong : {"",
                              "18",
                              "1bffffffffffffffff",
                              "3bffffffffffffffff",
                              "1c",
                              "1f",
                              "5f42010243030405ff",
                              "7f657374726561646d696e67ff",
                              "9f018202039f0405ffff",
                              "bf61610161629f0203ffff",
                              "f97e00",
                              "fa47c35000",
                              "fb3ff199999999999a",
                              "c074323031332d30332d32315432303a30343a30305a",
                              "f7",
                              "f820",
                              "ff",
                              "62c328",
                              "61ff",
                              "4402",
                              "6261",
                              "8301",
                              "a101",
                              "a201020103",
                              "a1f500",
                              "a1400100"}) {
        EXPECT_EQ(read_hex(wrong), std::nullopt) << wrong;
    }
}

TEST(Cbor, RefusesBombs) {
    EXPECT_EQ(read_hex("9b7fffffffffffffff00"), std::nullopt);
    EXPECT_EQ(read_hex("5b7fffffffffffffff00"), std::nullopt);
    EXPECT_EQ(read_hex("bb00000000ffffffff00"), std::nullopt);
    std::string deep;
    for (int i = 0; i < 8; ++i) deep += "81";
    EXPECT_TRUE(read_hex(deep + "01"));
    EXPECT_FALSE(read_hex("81" + deep + "01"));
    std::string wide = "9901f4";
    for (int i = 0; i < 500; ++i) wide += "01";
    EXPECT_FALSE(read_hex(wide));
}

TEST(Cbor, RefusesEveryBeginningOfAnItem) {
    const std::string whole = "a301020326012001215820" + std::string(64, '1');
    const std::string good = "a4010203262001215820" + std::string(64, '1');
    EXPECT_TRUE(read_hex(good));
    for (std::size_t size = 0; size < good.size(); size += 2) EXPECT_FALSE(read_hex(std::string_view{good}.substr(0, size)));
    EXPECT_FALSE(read_hex(whole)) << "1 stands there twice";
}

}  // namespace
}  // namespace ae::factors::cbor
