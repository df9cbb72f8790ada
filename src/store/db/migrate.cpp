#include "store/db/migrate.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "base/crypto.hpp"
#include "base/log.hpp"

namespace ae::db {

namespace {

constexpr std::string_view kTable = R"sql(
    CREATE TABLE IF NOT EXISTS schema_migrations (
        room       {text}  NOT NULL,
        version    {text}  NOT NULL,
        name       {text}  NOT NULL,
        checksum   {text}  NOT NULL,
        applied_at {int64} NOT NULL,
        PRIMARY KEY (room, version)))sql";

const Query kApplied{"schema.applied", "SELECT room, version, checksum FROM schema_migrations ORDER BY room, version"};

const Query kNote{"schema.note", R"sql(
    INSERT INTO schema_migrations (room, version, name, checksum, applied_at)
    VALUES ($1, $2, $3, $4, $5))sql"};

using Key = std::pair<std::string, std::string>;
using Checksums = std::map<Key, std::string>;

/// Thrown out of the transaction so that nothing of it stays, and turned into the answer outside.
struct Refused {
    Error error;
};

Key key_of(const Migration& migration) { return {std::string{migration.room}, std::string{migration.version}}; }
std::string checksum_of(const Migration& migration) { return to_hex(crypto::sha256(as_bytes(migration.sql))); }

Checksums applied(Transaction& transaction) {
    Checksums found;
    for (const auto& row : transaction.query(kApplied)) found.emplace(Key{row.text(0), row.text(1)}, row.text(2));
    return found;
}

void refuse_newer(const Checksums& done, std::span<const Migration> migrations) {
    std::set<Key> known;
    for (const auto& migration : migrations) known.insert(key_of(migration));
    for (const auto& [key, checksum] : done) {
        if (known.contains(key)) continue;
        throw Refused{
            {Errc::conflict, "schema_newer",
             fmt::format("The database was written by a newer AeThex LIVE (its step {}/{} is not known to this one). Start that version, or "
                         "restore a backup made before the update.",
                         key.first, key.second)}};
    }
}

void refuse_changed(const Migration& migration, const std::string& checksum) {
    if (checksum == checksum_of(migration)) return;
    throw Refused{{Errc::conflict, "migration_changed",
                   fmt::format("The migration {}/{}_{} was changed after it ran on this database. Restore the file as it was shipped, and put the "
                               "change into a new migration.",
                               migration.room, migration.version, migration.name)}};
}

std::size_t run_missing(Transaction& transaction, std::span<const Migration> migrations, Engine engine, WallTime now) {
    transaction.script(sql_for(engine, kTable));
    const auto done = applied(transaction);
    refuse_newer(done, migrations);
    std::size_t ran = 0;
    for (const auto& migration : migrations) {
        if (const auto before = done.find(key_of(migration)); before != done.end()) {
            refuse_changed(migration, before->second);
            continue;
        }
        transaction.script(sql_for(engine, migration.sql));
        transaction.execute(kNote, {migration.room, migration.version, migration.name, checksum_of(migration), now});
        ++ran;
    }
    return ran;
}

}  // namespace

std::string sql_for(Engine engine, std::string_view sql) {
    // Text compares by bytes on both engines: PostgreSQL's default collation would sort ids and slugs by the system's language.
    const bool lite = engine == Engine::sqlite;
    const std::pair<std::string_view, std::string_view> macros[] = {{"{int64}", lite ? "INTEGER" : "BIGINT"},
                                                                    {"{text}", lite ? "TEXT" : "TEXT COLLATE \"C\""},
                                                                    {"{blob}", lite ? "BLOB" : "BYTEA"},
                                                                    {"{bool}", "BOOLEAN"}};
    std::string out{sql};
    for (const auto& [macro, type] : macros) {
        for (auto at = out.find(macro); at != std::string::npos; at = out.find(macro, at + type.size())) out.replace(at, macro.size(), type);
    }
    return out;
}

Result<std::size_t> migrate_blocking(Db& db, std::span<const Migration> migrations, WallTime now) {
    std::size_t ran = 0;
    try {
        db.run_alone_blocking([&](Transaction& transaction) { ran = run_missing(transaction, migrations, db.engine(), now); });
    } catch (const Refused& refused) {
        return refused.error;
    }
    if (ran > 0) log::info("db.migrated", {{"steps", ran}});
    return ran;
}

}  // namespace ae::db
