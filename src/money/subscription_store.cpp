#include "money/subscription_store.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace ae::money {

namespace {

constexpr std::array<std::string_view, 3> kTiers{"BASIC", "PREMIUM", "VIP"};
constexpr std::array<std::string_view, 3> kStatuses{"ACTIVE", "CANCELLED", "EXPIRED"};

template <class E>
std::optional<E> one_of(const std::array<std::string_view, 3>& words, std::string_view word) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<E>(found - words.begin());
}

const db::Query kInsert{"subscriptions.insert", R"sql(
    INSERT INTO subscriptions (id, user_id, channel_id, tier, stripe_sub_id, status, start_date, renewal_date, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};

const db::Query kFind{"subscriptions.find", R"sql(
    SELECT id, user_id, channel_id, tier, stripe_sub_id, status, start_date, renewal_date, created_at, updated_at
      FROM subscriptions
     WHERE id = $1)sql"};

const db::Query kSetStatus{"subscriptions.set_status", "UPDATE subscriptions SET status = $2, updated_at = $3 WHERE id = $1"};

template <class T>
T known(std::optional<T> value) {
    if (!value) throw std::logic_error("a subscription holds a word that its table does not allow");
    return *value;
}

}  // namespace

std::string_view tier_word(Tier tier) { return kTiers[static_cast<std::size_t>(tier)]; }
std::optional<Tier> tier_of(std::string_view word) { return one_of<Tier>(kTiers, word); }
std::string_view status_word(SubscriptionStatus status) { return kStatuses[static_cast<std::size_t>(status)]; }
std::optional<SubscriptionStatus> status_of(std::string_view word) { return one_of<SubscriptionStatus>(kStatuses, word); }

namespace store {

void insert(db::Transaction& transaction, const Subscription& subscription) {
    transaction.execute(kInsert, {subscription.id, subscription.user, subscription.channel, tier_word(subscription.tier), subscription.stripe_id,
                                  status_word(subscription.status), subscription.starts_at, subscription.renews_at, subscription.created_at,
                                  subscription.updated_at});
}

std::optional<Subscription> find(db::Transaction& transaction, const SubscriptionId& subscription) {
    const auto rows = transaction.query(kFind, {subscription});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    return Subscription{.id = SubscriptionId{row.text(0)},
                        .user = UserId{row.text(1)},
                        .channel = ChannelId{row.text(2)},
                        .tier = known(tier_of(row.text(3))),
                        .stripe_id = row.maybe_text(4),
                        .status = known(status_of(row.text(5))),
                        .starts_at = row.time(6),
                        .renews_at = row.maybe_time(7),
                        .created_at = row.time(8),
                        .updated_at = row.time(9)};
}

bool set_status(db::Transaction& transaction, const SubscriptionId& subscription, SubscriptionStatus status, WallTime at) {
    return transaction.execute(kSetStatus, {subscription, status_word(status), at}) == 1;
}

}  // namespace store
}  // namespace ae::money
