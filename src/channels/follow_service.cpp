// The part of the service that is about followers.
#include <unordered_map>

#include "channels/access.hpp"
#include "channels/channel_service.hpp"
#include "channels/lookup.hpp"

namespace ae::channels {

namespace {
constexpr std::int64_t kListMost = 100;
}

io::Task<Result<FollowState>> ChannelService::follow(std::string id_or_slug, Actor actor) {
    const auto now = clock_.wall();
    auto work = [word = std::move(id_or_slug), actor, now,
                 id = FollowId{make_id_text(now, random_)}](db::Transaction& transaction) -> Result<FollowState> {
        const auto channel = resolve(transaction, word);
        if (!channel || !may_see(actor, *channel)) return no_channel();
        return store::follow(transaction, id, actor.account, channel->id, now);
    };
    co_return co_await db_.write(std::move(work));
}

io::Task<Result<FollowState>> ChannelService::unfollow(std::string id_or_slug, Actor actor) {
    auto work = [word = std::move(id_or_slug), actor](db::Transaction& transaction) -> Result<FollowState> {
        const auto channel = resolve(transaction, word);
        // Who follows a channel that went private may leave it.
        if (!channel || (!may_see(actor, *channel) && !store::is_following(transaction, actor.account, channel->id))) return no_channel();
        return store::unfollow(transaction, actor.account, channel->id);
    };
    co_return co_await db_.write(std::move(work));
}

io::Task<Result<SeenFollowers>> ChannelService::followers(std::string id_or_slug, Actor actor, std::string after, std::int64_t most) {
    const auto count = std::clamp<std::int64_t>(most, 1, kListMost);
    auto look = [word = std::move(id_or_slug), actor, after = std::move(after),
                 count](db::Transaction& transaction) -> Result<std::vector<Follower>> {
        const auto channel = resolve(transaction, word);
        if (!channel) return no_channel();
        if (auto allowed = check_manager(actor, *channel); !allowed) return allowed.error();
        return store::followers(transaction, channel->id, after, count + 1);
    };
    auto found = co_await db_.read(std::move(look));
    if (!found) co_return found.error();

    SeenFollowers answer;
    if (std::ssize(*found) > count) {
        found->pop_back();
        answer.next = found->back().id.str();
    }
    std::vector<UserId> accounts;
    for (const auto& follower : *found) accounts.push_back(follower.account);
    std::unordered_map<UserId, Person> people;
    for (auto& person : co_await people_.people(std::move(accounts))) people.emplace(person.id, person);
    for (const auto& follower : *found) {
        if (const auto person = people.find(follower.account); person != people.end()) answer.followers.push_back({person->second, follower.since});
    }
    co_return answer;
}

}  // namespace ae::channels
