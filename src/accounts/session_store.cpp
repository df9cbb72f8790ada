#include "accounts/session_store.hpp"

namespace ae::accounts::store {

namespace {

const db::Query kInsert{"accounts.insert_session", R"sql(
    INSERT INTO sessions (id, user_id, token_hash, device, address, created_at, last_seen_at, confirmed_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

const db::Query kFind{"accounts.find_session", R"sql(
    SELECT s.id, s.user_id, s.device, s.address, s.created_at, s.last_seen_at, s.confirmed_at, s.expires_at, u.role
      FROM sessions s
      JOIN users u ON u.id = s.user_id
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL)sql"};

const db::Query kTouch{"accounts.touch_session", R"sql(
    UPDATE sessions
       SET last_seen_at = $3, address = $2, expires_at = $4
     WHERE id = $1)sql"};

const db::Query kConfirm{"accounts.confirm_session", "UPDATE sessions SET confirmed_at = $2 WHERE id = $1"};

const db::Query kOfUser{"accounts.sessions_of", R"sql(
    SELECT id, user_id, device, address, created_at, last_seen_at, confirmed_at, expires_at
      FROM sessions
     WHERE user_id = $1 AND expires_at > $2
     ORDER BY last_seen_at DESC, id DESC)sql"};

const db::Query kRemoveOf{"accounts.remove_session_of", "DELETE FROM sessions WHERE user_id = $1 AND id = $2"};
const db::Query kRemove{"accounts.remove_session", "DELETE FROM sessions WHERE id = $1"};
const db::Query kRemoveAll{"accounts.remove_sessions", "DELETE FROM sessions WHERE user_id = $1 AND id <> $2"};

const db::Query kPrune{"accounts.prune_sessions", R"sql(
    DELETE FROM sessions
     WHERE user_id = $1
       AND (expires_at <= $2 OR id NOT IN (SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT $3)))sql"};

Session session_of(const db::Row& row) {
    Session session;
    session.id = SessionId{row.text(0)};
    session.user = UserId{row.text(1)};
    session.device = row.text(2);
    session.address = row.text(3);
    session.created_at = row.time(4);
    session.last_seen_at = row.time(5);
    session.confirmed_at = row.time(6);
    session.expires_at = row.time(7);
    return session;
}

}  // namespace

void insert_session(db::Transaction& transaction, const Session& session, const Bytes& token_hash) {
    transaction.execute(kInsert, {session.id, session.user, token_hash, session.device, session.address, session.created_at, session.last_seen_at,
                                  session.confirmed_at, session.expires_at});
}

std::optional<FoundSession> find_session(db::Transaction& transaction, const Bytes& token_hash, WallTime now) {
    const auto rows = transaction.query(kFind, {token_hash, now});
    if (rows.empty()) return std::nullopt;
    return FoundSession{session_of(rows.front()), role_of(rows.front().text(8)).value()};
}

void touch_session(db::Transaction& transaction, const SessionId& session, const std::string& address, WallTime now, WallTime expires_at) {
    transaction.execute(kTouch, {session, address, now, expires_at});
}

void confirm_session(db::Transaction& transaction, const SessionId& session, WallTime now) { transaction.execute(kConfirm, {session, now}); }

std::vector<Session> sessions_of(db::Transaction& transaction, const UserId& user, WallTime now) {
    std::vector<Session> found;
    for (const auto& row : transaction.query(kOfUser, {user, now})) found.push_back(session_of(row));
    return found;
}

bool remove_session(db::Transaction& transaction, const UserId& user, const SessionId& session) {
    return transaction.execute(kRemoveOf, {user, session}) > 0;
}

void remove_session(db::Transaction& transaction, const SessionId& session) { transaction.execute(kRemove, {session}); }

void remove_sessions(db::Transaction& transaction, const UserId& user, const SessionId& but) { transaction.execute(kRemoveAll, {user, but}); }

void prune_sessions(db::Transaction& transaction, const UserId& user, std::int64_t most, WallTime now) {
    transaction.execute(kPrune, {user, now, most});
}

}  // namespace ae::accounts::store
