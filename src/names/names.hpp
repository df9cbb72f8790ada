// One namespace for what people and channels are called, because one path parameter takes either: plain functions on a transaction, so that a
// name is taken in the same step as the row that bears it.
//
//     if (auto claimed = names::claim(transaction, {names::Kind::user, user.str(), user.str()}, "ada", now); !claimed) return claimed.error();
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/db/db.hpp"

namespace ae::names {

/// This room's migrations, out of sql/. They come before those of accounts and channels.
std::span<const db::Migration> migrations();

enum class Kind { user, channel };

/// Who bears a name.
struct Holder {
    Kind kind;
    /// The user's or the channel's id.
    std::string id;
    /// The account behind it, which alone may use a name twice: as its username and as a channel's slug. Of a channel that nobody owns, the channel's id.
    std::string owner;
};

/// What a name leads to.
struct Found {
    std::string id;
    /// What it is called now: the same name, or another when it was renamed.
    std::string name;
    bool moved = false;
};

/// How long an old name leads to its holder before somebody else may take it.
inline constexpr Duration kHeldFor = std::chrono::hours{24 * 90};

/// Gives the holder this name, which the caller has checked by its kind's rules; the name it had before leads to it from now on. Doing it again changes nothing.
/// Refuses `name_taken`: callers put their own word in its place (`username_taken`, `slug_taken`).
Result<void> claim(db::Transaction& transaction, const Holder& holder, const std::string& name, WallTime now);
/// Whether `claim` would be granted.
bool available(db::Transaction& transaction, const Holder& holder, const std::string& name, WallTime now);
/// Frees all names of a holder that goes.
void release(db::Transaction& transaction, Kind kind, const std::string& id);
/// The holder of a name, also of one that it had before.
std::optional<Found> find(db::Transaction& transaction, Kind kind, const std::string& name);
/// Up to `most` names that are like the wanted one, obey the rules of the kind, and are free.
std::vector<std::string> suggest(db::Transaction& transaction, const Holder& holder, std::string_view wanted, std::size_t most, WallTime now);

}  // namespace ae::names
