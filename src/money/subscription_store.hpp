// The table of subscriptions: plain functions on a transaction, without rules.
#pragma once

#include <optional>
#include <string>

#include "channels/channel.hpp"
#include "store/db/db.hpp"

namespace ae::money {

using channels::ChannelId;
using channels::UserId;
using SubscriptionId = Id<struct SubscriptionTag>;

/// This room's migrations, out of sql/. They come after those of accounts and channels.
std::span<const db::Migration> migrations();

enum class Tier { basic, premium, vip };
enum class SubscriptionStatus { active, cancelled, expired };

std::string_view tier_word(Tier tier);
std::optional<Tier> tier_of(std::string_view word);
std::string_view status_word(SubscriptionStatus status);
std::optional<SubscriptionStatus> status_of(std::string_view word);

struct Subscription {
    SubscriptionId id;
    UserId user;
    ChannelId channel;
    Tier tier = Tier::basic;
    std::optional<std::string> stripe_id = {};
    SubscriptionStatus status = SubscriptionStatus::active;
    WallTime starts_at = {};
    std::optional<WallTime> renews_at = {};
    WallTime created_at = {};
    WallTime updated_at = {};
};

namespace store {

void insert(db::Transaction& transaction, const Subscription& subscription);
std::optional<Subscription> find(db::Transaction& transaction, const SubscriptionId& subscription);
/// False when there is no such subscription.
bool set_status(db::Transaction& transaction, const SubscriptionId& subscription, SubscriptionStatus status, WallTime at);

}  // namespace store
}  // namespace ae::money
