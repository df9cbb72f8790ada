#include "base/money.hpp"

#include <algorithm>

namespace ae {

Result<Money> add(const Money& a, const Money& b) {
    if (a.currency != b.currency) return Error{Errc::invalid, "currency_mismatch"};
    Money sum{0, a.currency};
    if (__builtin_add_overflow(a.minor, b.minor, &sum.minor)) return Error{Errc::invalid, "amount_overflow"};
    return sum;
}

Result<std::vector<Money>> split(const Money& amount, const std::vector<std::int64_t>& weights) {
    __int128 total = 0;
    for (const auto weight : weights) {
        if (weight < 0) return Error{Errc::invalid, "invalid_weights"};
        total += weight;
    }
    if (total == 0) return Error{Errc::invalid, "invalid_weights"};

    std::vector<Money> parts;
    std::int64_t left = amount.minor;
    for (const auto weight : weights) {
        // Truncation rounds towards zero for debts too, so what is left has the amount's sign.
        const auto share = static_cast<std::int64_t>(static_cast<__int128>(amount.minor) * weight / total);
        parts.push_back({share, amount.currency});
        left -= share;
    }
    const std::int64_t cent = left < 0 ? -1 : 1;
    for (std::size_t i = 0; left != 0; i = (i + 1) % parts.size()) {
        if (weights[i] == 0) continue;
        parts[i].minor += cent;
        left -= cent;
    }
    return parts;
}

}  // namespace ae
