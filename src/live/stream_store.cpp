#include "live/stream_store.hpp"

#include <fmt/format.h>

namespace ae::live::store {

namespace {

const db::Query kInsert{"streams.insert", R"sql(
    INSERT INTO streams (id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
                         viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret,
                         created_at, updated_at, starts_with)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19))sql"};

const db::Query kFind{"streams.find", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at,
           starts_with, thumbnail_url, recording_path, vod_url, is_archived
      FROM streams
     WHERE id = $1)sql"};

const db::Query kFindLive{"streams.find_live_of_channel", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at,
           starts_with, thumbnail_url, recording_path, vod_url, is_archived
      FROM streams
     WHERE channel_id = $1 AND status = 'LIVE')sql"};

const db::Query kAllLive{"streams.all_live", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at,
           starts_with, thumbnail_url, recording_path, vod_url, is_archived
      FROM streams
     WHERE status = 'LIVE'
     ORDER BY id)sql"};

const db::Query kList{"streams.list", R"sql(
    SELECT s.id, s.channel_id, s.title, s.description, s.category, s.status, s.reason, s.started_at, s.ended_at, s.last_media_at,
           s.viewer_count, s.peak_viewers, s.epoch, s.next_msn_reserved, s.next_discontinuity_reserved, s.media_secret,
           s.created_at, s.updated_at, s.starts_with, s.thumbnail_url, s.recording_path, s.vod_url, s.is_archived,
           c.slug, c.name, c.avatar, c.creator_id, c.is_public
      FROM streams s
      JOIN channel_cards c ON c.id = s.channel_id
     WHERE s.status = $1
       AND ((c.is_public AND s.status <> 'OFFLINE') OR c.creator_id = $4)
       AND ($5 = '' OR s.channel_id = $5)
       AND ($2 = '' OR s.id < $2)
     ORDER BY s.id DESC
     LIMIT $3)sql"};

const db::Query kFindListed{"streams.find_listed", R"sql(
    SELECT s.id, s.channel_id, s.title, s.description, s.category, s.status, s.reason, s.started_at, s.ended_at, s.last_media_at,
           s.viewer_count, s.peak_viewers, s.epoch, s.next_msn_reserved, s.next_discontinuity_reserved, s.media_secret,
           s.created_at, s.updated_at, s.starts_with, s.thumbnail_url, s.recording_path, s.vod_url, s.is_archived,
           c.slug, c.name, c.avatar, c.creator_id, c.is_public
      FROM streams s
      JOIN channel_cards c ON c.id = s.channel_id
     WHERE s.id = $1)sql"};

const db::Query kFindPrepared{"streams.find_prepared_of_channel", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at,
           starts_with, thumbnail_url, recording_path, vod_url, is_archived
      FROM streams
     WHERE channel_id = $1 AND status = 'OFFLINE'
     ORDER BY id DESC
     LIMIT 1)sql"};

const db::Query kCountPrepared{"streams.count_prepared", "SELECT count(*) FROM streams WHERE channel_id = $1 AND status = 'OFFLINE'"};

const db::Query kAllEnding{"streams.all_ending", R"sql(
    SELECT id, channel_id, title, description, category, status, reason, started_at, ended_at, last_media_at,
           viewer_count, peak_viewers, epoch, next_msn_reserved, next_discontinuity_reserved, media_secret, created_at, updated_at,
           starts_with, thumbnail_url, recording_path, vod_url, is_archived
      FROM streams
     WHERE status = 'ENDING'
     ORDER BY id)sql"};

// Nobody watches what is not on air. A stream whose end was not seen ended with its last media.
const db::Query kSetStatus{"streams.set_status", R"sql(
    UPDATE streams
       SET status       = $3,
           reason       = $4,
           started_at   = CASE WHEN $3 = 'LIVE' THEN coalesce(started_at, $5) ELSE started_at END,
           ended_at     = CASE WHEN $3 = 'LIVE' THEN NULL ELSE coalesce(ended_at, $6) END,
           viewer_count = CASE WHEN $3 = 'LIVE' THEN viewer_count ELSE 0 END,
           is_archived  = ($3 = 'ARCHIVED'),
           updated_at   = $5
     WHERE id = $1 AND status = $2)sql"};

const db::Query kNoteTransition{"streams.note_transition", R"sql(
    INSERT INTO stream_transitions (id, stream_id, number, from_status, to_status, reason, actor_id, at)
    VALUES ($1, $2, (SELECT count(*) + 1 FROM stream_transitions WHERE stream_id = $2), $3, $4, $5, $6, $7))sql"};

const db::Query kTransitions{"streams.transitions", R"sql(
    SELECT id, from_status, to_status, reason, actor_id, at
      FROM stream_transitions
     WHERE stream_id = $1
     ORDER BY number)sql"};

const db::Query kRenew{"streams.renew_secret", "UPDATE streams SET media_secret = $2, updated_at = $3 WHERE id = $1"};

const db::Query kSetRecording{"streams.set_recording", "UPDATE streams SET recording_path = $2, vod_url = $3 WHERE id = $1"};

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
       SET viewer_count = CASE WHEN status = 'LIVE' THEN $2 ELSE 0 END,
           peak_viewers = CASE WHEN peak_viewers < $3 THEN $3 ELSE peak_viewers END
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
    stream.starts_with = channels::starts_with_of(row.text(18));
    stream.thumbnail_url = row.maybe_text(19);
    stream.recording_path = row.maybe_text(20);
    stream.vod_url = row.maybe_text(21);
    stream.is_archived = row.boolean(22);
    return stream;
}

