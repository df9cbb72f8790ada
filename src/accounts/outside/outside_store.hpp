// The tables of what was heard from outside: plain functions on a transaction, without rules.
#pragma once

#include <span>

#include "store/db/db.hpp"

namespace ae::outside {

/// This room's migrations, out of sql/. They come after those of accounts.
std::span<const db::Migration> migrations();

namespace store {

bool was_taken(db::Transaction& transaction, const std::string& webhook);
/// Can be done again. Forgets those of more than a day ago.
void note_taken(db::Transaction& transaction, const std::string& webhook, WallTime now);

/// What was heard last of an outside identity.
struct News {
    WallTime as_of = {};
    bool is_deleted = false;
};
std::optional<News> news_of(db::Transaction& transaction, const std::string& external_id);
void note_news(db::Transaction& transaction, const std::string& external_id, const News& news);

}  // namespace store
}  // namespace ae::outside
