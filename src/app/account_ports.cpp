#include "app/account_ports.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.hpp"

namespace ae::app {

namespace {
constexpr std::int64_t kChannelsMost = 100;
}

void PostalMailer::post(accounts::Mail letter) {
    mail::Mail mail{.to = std::move(letter.to), .subject = std::move(letter.subject), .text = std::move(letter.text), .html = std::move(letter.html)};
    if (auto taken = office_.post(std::move(mail)); !taken) log::warn("account.letter_not_sent", {{"reason", taken.error().reason}});
}

io::Task<std::vector<accounts::OwnedChannel>> ChannelDependents::channels_of(accounts::UserId user) {
    channels::ChannelFilter filter{.account = std::move(user), .mine = true, .with_private = true};
    const auto found = co_await channels_.list(std::move(filter), "", kChannelsMost);
    std::vector<accounts::OwnedChannel> all;
    for (const auto& [channel, creator, is_following, is_owner] : found.channels) {
        all.push_back({channel.id.str(), channel.slug, channel.name, channel.avatar});
    }
    std::ranges::reverse(all);
    co_return all;
}

io::Task<> ChannelDependents::remove_all_of(accounts::UserId user) {
    for (const auto& channel : co_await channels_.forget_account(std::move(user))) co_await streams_.channel_gone(channel.id);
}

io::Task<std::string> ChannelDependents::export_of(accounts::UserId user) {
    channels::ChannelFilter filter{.account = std::move(user), .mine = true, .with_private = true};
    const auto found = co_await channels_.list(std::move(filter), "", kChannelsMost);
    boost::json::array all;
    for (const auto& seen : found.channels) {
        const auto& channel = seen.channel;
        all.push_back(boost::json::object{{"id", channel.id.str()},
                                          {"slug", channel.slug},
                                          {"name", channel.name},
                                          {"description", channel.description},
                                          {"category", channel.category},
                                          {"isPublic", channel.is_public},
                                          {"createdAt", to_rfc3339(channel.created_at)}});
    }
    co_return boost::json::serialize(boost::json::object{{"channels", std::move(all)}});
}

io::Task<std::vector<channels::Person>> AccountPeople::people(std::vector<channels::UserId> ids) {
    std::vector<channels::Person> all;
    for (auto& user : co_await directory_.people(std::move(ids))) {
        all.push_back({user.id, user.username.value_or(""), user.display_name, user.avatar});
    }
    co_return all;
}

}  // namespace ae::app
