// The table of messages: plain functions on a transaction, without rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "channels/stream_view.hpp"
#include "store/db/db.hpp"

namespace ae::chat {

using channels::ChannelId;
using channels::StreamId;
using channels::UserId;
using MessageId = Id<struct MessageTag>;

/// This room's migrations, out of sql/. They come after those of accounts, channels and live.
std::span<const db::Migration> migrations();

struct Message {
    MessageId id;
    ChannelId channel;
    /// Absent: said while nothing was on air, or the broadcast's row is gone.
    std::optional<StreamId> stream = {};
    UserId author;
    std::string content;
    std::vector<std::string> badges = {};
    WallTime created_at = {};
    std::optional<WallTime> deleted_at = {};
};

namespace store {

void insert(db::Transaction& transaction, const Message& message);
/// Also one that was taken away.
std::optional<Message> find(db::Transaction& transaction, const MessageId& message);
/// Newest first, older than `before` (empty: from the newest on), without those that were taken away.
std::vector<Message> list(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most);
/// Takes it away; false when it is gone already.
bool remove(db::Transaction& transaction, const MessageId& message, WallTime at);

}  // namespace store
}  // namespace ae::chat
