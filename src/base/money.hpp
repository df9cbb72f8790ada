// Money: minor units and a currency, never a double.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace ae {

/// An amount in the currency's minor unit (ISO 4217; cents for EUR, yen for JPY).
struct Money {
    std::int64_t minor = 0;
    std::string currency = "EUR";
    bool operator==(const Money&) const = default;
};

/// The sum. Refuses `currency_mismatch` and `amount_overflow`.
Result<Money> add(const Money& a, const Money& b);
/// Splits by weights so that the parts add up exactly: each part is rounded down, and the cents that remain go to the
/// first parts, one each. Weights are not negative and not all zero (`invalid_weights`).
Result<std::vector<Money>> split(const Money& amount, const std::vector<std::int64_t>& weights);

}  // namespace ae
