#include "names/names.hpp"

#include "names/name_rules.hpp"

namespace ae::names {

namespace {

const db::Query kUses{"names.uses", R"sql(
    SELECT kind, holder, owner, is_current, left_at
      FROM names
     WHERE name = $1)sql"};

const db::Query kForget{"names.forget", "DELETE FROM names WHERE name = $1 AND owner <> $2"};

const db::Query kLeave{"names.leave", R"sql(
    UPDATE names
       SET is_current = FALSE, left_at = $4
     WHERE kind = $1 AND holder = $2 AND is_current AND name <> $3)sql"};

const db::Query kTake{"names.take", R"sql(
    INSERT INTO names (name, kind, holder, owner, is_current, claimed_at)
    VALUES ($1, $2, $3, $4, TRUE, $5)
        ON CONFLICT (name, kind) DO UPDATE
       SET holder = excluded.holder, owner = excluded.owner, is_current = TRUE, claimed_at = excluded.claimed_at, left_at = NULL
     WHERE NOT (names.is_current AND names.holder = excluded.holder))sql"};

const db::Query kRelease{"names.release", "DELETE FROM names WHERE kind = $1 AND holder = $2"};

const db::Query kFind{"names.find", R"sql(
    SELECT n.holder, c.name
      FROM names n
      JOIN names c ON c.kind = n.kind AND c.holder = n.holder AND c.is_current
     WHERE n.name = $1 AND n.kind = $2)sql"};

std::string_view word_of(Kind kind) { return kind == Kind::user ? "user" : "channel"; }

/// Whether one use of a name keeps `holder` from it.
bool stands_in_the_way(const db::Row& use, const Holder& holder, WallTime now) {
    const bool current = use.boolean(3);
    if (use.text(2) == holder.owner) return current && use.text(0) == word_of(holder.kind) && use.text(1) != holder.id;
    return current || use.time(4) + kHeldFor > now;
}

}  // namespace

bool available(db::Transaction& transaction, const Holder& holder, const std::string& name, WallTime now) {
    for (const auto& use : transaction.query(kUses, {name})) {
        if (stands_in_the_way(use, holder, now)) return false;
    }
    return true;
}

Result<void> claim(db::Transaction& transaction, const Holder& holder, const std::string& name, WallTime now) {
    if (!available(transaction, holder, name, now)) return Error{Errc::conflict, "name_taken", "Somebody else has this name."};
    transaction.execute(kForget, {name, holder.owner});
    transaction.execute(kLeave, {word_of(holder.kind), holder.id, name, now});
    transaction.execute(kTake, {name, word_of(holder.kind), holder.id, holder.owner, now});
    return {};
}

void release(db::Transaction& transaction, Kind kind, const std::string& id) { transaction.execute(kRelease, {word_of(kind), id}); }

std::optional<Found> find(db::Transaction& transaction, Kind kind, const std::string& name) {
    const auto rows = transaction.query(kFind, {name, word_of(kind)});
    if (rows.empty()) return std::nullopt;
    return Found{rows.front().text(0), rows.front().text(1), rows.front().text(1) != name};
}

std::vector<std::string> suggest(db::Transaction& transaction, const Holder& holder, std::string_view wanted, std::size_t most, WallTime now) {
    std::vector<std::string> found;
    for (auto& candidate : names_like(holder.kind, wanted)) {
        if (found.size() == most) break;
        if (available(transaction, holder, candidate, now)) found.push_back(std::move(candidate));
    }
    return found;
}

}  // namespace ae::names
