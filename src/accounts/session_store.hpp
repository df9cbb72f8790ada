// The tables `sessions`, `access_tokens`, `one_time_links` and `account_audit`: plain functions on a transaction, without rules.
#pragma once

#include "accounts/session.hpp"
#include "store/db/db.hpp"

namespace ae::accounts::store {

/// A session with who it is, if its account is not disabled and it has not ended.
struct FoundSession {
    Session session;
    Role role;
};
void insert_session(db::Transaction& transaction, const Session& session, const Bytes& token_hash);
std::optional<FoundSession> find_session(db::Transaction& transaction, const Bytes& token_hash, WallTime now);
void touch_session(db::Transaction& transaction, const SessionId& session, const std::string& address, WallTime now, WallTime expires_at);
void confirm_session(db::Transaction& transaction, const SessionId& session, WallTime now);
/// The latest seen first.
std::vector<Session> sessions_of(db::Transaction& transaction, const UserId& user, WallTime now);
/// False when the account has no such session.
bool remove_session(db::Transaction& transaction, const UserId& user, const SessionId& session);
void remove_session(db::Transaction& transaction, const SessionId& session);
/// All but one (empty: all).
void remove_sessions(db::Transaction& transaction, const UserId& user, const SessionId& but);
/// Those that ended, and the oldest above `most`.
void prune_sessions(db::Transaction& transaction, const UserId& user, std::int64_t most, WallTime now);

struct FoundToken {
    AccessToken token;
    Role role;
};
void insert_token(db::Transaction& transaction, const AccessToken& token, const Bytes& token_hash);
std::optional<FoundToken> find_token(db::Transaction& transaction, const Bytes& token_hash, WallTime now);
void touch_token(db::Transaction& transaction, const AccessTokenId& token, const std::string& address, WallTime now);
std::vector<AccessToken> tokens_of(db::Transaction& transaction, const UserId& user);
bool remove_token(db::Transaction& transaction, const UserId& user, const AccessTokenId& token);
void remove_tokens(db::Transaction& transaction, const UserId& user);

enum class LinkKind { verify_email, reset_password, change_email, first_admin };
struct Link {
    std::string id;
    LinkKind kind;
    /// Empty: for nobody.
    UserId user;
    std::string email;
    WallTime created_at = {};
    WallTime expires_at = {};
};
/// Takes the place of the others of this kind and account; those that ended go too.
void insert_link(db::Transaction& transaction, const Link& link, const Bytes& token_hash);
/// Takes it away; nullopt when there is none of this kind and token, or its time is over.
std::optional<Link> take_link(db::Transaction& transaction, LinkKind kind, const Bytes& token_hash, WallTime now);
void remove_links(db::Transaction& transaction, LinkKind kind);

struct AuditEntry {
    std::string id;
    UserId user;
    /// An account, or `operator`.
    std::string actor;
    std::string action;
    std::string address;
    WallTime created_at = {};
};
void insert_audit(db::Transaction& transaction, const AuditEntry& entry);
/// Newest first.
std::vector<AuditEntry> audit_of(db::Transaction& transaction, const UserId& user, std::int64_t most);

}  // namespace ae::accounts::store
