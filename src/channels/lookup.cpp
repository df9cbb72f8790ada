#include "channels/lookup.hpp"

#include "channels/channel_store.hpp"

namespace ae::channels {

std::optional<Channel> resolve(db::Transaction& transaction, const std::string& word) {
    if (auto channel = store::find(transaction, word)) return channel;
    if (const auto before = names::find(transaction, names::Kind::channel, word)) return store::find(transaction, before->id);
    if (const auto creator = names::find(transaction, names::Kind::user, word)) return store::find_first_of(transaction, UserId{creator->id});
    return std::nullopt;
}

names::Holder holder_of(const Channel& channel) {
    return {names::Kind::channel, channel.id.str(), channel.creator ? channel.creator->str() : channel.id.str()};
}

}  // namespace ae::channels
