#include "channels/channel_store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace ae::channels::store {

namespace {

const db::Query kInsert{"channels.insert", R"sql(
    INSERT INTO channels (id, slug, name, description, category, tags, language, is_public, avatar, banner,
                          follower_count, view_count, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))sql"};

const db::Query kFind{"channels.find", R"sql(
    SELECT id, slug, name, description, category, tags, language, is_public, avatar, banner,
           follower_count, view_count, created_at, updated_at
      FROM channels
     WHERE (id = $1 OR slug = $1) AND deleted_at IS NULL)sql"};

const db::Query kList{"channels.list", R"sql(
    SELECT id, slug, name, description, category, tags, language, is_public, avatar, banner,
           follower_count, view_count, created_at, updated_at
      FROM channels
     WHERE deleted_at IS NULL AND (is_public OR $1) AND ($2 = '' OR id < $2)
     ORDER BY id DESC
     LIMIT $3)sql"};

const db::Query kRemove{"channels.remove", R"sql(
    UPDATE channels
       SET deleted_at = $2, updated_at = $2
     WHERE id = $1)sql"};

Channel channel_of(const db::Row& row) {
    Channel channel;
    channel.id = ChannelId{row.text(0)};
    channel.slug = row.text(1);
    channel.name = row.text(2);
    channel.description = row.text(3);
    channel.category = row.text(4);
    channel.tags = tags_of(row.text(5));
    channel.language = row.text(6);
    channel.is_public = row.boolean(7);
    channel.avatar = row.maybe_text(8);
    channel.banner = row.maybe_text(9);
    channel.follower_count = row.integer(10);
    channel.view_count = row.integer(11);
    channel.created_at = row.time(12);
    channel.updated_at = row.time(13);
    return channel;
}

}  // namespace

void insert(db::Transaction& transaction, const Channel& channel) {
    transaction.execute(kInsert, {channel.id, channel.slug, channel.name, channel.description, channel.category, text_of(channel.tags),
                                  channel.language, channel.is_public, channel.avatar, channel.banner, channel.follower_count, channel.view_count,
                                  channel.created_at, channel.updated_at});
}

std::optional<Channel> find(db::Transaction& transaction, const std::string& id_or_slug) {
    const auto rows = transaction.query(kFind, {id_or_slug});
    if (rows.empty()) return std::nullopt;
    return channel_of(rows.front());
}

std::vector<Channel> list(db::Transaction& transaction, bool with_private, const std::string& before, std::int64_t most) {
    std::vector<Channel> found;
    for (const auto& row : transaction.query(kList, {with_private, before, most})) found.push_back(channel_of(row));
    return found;
}

void remove(db::Transaction& transaction, const ChannelId& channel, WallTime at) {
    transaction.execute(kRemove, {channel, at});
    revoke_keys(transaction, channel, at);
}

std::vector<std::string> tags_of(std::string_view json) {
    std::vector<std::string> tags;
    for (const auto& tag : boost::json::parse(json).as_array()) tags.emplace_back(tag.as_string());
    return tags;
}

std::string text_of(const std::vector<std::string>& tags) {
    boost::json::array list;
    for (const auto& tag : tags) list.emplace_back(tag);
    return boost::json::serialize(list);
}

}  // namespace ae::channels::store
