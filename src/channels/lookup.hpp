// Which channel a word in an address means.
#pragma once

#include "channels/channel.hpp"
#include "names/names.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// By id, by slug, by a slug that it had before, or by its creator's username (of several channels, the oldest); also one that is not public.
std::optional<Channel> resolve(db::Transaction& transaction, const std::string& word);

/// How the room of names knows this channel.
names::Holder holder_of(const Channel& channel);

}  // namespace ae::channels
