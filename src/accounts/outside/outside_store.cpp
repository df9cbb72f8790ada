#include "accounts/outside/outside_store.hpp"

namespace ae::outside::store {

namespace {

constexpr std::chrono::hours kKept{24};

const db::Query kTaken{"outside.taken", "SELECT 1 FROM taken_webhooks WHERE id = $1"};
const db::Query kForgetTaken{"outside.forget_taken", "DELETE FROM taken_webhooks WHERE taken_at < $1"};
const db::Query kNoteTaken{"outside.note_taken", "INSERT INTO taken_webhooks (id, taken_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"};

const db::Query kNews{"outside.news", "SELECT as_of, is_deleted FROM outside_news WHERE external_id = $1"};
const db::Query kNoteNews{"outside.note_news", R"sql(
    INSERT INTO outside_news (external_id, as_of, is_deleted)
    VALUES ($1, $2, $3)
        ON CONFLICT (external_id) DO UPDATE
       SET as_of = excluded.as_of, is_deleted = excluded.is_deleted)sql"};

}  // namespace

bool was_taken(db::Transaction& transaction, const std::string& webhook) { return !transaction.query(kTaken, {webhook}).empty(); }

void note_taken(db::Transaction& transaction, const std::string& webhook, WallTime now) {
    transaction.execute(kForgetTaken, {now - kKept});
    transaction.execute(kNoteTaken, {webhook, now});
}

std::optional<News> news_of(db::Transaction& transaction, const std::string& external_id) {
    const auto rows = transaction.query(kNews, {external_id});
    if (rows.empty()) return std::nullopt;
    return News{.as_of = rows.front().time(0), .is_deleted = rows.front().boolean(1)};
}

void note_news(db::Transaction& transaction, const std::string& external_id, const News& news) {
    transaction.execute(kNoteNews, {external_id, news.as_of, news.is_deleted});
}

}  // namespace ae::outside::store
