#include "live/stream_store.hpp"

#include <fmt/format.h>

namespace ae::live::store {

namespace {

const db::Query kInsert{"streams.insert", R"sql(
    INSERT INTO streams (id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
                         viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret,
                         created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18))sql"};

const db::Query kFind{"streams.find", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at
      FROM streams
     WHERE id = $1)sql"};

const db::Query kFindLive{"streams.find_live_of_channel", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at
      FROM streams
     WHERE channel_id = $1 AND status = 'LIVE')sql"};

const db::Query kAllLive{"streams.all_live", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at
      FROM streams
     WHERE status = 'LIVE'
     ORDER BY id)sql"};

const db::Query kList{"streams.list", R"sql(
    SELECT s.id, s.channel_id, s.title, s.description, s.category, s.status, s.reason, s.started_at, s.ended_at, s.last_media_at,
           s.viewer_count, s.peak_viewers, s.epoch, s.next_msn_reserved, s.next_discontinuity_reserved, s.media_secret,
           s.created_at, s.updated_at, c.slug, c.name, c.avatar
      FROM streams s
      JOIN channel_cards c ON c.id = s.channel_id
     WHERE s.status = $1 AND c.is_public AND ($2 = '' OR s.id < $2)
     ORDER BY s.id DESC
     LIMIT $3)sql"};

const db::Query kFindPublic{"streams.find_public", R"sql(
    SELECT s.id, s.channel_id, s.title, s.description, s.category, s.status, s.reason, s.started_at, s.ended_at, s.last_media_at,
           s.viewer_count, s.peak_viewers, s.epoch, s.next_msn_reserved, s.next_discontinuity_reserved, s.media_secret,
           s.created_at, s.updated_at, c.slug, c.name, c.avatar
      FROM streams s
      JOIN channel_cards c ON c.id = s.channel_id
     WHERE s.id = $1 AND c.is_public)sql"};

const db::Query kSetStatus{"streams.set_status", R"sql(
    UPDATE streams
       SET status     = $3,
           reason     = $4,
           ended_at   = CASE WHEN $3 = 'LIVE' THEN NULL ELSE coalesce(ended_at, $5) END,
           updated_at = $5
     WHERE id = $1 AND status = $2)sql"};

// A broadcast that never had media is as old as its row.
const db::Query kCloseSilent{"streams.close_silent", R"sql(
    UPDATE streams
       SET status     = $1,
           reason     = $2,
           ended_at   = coalesce(last_media_at, created_at),
           updated_at = $4
     WHERE status = 'LIVE' AND coalesce(last_media_at, created_at) < $3
    RETURNING id)sql"};

const db::Query kReserve{"streams.reserve_numbers", R"sql(
    UPDATE streams
       SET next_msn_reserved           = CASE WHEN next_msn_reserved < $2 THEN $2 ELSE next_msn_reserved END,
           next_discontinuity_reserved = CASE WHEN next_discontinuity_reserved < $3 THEN $3 ELSE next_discontinuity_reserved END
     WHERE id = $1)sql"};

const db::Query kTakeEpoch{"streams.take_epoch", R"sql(
    UPDATE streams
       SET epoch = epoch + 1, updated_at = $2
     WHERE id = $1
    RETURNING epoch, next_msn_reserved, next_discontinuity_reserved)sql"};

const db::Query kTouch{"streams.touch_media", "UPDATE streams SET last_media_at = $2 WHERE id = $1"};

const db::Query kSetViewers{"streams.set_viewers", R"sql(
    UPDATE streams
       SET viewer_count = $2,
           peak_viewers = CASE WHEN peak_viewers < $2 THEN $2 ELSE peak_viewers END
     WHERE id = $1)sql"};

const db::Query kSetDetails{"streams.set_details", R"sql(
    UPDATE streams
       SET title = $2, description = $3, category = $4, updated_at = $5
     WHERE id = $1)sql"};

StreamStatus status_in(const db::Row& row, std::size_t column) {
    const auto status = channels::status_of(row.text(column));
    if (!status) throw std::logic_error(fmt::format("streams.status holds {}", row.text(column)));
    return *status;
}

StreamRecord record_of(const db::Row& row) {
    StreamRecord stream;
    stream.id = StreamId{row.text(0)};
    stream.channel = ChannelId{row.text(1)};
    stream.title = row.text(2);
    stream.description = row.text(3);
    stream.category = row.text(4);
    stream.status = status_in(row, 5);
    stream.reason = row.text(6);
    stream.started_at = row.maybe_time(7);
    stream.ended_at = row.maybe_time(8);
    stream.last_media_at = row.maybe_time(9);
    stream.viewer_count = row.integer(10);
    stream.peak_viewers = row.integer(11);
    stream.epoch = row.integer(12);
    stream.next_msn_reserved = row.integer(13);
    stream.next_discontinuity_reserved = row.integer(14);
    stream.media_secret = Secret{row.text(15)};
    stream.created_at = row.time(16);
    stream.updated_at = row.time(17);
    return stream;
}

ListedStream listed_of(const db::Row& row) {
    auto stream = record_of(row);
    ChannelCard card{stream.channel, row.text(18), row.text(19), row.maybe_text(20)};
    return {std::move(stream), std::move(card)};
}

std::optional<StreamRecord> one(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return record_of(rows.front());
}

}  // namespace

void insert(db::Transaction& transaction, const StreamRecord& stream) {
    // The secret is revealed to be kept: it goes back into media addresses after a restart.
    transaction.execute(
        kInsert, {stream.id, stream.channel, stream.title, stream.description, stream.category, channels::status_word(stream.status), stream.reason,
                  stream.started_at, stream.ended_at, stream.last_media_at, stream.viewer_count, stream.peak_viewers, stream.epoch,
                  stream.next_msn_reserved, stream.next_discontinuity_reserved, stream.media_secret.reveal(), stream.created_at, stream.updated_at});
}

std::optional<StreamRecord> find(db::Transaction& transaction, const StreamId& stream) { return one(transaction.query(kFind, {stream})); }

std::optional<StreamRecord> find_live_of_channel(db::Transaction& transaction, const ChannelId& channel) {
    return one(transaction.query(kFindLive, {channel}));
}

std::optional<ListedStream> find_public(db::Transaction& transaction, const StreamId& stream) {
    const auto rows = transaction.query(kFindPublic, {stream});
    if (rows.empty()) return std::nullopt;
    return listed_of(rows.front());
}

std::vector<ListedStream> list(db::Transaction& transaction, StreamStatus status, const std::string& before, std::int64_t most) {
    std::vector<ListedStream> found;
    for (const auto& row : transaction.query(kList, {channels::status_word(status), before, most})) found.push_back(listed_of(row));
    return found;
}

std::vector<StreamRecord> all_live(db::Transaction& transaction) {
    std::vector<StreamRecord> found;
    for (const auto& row : transaction.query(kAllLive)) found.push_back(record_of(row));
    return found;
}

bool set_status(db::Transaction& transaction, const StreamId& stream, StreamStatus from, StreamStatus to, std::string_view reason, WallTime at) {
    return transaction.execute(kSetStatus, {stream, channels::status_word(from), channels::status_word(to), reason, at}) == 1;
}

std::vector<StreamId> close_silent(db::Transaction& transaction, StreamStatus to, std::string_view reason, WallTime before, WallTime at) {
    std::vector<StreamId> closed;
    for (const auto& row : transaction.query(kCloseSilent, {channels::status_word(to), reason, before, at})) closed.emplace_back(row.text(0));
    return closed;
}

bool reserve_numbers(db::Transaction& transaction, const StreamId& stream, std::int64_t msn_ceiling, std::int64_t discontinuity_ceiling) {
    return transaction.execute(kReserve, {stream, msn_ceiling, discontinuity_ceiling}) == 1;
}

std::optional<TakenEpoch> take_epoch(db::Transaction& transaction, const StreamId& stream, WallTime at) {
    const auto rows = transaction.query(kTakeEpoch, {stream, at});
    if (rows.empty()) return std::nullopt;
    return TakenEpoch{rows[0].integer(0), rows[0].integer(1), rows[0].integer(2)};
}

void touch_media(db::Transaction& transaction, const StreamId& stream, WallTime at) { transaction.execute(kTouch, {stream, at}); }

void set_viewers(db::Transaction& transaction, const StreamId& stream, std::int64_t count) { transaction.execute(kSetViewers, {stream, count}); }

void set_details(db::Transaction& transaction, const StreamId& stream, const std::string& title, const std::string& description,
                 const std::string& category, WallTime at) {
    transaction.execute(kSetDetails, {stream, title, description, category, at});
}

}  // namespace ae::live::store
