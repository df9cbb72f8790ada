#include "channels/audit_store.hpp"

namespace ae::channels {

namespace store {

namespace {

const db::Query kNote{"channels.note_audit", R"sql(
    INSERT INTO channel_audit (id, channel_id, action, subject, actor_id, address, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};

const db::Query kAuditOf{"channels.audit_of", R"sql(
    SELECT id, channel_id, action, subject, actor_id, address, created_at
      FROM channel_audit
     WHERE channel_id = $1 AND ($2 = '' OR id < $2)
     ORDER BY id DESC
     LIMIT $3)sql"};

}  // namespace

void note(db::Transaction& transaction, const AuditEntry& entry) {
    transaction.execute(kNote, {entry.id, entry.channel, entry.action, entry.subject, entry.actor, entry.address, entry.at});
}

std::vector<AuditEntry> audit_of(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most) {
    std::vector<AuditEntry> found;
    for (const auto& row : transaction.query(kAuditOf, {channel, before, most})) {
        AuditEntry entry{AuditId{row.text(0)}, ChannelId{row.text(1)}, row.text(2), row.text(3), std::nullopt, row.text(5), row.time(6)};
        if (auto actor = row.maybe_text(4)) entry.actor = UserId{std::move(*actor)};
        found.push_back(std::move(entry));
    }
    return found;
}

}  // namespace store

AuditEntry audit_entry(const Actor& actor, ChannelId channel, std::string action, std::string subject, WallTime now, Random& random) {
    AuditEntry entry{.id = AuditId{make_id_text(now, random)},
                     .channel = std::move(channel),
                     .action = std::move(action),
                     .subject = std::move(subject),
                     .address = actor.address,
                     .at = now};
    if (!actor.account.empty()) entry.actor = actor.account;
    return entry;
}

}  // namespace ae::channels
