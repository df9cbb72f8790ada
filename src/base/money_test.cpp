#include "base/money.hpp"

#include <limits>
#include <numeric>
#include <random>

#include <gmock/gmock.h>

namespace ae {
namespace {

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

std::vector<std::int64_t> amounts(const Result<std::vector<Money>>& parts) {
    std::vector<std::int64_t> out;
    for (const auto& part : *parts) out.push_back(part.minor);
    return out;
}

TEST(Money, AddsOnlyTheSameCurrency) {
    EXPECT_EQ(*add({150, "EUR"}, {-50, "EUR"}), (Money{100, "EUR"}));
    EXPECT_EQ(add({1, "EUR"}, {1, "USD"}).error().reason, "currency_mismatch");
}

TEST(Money, RefusesASumThatDoesNotFit) {
    EXPECT_EQ(add({kMost, "EUR"}, {1, "EUR"}).error().reason, "amount_overflow");
    EXPECT_EQ(add({-kMost, "EUR"}, {-2, "EUR"}).error().reason, "amount_overflow");
}

TEST(Money, GivesTheLastCentsToTheFirstParts) {
    EXPECT_THAT(amounts(split({100, "EUR"}, {1, 1, 1})), testing::ElementsAre(34, 33, 33));
    EXPECT_THAT(amounts(split({-100, "EUR"}, {1, 1, 1})), testing::ElementsAre(-34, -33, -33));
    EXPECT_THAT(amounts(split({5, "EUR"}, {0, 1, 1})), testing::ElementsAre(0, 3, 2));
    EXPECT_THAT(amounts(split({0, "EUR"}, {3, 1})), testing::ElementsAre(0, 0));
    EXPECT_EQ(split({10, "JPY"}, {1})->front().currency, "JPY");
}

TEST(Money, RefusesWeightsThatSayNothing) {
    for (const auto& weights : std::vector<std::vector<std::int64_t>>{{}, {0, 0}, {1, -1}}) {
        EXPECT_EQ(split({100, "EUR"}, weights).error().reason, "invalid_weights");
    }
}

TEST(Money, LosesNoCentHoweverItIsSplit) {
    std::mt19937_64 random{5};
    for (int round = 0; round < 2000; ++round) {
        const Money amount{static_cast<std::int64_t>(random()) >> random() % 40, "EUR"};
        std::vector<std::int64_t> weights(1 + random() % 9);
        for (auto& weight : weights) weight = static_cast<std::int64_t>(random() >> (1 + random() % 60));
        weights.back() += weights.back() == 0;
        const auto parts = amounts(split(amount, weights));
        EXPECT_EQ(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}), amount.minor);
        for (const auto part : parts) EXPECT_TRUE((part >= 0) == (amount.minor >= 0) || part == 0);
    }
}

}  // namespace
}  // namespace ae
