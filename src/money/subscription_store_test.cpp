#include "money/subscription_store.hpp"

#include "accounts/user_store.hpp"
#include "channels/channel_store.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::money {
namespace {

constexpr WallTime kNoon{std::chrono::seconds{1'790'000'000}};
const db::Query kUser{"test.user", "INSERT INTO users (id, email, created_at, updated_at) VALUES ('u1', 'ada@example.org', 0, 0)"};
const db::Query kNoUser{"test.no_user", "DELETE FROM users WHERE id = 'u1'"};
const db::Query kWrongTier{"test.tier", "UPDATE subscriptions SET tier = 'GOLD'"};
const db::Query kWrongStatus{"test.status", "UPDATE subscriptions SET status = 'PAUSED'"};

class SubscriptionStore : public db::testing::OnBothEngines {
  protected:
    template <class F>
    auto write(F work) {
        return db().write_blocking(std::move(work));
    }
    void SetUp() override {
        migrate(names::migrations());
        migrate(accounts::migrations());
        migrate(channels::migrations());
        migrate(migrations());
        write([](db::Transaction& tx) {
            tx.execute(kUser);
            channels::store::insert(tx, {.id = ChannelId{"c1"}, .slug = "ada", .name = "Ada"});
        });
    }
    std::optional<Subscription> find(const std::string& id) {
        return db().read_blocking([&](db::Transaction& tx) { return store::find(tx, SubscriptionId{id}); });
    }
};
AE_ON_BOTH_ENGINES(SubscriptionStore);

TEST_P(SubscriptionStore, HasEveryFieldOfTheModelWithItsDefault) {
    const db::Query bare{"test.bare", R"sql(INSERT INTO subscriptions (id, user_id, channel_id, start_date, created_at, updated_at)
                                            VALUES ('p1', 'u1', 'c1', 7, 8, 9))sql"};
    write([&](db::Transaction& tx) { tx.execute(bare); });
    const auto plain = find("p1").value();
    EXPECT_EQ(plain.user.str(), "u1");
    EXPECT_EQ(plain.channel.str(), "c1");
    EXPECT_EQ(plain.tier, Tier::basic);
    EXPECT_EQ(plain.status, SubscriptionStatus::active);
    EXPECT_EQ(plain.stripe_id, std::nullopt);
    EXPECT_EQ(plain.renews_at, std::nullopt);
    EXPECT_EQ(plain.starts_at, from_micros(7));
    EXPECT_EQ(plain.created_at, from_micros(8));
    EXPECT_EQ(plain.updated_at, from_micros(9));
}

TEST_P(SubscriptionStore, FindsWhatItKeptInEveryTierAndStatus) {
    int count = 0;
    for (const auto tier : {Tier::basic, Tier::premium, Tier::vip}) {
        for (const auto status : {SubscriptionStatus::active, SubscriptionStatus::cancelled, SubscriptionStatus::expired}) {
            const auto id = "p" + std::to_string(++count);
            const Subscription kept{.id = SubscriptionId{id},
                                    .user = UserId{"u1"},
                                    .channel = ChannelId{"c1"},
                                    .tier = tier,
                                    .stripe_id = "sub_1",
                                    .status = SubscriptionStatus::active,
                                    .starts_at = kNoon,
                                    .renews_at = kNoon};
            write([&](db::Transaction& tx) {
                store::insert(tx, kept);
                return store::set_status(tx, kept.id, status, kNoon);
            });
            const auto found = find(id).value();
            EXPECT_EQ(found.tier, tier);
            EXPECT_EQ(found.status, status);
            EXPECT_EQ(found.stripe_id, "sub_1");
            EXPECT_EQ(found.renews_at, kNoon);
            EXPECT_EQ(found.updated_at, kNoon);
        }
    }
    EXPECT_EQ(tier_of("GOLD"), std::nullopt);
    EXPECT_ANY_THROW(write([](db::Transaction& tx) { tx.execute(kWrongTier); }));
    EXPECT_ANY_THROW(write([](db::Transaction& tx) { tx.execute(kWrongStatus); }));
}

TEST_P(SubscriptionStore, GoesWithItsAccount) {
    write([](db::Transaction& tx) { store::insert(tx, {.id = SubscriptionId{"p1"}, .user = UserId{"u1"}, .channel = ChannelId{"c1"}}); });
    write([](db::Transaction& tx) { tx.execute(kNoUser); });
    EXPECT_FALSE(find("p1"));
    EXPECT_FALSE(write([](db::Transaction& tx) { return store::set_status(tx, SubscriptionId{"p1"}, SubscriptionStatus::expired, kNoon); }));
}

}  // namespace
}  // namespace ae::money
