// What was done to a channel, by whom and from where: written with the deed, read by its owner.
#pragma once

#include "channels/channel.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

using AuditId = Id<struct ChannelAuditTag>;

struct AuditEntry {
    AuditId id;
    ChannelId channel;
    /// `channel_created`, `channel_changed`, `channel_deleted`, `picture_changed`, `key_created`, `key_shown`, `key_rotated`, `key_deleted`.
    std::string action;
    /// A key's name, the fields that changed.
    std::string subject = {};
    std::optional<UserId> actor = {};
    std::string address = {};
    WallTime at = {};
};

namespace store {

void note(db::Transaction& transaction, const AuditEntry& entry);
/// Newest first, older than `before` (empty: from the newest on).
std::vector<AuditEntry> audit_of(db::Transaction& transaction, const ChannelId& channel, const std::string& before, std::int64_t most);

}  // namespace store

/// An entry about what `actor` does now.
AuditEntry audit_entry(const Actor& actor, ChannelId channel, std::string action, std::string subject, WallTime now, Random& random);

}  // namespace ae::channels