ListedStream listed_of(const db::Row& row) {
    auto stream = record_of(row);
    ChannelCard card{stream.channel, row.text(23), row.text(24), row.maybe_text(25)};
    if (auto creator = row.maybe_text(26)) card.creator = channels::UserId{std::move(*creator)};
    card.is_public = row.boolean(27);
    return {std::move(stream), std::move(card)};
}

void note(db::Transaction& transaction, const StreamId& stream, const Transition& step, bool has_from) {
    const auto from = has_from ? db::Value{channels::status_word(step.from)} : db::Value{};
    transaction.execute(kNoteTransition, {step.id, stream, from, channels::status_word(step.to), step.reason, step.actor, step.at});
}

std::optional<StreamRecord> one(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return record_of(rows.front());
}

}  // namespace

void insert(db::Transaction& transaction, const StreamRecord& stream) {
    // The secret is revealed to be kept: it goes back into media addresses after a restart.
    transaction.execute(kInsert, {stream.id, stream.channel, stream.title, stream.description, stream.category, channels::status_word(stream.status),
                                  stream.reason, stream.started_at, stream.ended_at, stream.last_media_at, stream.viewer_count, stream.peak_viewers,
                                  stream.epoch, stream.next_msn_reserved, stream.next_discontinuity_reserved, stream.media_secret.reveal(),
                                  stream.created_at, stream.updated_at, channels::starts_with_word(stream.starts_with)});
}

std::optional<StreamRecord> find(db::Transaction& transaction, const StreamId& stream) { return one(transaction.query(kFind, {stream})); }

std::optional<StreamRecord> find_live_of_channel(db::Transaction& transaction, const ChannelId& channel) {
    return one(transaction.query(kFindLive, {channel}));
}

std::optional<StreamRecord> find_prepared_of_channel(db::Transaction& transaction, const ChannelId& channel) {
    return one(transaction.query(kFindPrepared, {channel}));
}

std::int64_t count_prepared(db::Transaction& transaction, const ChannelId& channel) {
    return transaction.query(kCountPrepared, {channel}).front().integer(0);
}

std::optional<ListedStream> find_listed(db::Transaction& transaction, const StreamId& stream) {
    const auto rows = transaction.query(kFindListed, {stream});
    if (rows.empty()) return std::nullopt;
    return listed_of(rows.front());
}

std::vector<ListedStream> list(db::Transaction& transaction, const StreamFilter& filter, const std::string& before, std::int64_t most) {
    std::vector<ListedStream> found;
    for (const auto& row : transaction.query(kList, {channels::status_word(filter.status), before, most, filter.account, filter.channel})) {
        found.push_back(listed_of(row));
    }
    return found;
}

std::vector<StreamRecord> all_live(db::Transaction& transaction) {
    std::vector<StreamRecord> found;
    for (const auto& row : transaction.query(kAllLive)) found.push_back(record_of(row));
    return found;
}

std::vector<StreamRecord> all_ending(db::Transaction& transaction) {
    std::vector<StreamRecord> found;
    for (const auto& row : transaction.query(kAllEnding)) found.push_back(record_of(row));
    return found;
}

void insert_made(db::Transaction& transaction, const StreamRecord& stream, const Transition& made) {
    insert(transaction, stream);
    note(transaction, stream.id, made, false);
}

bool move(db::Transaction& transaction, const StreamId& stream, const Transition& step) {
    const auto moved = transaction.execute(kSetStatus, {stream, channels::status_word(step.from), channels::status_word(step.to), step.reason,
                                                        step.at, step.ended_at.value_or(step.at)});
    if (moved != 1) return false;
    note(transaction, stream, step, true);
    return true;
}

std::vector<Transition> transitions_of(db::Transaction& transaction, const StreamId& stream) {
    std::vector<Transition> found;
    for (const auto& row : transaction.query(kTransitions, {stream})) {
        Transition step;
        step.id = TransitionId{row.text(0)};
        step.made = row.is_null(1);
        if (!step.made) step.from = status_in(row, 1);
        step.to = status_in(row, 2);
        step.reason = row.text(3);
        if (auto actor = row.maybe_text(4)) step.actor = channels::UserId{std::move(*actor)};
        step.at = row.time(5);
        found.push_back(std::move(step));
    }
    return found;
}

void renew_secret(db::Transaction& transaction, const StreamId& stream, const Secret& secret, WallTime at) {
    transaction.execute(kRenew, {stream, secret.reveal(), at});
}

void set_recording(db::Transaction& transaction, const StreamId& stream, const std::optional<std::string>& path,
                   const std::optional<std::string>& vod_url) {
    transaction.execute(kSetRecording, {stream, path, vod_url});
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

void set_viewers(db::Transaction& transaction, const StreamId& stream, std::int64_t count, std::int64_t peak) {
    transaction.execute(kSetViewers, {stream, count, peak});
}

void set_details(db::Transaction& transaction, const StreamId& stream, const std::string& title, const std::string& description,
                 const std::string& category, WallTime at) {
    transaction.execute(kSetDetails, {stream, title, description, category, at});
}

}  // namespace ae::live::store
