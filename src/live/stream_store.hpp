// The table of broadcasts: plain functions on a transaction, without rules.
#pragma once

#include "base/secret.hpp"
#include "channels/stream_view.hpp"
#include "store/db/db.hpp"

namespace ae::live {

using channels::ChannelId;
using channels::StreamId;
using channels::StreamStatus;
using TransitionId = Id<struct StreamTransitionTag>;

/// This room's migrations, out of sql/.
std::span<const db::Migration> migrations();

/// One row: a broadcast as it is kept.
struct StreamRecord {
    StreamId id;
    ChannelId channel;
    std::string title;
    std::string description = {};
    std::string category = {};
    StreamStatus status = StreamStatus::offline;
    std::string reason = {};
    std::optional<WallTime> started_at = {};
    std::optional<WallTime> ended_at = {};
    std::optional<WallTime> last_media_at = {};
    std::int64_t viewer_count = 0;
    std::int64_t peak_viewers = 0;
    std::int64_t epoch = 0;
    std::int64_t next_msn_reserved = 1;
    std::int64_t next_discontinuity_reserved = 0;
    Secret media_secret = {};
    WallTime created_at = {};
    WallTime updated_at = {};
    channels::StartsWith starts_with = channels::StartsWith::at_once;
    std::optional<std::string> thumbnail_url = {};
    std::optional<std::string> recording_path = {};
    std::optional<std::string> vod_url = {};
    bool is_archived = false;
};

/// One step of a stream's life.
struct Transition {
    TransitionId id;
    /// It was made: there is no `from`.
    bool made = false;
    StreamStatus from = StreamStatus::offline;
    StreamStatus to = StreamStatus::offline;
    /// `prepared`, `ingest`, `went_live`, `owner_ended`, `encoder_left`, `server_away`, `channel_deleted`, `recording_final`.
    std::string reason = {};
    std::optional<channels::UserId> actor = {};
    WallTime at = {};
    /// When the broadcast really ended, where that was before `at`.
    std::optional<WallTime> ended_at = {};
};

/// Which streams a list has: those on public channels that are or were on air, and all of the account's own.
struct StreamFilter {
    StreamStatus status = StreamStatus::live;
    channels::UserId account = {};
    /// Empty: any.
    ChannelId channel = {};
};

/// What a list of broadcasts shows of their channels.
struct ChannelCard {
    ChannelId id;
    std::string slug;
    std::string name;
    std::optional<std::string> avatar = {};
    std::optional<channels::UserId> creator = {};
    bool is_public = true;
};

struct ListedStream {
    StreamRecord stream;
    ChannelCard channel;
};

/// Where a process that takes a broadcast up goes on: numbers below these may have been seen by somebody.
struct TakenEpoch {
    auto operator<=>(const TakenEpoch&) const = default;
    std::int64_t epoch = 0;
    std::int64_t first_msn = 1;
    std::int64_t first_discontinuity = 0;
};

namespace store {

/// Throws `db::UniqueViolation` when the channel is on air already.
void insert(db::Transaction& transaction, const StreamRecord& stream);
/// The same, and says how it came about.
void insert_made(db::Transaction& transaction, const StreamRecord& stream, const Transition& made);
std::optional<StreamRecord> find(db::Transaction& transaction, const StreamId& stream);
std::optional<StreamRecord> find_live_of_channel(db::Transaction& transaction, const ChannelId& channel);
/// The newest that waits for an encoder.
std::optional<StreamRecord> find_prepared_of_channel(db::Transaction& transaction, const ChannelId& channel);
std::int64_t count_prepared(db::Transaction& transaction, const ChannelId& channel);
/// Of a channel that is there, public or not, in any status.
std::optional<ListedStream> find_listed(db::Transaction& transaction, const StreamId& stream);
/// Newest first, older than `before` (empty: from the newest on).
std::vector<ListedStream> list(db::Transaction& transaction, const StreamFilter& filter, const std::string& before, std::int64_t most);
/// Of whatever channel: what a starting server finds.
std::vector<StreamRecord> all_live(db::Transaction& transaction);
std::vector<StreamRecord> all_ending(db::Transaction& transaction);

/// Takes the step and writes it down, if the stream is where the step begins; answers whether it was. Going LIVE sets `started_at`, leaving it
/// `ended_at`.
bool move(db::Transaction& transaction, const StreamId& stream, const Transition& step);
/// Oldest first.
std::vector<Transition> transitions_of(db::Transaction& transaction, const StreamId& stream);
/// Media addresses that were given out before lead nowhere.
void renew_secret(db::Transaction& transaction, const StreamId& stream, const Secret& secret, WallTime at);
void set_recording(db::Transaction& transaction, const StreamId& stream, const std::optional<std::string>& path,
                   const std::optional<std::string>& vod_url);

/// Numbers below these ceilings may be used from now on; a ceiling never goes back. False when there is no such broadcast.
bool reserve_numbers(db::Transaction& transaction, const StreamId& stream, std::int64_t msn_ceiling, std::int64_t discontinuity_ceiling);
/// One epoch more, and the ceilings reserved by the epochs before; nullopt when there is no such broadcast.
std::optional<TakenEpoch> take_epoch(db::Transaction& transaction, const StreamId& stream, WallTime at);
void touch_media(db::Transaction& transaction, const StreamId& stream, WallTime at);
/// Sets the count, and raises the peak.
void set_viewers(db::Transaction& transaction, const StreamId& stream, std::int64_t count, std::int64_t peak);
/// What its owner calls it.
void set_details(db::Transaction& transaction, const StreamId& stream, const std::string& title, const std::string& description,
                 const std::string& category, WallTime at);

}  // namespace store
}  // namespace ae::live
