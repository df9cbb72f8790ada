#include "channels/channel_store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "channels/follow_store.hpp"

namespace ae::channels::store {

namespace {

const db::Query kInsert{"channels.insert", R"sql(
    INSERT INTO channels (id, slug, name, description, category, tags, language, is_public, avatar, banner,
                          follower_count, view_count, created_at, updated_at, creator_id, social_links, starts_with)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))sql"};

const db::Query kUpdate{"channels.update", R"sql(
    UPDATE channels
       SET slug = $2, name = $3, description = $4, category = $5, tags = $6, language = $7, is_public = $8, avatar = $9, banner = $10,
           updated_at = $11, social_links = $12, starts_with = $13
     WHERE id = $1)sql"};

const db::Query kFind{"channels.find", R"sql(
    SELECT id, slug, name, description, category, tags, language, is_public, avatar, banner,
           follower_count, view_count, created_at, updated_at, creator_id, social_links, starts_with
      FROM channels
     WHERE (id = $1 OR slug = $1) AND deleted_at IS NULL)sql"};

const db::Query kFindFirstOf{"channels.find_first_of", R"sql(
    SELECT id, slug, name, description, category, tags, language, is_public, avatar, banner,
           follower_count, view_count, created_at, updated_at, creator_id, social_links, starts_with
      FROM channels
     WHERE creator_id = $1 AND deleted_at IS NULL
     ORDER BY id
     LIMIT 1)sql"};

const db::Query kCountOf{"channels.count_of", "SELECT count(*) FROM channels WHERE creator_id = $1 AND deleted_at IS NULL"};

const db::Query kList{"channels.list", R"sql(
    SELECT c.id, c.slug, c.name, c.description, c.category, c.tags, c.language, c.is_public, c.avatar, c.banner,
           c.follower_count, c.view_count, c.created_at, c.updated_at, c.creator_id, c.social_links, c.starts_with,
           f.id IS NOT NULL
      FROM channels c
      LEFT JOIN channel_follows f ON f.channel_id = c.id AND f.user_id = $1
     WHERE c.deleted_at IS NULL
       AND (c.is_public OR $2)
       AND ($3 = '' OR c.id < $3)
       AND ($4 = '' OR c.slug LIKE lower($4) ESCAPE '\' OR lower(c.name) LIKE lower($4) ESCAPE '\')
       AND ($5 = '' OR c.category = $5)
       AND (f.id IS NOT NULL OR NOT $6)
       AND (c.creator_id = $1 OR NOT $7)
     ORDER BY c.id DESC
     LIMIT $8)sql"};

const db::Query kRemove{"channels.remove", R"sql(
    UPDATE channels
       SET deleted_at = $2, updated_at = $2, follower_count = 0
     WHERE id = $1)sql"};

const db::Query kCategories{"channels.categories", "SELECT slug, name FROM categories ORDER BY position"};
const db::Query kCategory{"channels.category", "SELECT slug FROM categories WHERE slug = $1"};

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
    if (auto creator = row.maybe_text(14)) channel.creator = UserId{std::move(*creator)};
    channel.links = social::links_of(row.text(15));
    channel.starts_with = starts_with_of(row.text(16));
    return channel;
}

std::optional<Channel> one(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return channel_of(rows.front());
}

/// `%piece%`, in which the piece's own marks mean themselves.
std::string pattern_of(std::string_view piece) {
    if (piece.empty()) return {};
    std::string pattern = "%";
    for (const char c : piece) {
        if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
        pattern.push_back(c);
    }
    return pattern + "%";
}

}  // namespace

void insert(db::Transaction& transaction, const Channel& channel) {
    transaction.execute(kInsert,
                        {channel.id, channel.slug, channel.name, channel.description, channel.category, text_of(channel.tags), channel.language,
                         channel.is_public, channel.avatar, channel.banner, channel.follower_count, channel.view_count, channel.created_at,
                         channel.updated_at, channel.creator, social::json_of(channel.links), starts_with_word(channel.starts_with)});
}

void update(db::Transaction& transaction, const Channel& channel) {
    transaction.execute(kUpdate, {channel.id, channel.slug, channel.name, channel.description, channel.category, text_of(channel.tags),
                                  channel.language, channel.is_public, channel.avatar, channel.banner, channel.updated_at,
                                  social::json_of(channel.links), starts_with_word(channel.starts_with)});
}

std::optional<Channel> find(db::Transaction& transaction, const std::string& id_or_slug) { return one(transaction.query(kFind, {id_or_slug})); }

std::optional<Channel> find_first_of(db::Transaction& transaction, const UserId& creator) { return one(transaction.query(kFindFirstOf, {creator})); }

std::int64_t count_of(db::Transaction& transaction, const UserId& creator) { return transaction.query(kCountOf, {creator}).front().integer(0); }

std::vector<FollowedChannel> list(db::Transaction& transaction, const ChannelFilter& filter, const std::string& before, std::int64_t most) {
    std::vector<FollowedChannel> found;
    for (const auto& row : transaction.query(
             kList, {filter.account, filter.with_private, before, pattern_of(filter.search), filter.category, filter.followed, filter.mine, most})) {
        found.push_back({channel_of(row), row.boolean(17)});
    }
    return found;
}

void remove(db::Transaction& transaction, const ChannelId& channel, WallTime at) {
    transaction.execute(kRemove, {channel, at});
    revoke_keys(transaction, channel, at);
    remove_followers(transaction, channel);
}

std::vector<Category> categories(db::Transaction& transaction) {
    std::vector<Category> found;
    for (const auto& row : transaction.query(kCategories)) found.push_back({row.text(0), row.text(1)});
    return found;
}

bool category_exists(db::Transaction& transaction, const std::string& slug) { return !transaction.query(kCategory, {slug}).empty(); }

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
