#include "chat/message_store.hpp"

#include "channels/channel_store.hpp"

namespace ae::chat::store {

namespace {

const db::Query kInsert{"messages.insert", R"sql(
    INSERT INTO messages (id, channel_id, stream_id, user_id, content, badges, created_at, deleted_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

const db::Query kFind{"messages.find", R"sql(
    SELECT id, channel_id, stream_id, user_id, content, badges, created_at, deleted_at
      FROM messages
     WHERE id = $1)sql"};

const db::Query kList{"messages.list", R"sql(
    SELECT id, channel_id, stream_id, user_id, content, badges, created_at, deleted_at
      FROM messages
     WHERE channel_id = $1 AND deleted_at IS NULL AND ($2 = '' OR id < $2)
     ORDER BY id DESC
     LIMIT $3)sql"};

const db::Query kRemove{"messages.remove", "UPDATE messages SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL"};

Message message_of(const db::Row& row) {
    Message message;
    message.id = MessageId{row.text(0)};
    message.channel = ChannelId{row.text(1)};
    if (auto stream = row.maybe_text(2)) message.stream = StreamId{std::move(*stream)};
    message.author = UserId{row.text(3)};
    message.content = row.text(4);
    message.badges = channels::store::tags_of(row.text(5));
    message.created_at = row.time(6);
    message.deleted_at = row.maybe_time(7);
    return message;
}

}  // namespace

void insert(db::Transaction& transaction, const Message& message) {
    transaction.execute(kInsert, {message.id, message.channel, message.stream, message.author, message.content,
                                  channels::store::text_of(message.badges), message.created_at, message.deleted_at});
}

std::optional<Message> find(db::Transaction& transaction, const MessageId& message) {
    const auto rows = transaction.query(kFind, {message});
    if (rows.empty()) return std::nullopt;
    return message_of(rows.front());
}

std::vector<Message> list(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most) {
    std::vector<Message> found;
    for (const auto& row : transaction.query(kList, {channel, before, most})) found.push_back(message_of(row));
    return found;
}

bool remove(db::Transaction& transaction, const MessageId& message, WallTime at) { return transaction.execute(kRemove, {message, at}) == 1; }

}  // namespace ae::chat::store
