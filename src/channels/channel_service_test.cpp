#include "channels/channel_service.hpp"

#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "channels/channel_store.hpp"
#include "channels/stream_key_service.hpp"
#include "io/run_blocking.hpp"
#include "names/names.hpp"
#include "store/db/testing.hpp"

namespace ae::channels {
namespace {

class ChannelServiceTest : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        migrate(names::migrations());
        migrate(migrations());
    }

    template <class T>
    T run(io::Task<T> task) {
        return io::run_blocking(std::move(task));
    }
    template <class T>
    std::string_view refusal(io::Task<Result<T>> task) {
        const auto result = run(std::move(task));
        return result ? "" : result.error().reason;
    }
    CreatedChannel create(std::string slug) {
        clock_.advance(std::chrono::seconds{1});
        return run(service_.create("Name of " + slug, slug)).value();
    }

    ManualClock clock_;
    SystemRandom random_;
    Secret secret_{std::string(32, 's')};
    ChannelService service_{db(), clock_, random_, secret_};
    StreamKeyService keys_{db(), clock_, random_, secret_};
};
AE_ON_BOTH_ENGINES(ChannelServiceTest);

TEST_P(ChannelServiceTest, MakesAChannelThatIsFoundByIdAndBySlug) {
    const auto made = create("ada");
    EXPECT_EQ(made.channel.category, "just-chatting");
    EXPECT_TRUE(made.channel.is_public);
    const auto by_slug = run(service_.find("ada")).value();
    EXPECT_EQ(by_slug.id, made.channel.id);
    EXPECT_EQ(by_slug.name, "Name of ada");
    EXPECT_EQ(by_slug.created_at, clock_.wall());
    EXPECT_EQ(run(service_.find(made.channel.id.str())).value().slug, "ada");
    EXPECT_EQ(refusal(service_.find("nobody")), "channel_not_found");
}

TEST_P(ChannelServiceTest, RefusesWhatAChannelCannotBeCalled) {
    create("ada");
    EXPECT_EQ(refusal(service_.create("Ada", "ada")), "slug_taken");
    EXPECT_EQ(refusal(service_.create("Ada", "Ada!")), "slug_invalid");
    EXPECT_EQ(refusal(service_.create("Ada", "admin")), "slug_reserved");
    EXPECT_EQ(refusal(service_.create("", "bob")), "name_invalid");
}

TEST_P(ChannelServiceTest, OneOfTwoAtOnceGetsTheSlug) {
    boost::asio::io_context loop;
    auto first = boost::asio::co_spawn(loop, service_.create("One", "ada"), boost::asio::use_future);
    auto second = boost::asio::co_spawn(loop, service_.create("Two", "ada"), boost::asio::use_future);
    loop.run();
    EXPECT_NE(first.get().has_value(), second.get().has_value());
    // Its thread may still be on its way out of this loop.
    db().close_blocking();
}

