// The table of broadcasts: plain functions on a transaction, without rules.
#pragma once

#include "base/secret.hpp"
#include "channels/stream_view.hpp"
#include "store/db/db.hpp"

namespace ae::live {

using channels::ChannelId;
using channels::StreamId;
using channels::StreamStatus;

/// This room's migrations, out of sql/.
std::span<const db::Migration> migrations();

/// One row: a broadcast as it is kept.
struct StreamRecord {
    StreamId id;
    ChannelId channel;
    std::string title;
    std::string description = {};
    std::string category = {};
    StreamStatus status = StreamStatus::live;
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
};

/// What a list of broadcasts shows of their channels.
struct ChannelCard {
    ChannelId id;
    std::string slug;
    std::string name;
    std::optional<std::string> avatar = {};
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
std::optional<StreamRecord> find(db::Transaction& transaction, const StreamId& stream);
std::optional<StreamRecord> find_live_of_channel(db::Transaction& transaction, const ChannelId& channel);
/// Of a public channel that is there, in any status.
std::optional<ListedStream> find_public(db::Transaction& transaction, const StreamId& stream);
/// Of public channels that are there, newest first, older than `before` (empty: from the newest on).
std::vector<ListedStream> list(db::Transaction& transaction, StreamStatus status, const std::string& before, std::int64_t most);
/// Of whatever channel: what a starting server finds on air.
std::vector<StreamRecord> all_live(db::Transaction& transaction);

/// Changes the status if it is `from`, and answers whether it was. Leaving LIVE sets `ended_at`, coming back clears it.
bool set_status(db::Transaction& transaction, const StreamId& stream, StreamStatus from, StreamStatus to, std::string_view reason, WallTime at);
/// Ends the LIVE ones whose last media is older than `before` (now minus the reconnect window); answers which.
std::vector<StreamId> close_silent(db::Transaction& transaction, StreamStatus to, std::string_view reason, WallTime before, WallTime at);

/// Numbers below these ceilings may be used from now on; a ceiling never goes back. False when there is no such broadcast.
bool reserve_numbers(db::Transaction& transaction, const StreamId& stream, std::int64_t msn_ceiling, std::int64_t discontinuity_ceiling);
/// One epoch more, and the ceilings reserved by the epochs before; nullopt when there is no such broadcast.
std::optional<TakenEpoch> take_epoch(db::Transaction& transaction, const StreamId& stream, WallTime at);
void touch_media(db::Transaction& transaction, const StreamId& stream, WallTime at);
/// Sets the count and raises the peak with it.
void set_viewers(db::Transaction& transaction, const StreamId& stream, std::int64_t count);
/// What its owner calls it.
void set_details(db::Transaction& transaction, const StreamId& stream, const std::string& title, const std::string& description,
                 const std::string& category, WallTime at);

}  // namespace store
}  // namespace ae::live
