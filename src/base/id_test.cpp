#include "base/id.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace ae {
namespace {

struct ChannelTag;
using ChannelId = Id<ChannelTag>;

class CountingRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override {
        for (auto& byte : out) byte = next_++;
    }

  private:
    std::uint8_t next_ = 0;
};

TEST(Id, SortsByTheTimeItWasMade) {
    ManualClock clock;
    SystemRandom random;
    crypto::start();
    auto before = make_id<ChannelId>(clock, random);
    for (int i = 0; i < 2000; ++i) {
        clock.advance(std::chrono::milliseconds{1 + i * 7});
        auto after = make_id<ChannelId>(clock, random);
        EXPECT_LT(before, after);
        before = after;
    }
}

TEST(Id, IsTheTimeAndThenTheRandomness) {
    CountingRandom random;
    // 2^48 - 1 milliseconds is the last that fits; the ten bytes 00 01 .. 09 follow.
    EXPECT_EQ(make_id_text(WallTime{std::chrono::milliseconds{(1ll << 48) - 1}}, random), "7zzzzzzzzz000g40r40m30e209");
    EXPECT_EQ(make_id_text(WallTime{std::chrono::microseconds{1'999}}, random).substr(0, 10), "0000000001");
}

TEST(Id, IsAnotherOneEachTime) {
    crypto::start();
    const ManualClock clock;
    SystemRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(make_id<ChannelId>(clock, random).str());
    EXPECT_EQ(seen.size(), 1000u);
}

TEST(Id, IsKnownByItsLook) {
    crypto::start();
    SystemRandom random;
    EXPECT_TRUE(looks_like_id(make_id_text(SystemClock{}.wall(), random)));
    for (const char* wrong : {"", "0", "7zzzzzzzzz000g40r40m30e20", "7zzzzzzzzz000g40r40m30e2099", "8zzzzzzzzz000g40r40m30e209",
                              "7ZZZZZZZZZ000g40r40m30e209", "7zzzzzzzzz000g40r40m30e20u", "7zzzzzzzzz000g40r40m30e20/"}) {
        EXPECT_FALSE(looks_like_id(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace ae