TEST_P(ChannelServiceTest, AKeyLetsItsChannelIn) {
    const auto made = create("ada");
    const auto other = create("bob");
    EXPECT_TRUE(made.key.reveal().starts_with("live_"));
    EXPECT_EQ(made.key.reveal().size(), 45U);
    EXPECT_NE(made.key.reveal(), other.key.reveal());
    EXPECT_EQ(run(keys_.find_by_key(made.key)).value().channel.slug, "ada");
    EXPECT_EQ(run(keys_.find_by_key(other.key)).value().channel.slug, "bob");
    for (const char* wrong : {"", "live_", "ada", "' OR 1=1 --", "live_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        EXPECT_EQ(refusal(keys_.find_by_key(Secret{wrong})), "stream_key_unknown") << wrong;
    }
    EXPECT_EQ(refusal(keys_.find_by_key(Secret{std::string{"live_\0x", 7}})), "stream_key_unknown");
}

TEST_P(ChannelServiceTest, TheKeyItselfIsNotInTheDatabase) {
    const auto made = create("ada");
    const auto keys = db().read_blocking([&](db::Transaction& transaction) { return store::keys_of(transaction, made.channel.id); });
    ASSERT_EQ(keys.size(), 1U);
    const auto& text = made.key.reveal();
    EXPECT_EQ(as_text(keys[0].sealed_key).find(text.substr(5, 8)), std::string_view::npos);
    EXPECT_EQ(as_text(keys[0].lookup_hash).find(text.substr(5, 8)), std::string_view::npos);
    EXPECT_EQ(keys[0].last_four, text.substr(text.size() - 4));
}

TEST_P(ChannelServiceTest, ShowsItsOwnerTheKeyAgain) {
    const auto made = create("ada");
    EXPECT_EQ(run(keys_.reveal("ada")).value().reveal(), made.key.reveal());
    EXPECT_EQ(refusal(keys_.reveal("nobody")), "channel_not_found");
}

TEST_P(ChannelServiceTest, AnotherServersSecretOpensNothing) {
    const auto made = create("ada");
    StreamKeyService stranger{db(), clock_, random_, Secret{std::string(32, 'x')}};
    EXPECT_EQ(refusal(stranger.find_by_key(made.key)), "stream_key_unknown");
    EXPECT_THROW(static_cast<void>(run(stranger.reveal("ada"))), std::runtime_error);
}

TEST_P(ChannelServiceTest, ARotatedKeyStopsAtOnce) {
    const auto made = create("ada");
    clock_.advance(std::chrono::seconds{1});
    const auto rotated = run(keys_.rotate_all("ada")).value();
    EXPECT_EQ(refusal(keys_.find_by_key(made.key)), "stream_key_unknown");
    EXPECT_EQ(run(keys_.find_by_key(rotated.fresh.shown)).value().channel.id, made.channel.id);
    EXPECT_EQ(run(keys_.reveal(made.channel.id.str())).value().reveal(), rotated.fresh.shown.reveal());
    EXPECT_EQ(refusal(keys_.rotate_all("nobody")), "channel_not_found");
}

TEST_P(ChannelServiceTest, NotesWhereAKeyWasUsed) {
    const auto made = create("ada");
    const auto holder = run(keys_.find_by_key(made.key)).value();
    clock_.advance(std::chrono::seconds{7});
    run(keys_.note_used(holder.key, "192.0.2.1"));
    const auto keys = db().read_blocking([&](db::Transaction& transaction) { return store::keys_of(transaction, made.channel.id); });
    EXPECT_EQ(keys.at(0).last_used_at, clock_.wall());
    EXPECT_EQ(keys.at(0).last_used_address, "192.0.2.1");
}

TEST_P(ChannelServiceTest, ADeletedChannelIsGoneAndItsSlugIsFree) {
    const auto made = create("ada");
    EXPECT_EQ(run(service_.delete_channel("ada", Actor{.admin = true})).value().id, made.channel.id);
    EXPECT_EQ(refusal(service_.find("ada")), "channel_not_found");
    EXPECT_EQ(refusal(service_.find(made.channel.id.str())), "channel_not_found");
    EXPECT_EQ(refusal(keys_.find_by_key(made.key)), "stream_key_unknown");
    EXPECT_EQ(refusal(service_.delete_channel("ada", Actor{.admin = true})), "channel_not_found");
    EXPECT_EQ(refusal(keys_.rotate_all("ada")), "channel_not_found");
    EXPECT_NE(create("ada").channel.id, made.channel.id);
}

TEST_P(ChannelServiceTest, ListsNewestFirstPageByPage) {
    for (const char* slug : {"one", "two", "three", "four", "five"}) create(slug);
    std::vector<std::string> slugs;
    std::string after;
    int pages = 0;
    do {
        const auto page = run(service_.list({}, after, 2));
        for (const auto& seen : page.channels) slugs.push_back(seen.channel.slug);
        after = page.next;
        ++pages;
    } while (!after.empty());
    EXPECT_EQ(slugs, (std::vector<std::string>{"five", "four", "three", "two", "one"}));
    EXPECT_EQ(pages, 3);
}

TEST_P(ChannelServiceTest, ListsPrivateChannelsOnlyOnDemand) {
    create("ada");
    const Channel hidden{.id = ChannelId{"hidden"}, .slug = "eve", .name = "Eve", .tags = {"a", "b \"c\""}, .is_public = false};
    db().write_blocking([&](db::Transaction& transaction) { store::insert(transaction, hidden); });
    EXPECT_EQ(run(service_.list({}, "", 10)).channels.size(), 1U);
    EXPECT_EQ(run(service_.list({.with_private = true}, "", 10)).channels.size(), 2U);
    EXPECT_EQ(run(service_.find("eve")).value().tags, hidden.tags);
}

TEST_P(ChannelServiceTest, AnAccountThatGoesTakesItsChannelsAndFollowsWithIt) {
    const UserId ada{"ada"}, bob{"bob"};
    const auto own = [&](std::string slug, const UserId& who) {
        clock_.advance(std::chrono::seconds{1});
        return run(service_.create(ChannelDraft{.name = slug, .slug = slug}, Actor{.account = who})).value();
    };
    own("first", ada);
    own("second", ada);
    own("bobs", bob);
    run(service_.follow("bobs", {.account = ada})).value();
    run(service_.follow("first", {.account = bob})).value();
    EXPECT_EQ(run(service_.forget_account(ada)).size(), 2U);
    EXPECT_EQ(refusal(service_.find("first")), "channel_not_found");
    EXPECT_EQ(run(service_.find("bobs")).value().follower_count, 0);
    EXPECT_TRUE(run(service_.forget_account(ada)).empty());
    EXPECT_TRUE(run(service_.list({.account = bob, .followed = true}, "", 10)).channels.empty());
}

TEST_P(ChannelServiceTest, PutsAPictureUpAndSaysWhichWasThere) {
    const UserId ada{"ada"};
    run(service_.create(ChannelDraft{.name = "Ada", .slug = "ada"}, Actor{.account = ada})).value();
    EXPECT_EQ(run(service_.set_picture("ada", Picture::avatar, "/one.webp", {.account = ada})).value(), std::nullopt);
    EXPECT_EQ(run(service_.set_picture("ada", Picture::avatar, "/two.webp", {.account = ada})).value(), "/one.webp");
    EXPECT_EQ(run(service_.set_picture("ada", Picture::banner, "/three.webp", {.account = ada})).value(), std::nullopt);
    EXPECT_EQ(run(service_.find("ada")).value().avatar, "/two.webp");
    EXPECT_EQ(run(service_.find("ada")).value().banner, "/three.webp");
    EXPECT_EQ(refusal(service_.set_picture("ada", Picture::avatar, std::nullopt, {.account = UserId{"bob"}})), "not_yours");
}

TEST_P(ChannelServiceTest, TwoFollowersAtOnceAreTwo) {
    create("ada");
    boost::asio::io_context loop;
    std::vector<std::future<Result<FollowState>>> all;
    for (int i = 0; i < 16; ++i) {
        all.push_back(
            boost::asio::co_spawn(loop, service_.follow("ada", Actor{.account = UserId{"u" + std::to_string(i % 8)}}), boost::asio::use_future));
    }
    loop.run();
    for (auto& each : all) EXPECT_TRUE(each.get().value().is_following);
    EXPECT_EQ(run(service_.find("ada")).value().follower_count, 8);
    db().close_blocking();
}

}  // namespace
}  // namespace ae::channels
