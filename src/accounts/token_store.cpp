#include <array>

#include "accounts/session_store.hpp"

namespace ae::accounts::store {

namespace {

const db::Query kInsert{"accounts.insert_token", R"sql(
    INSERT INTO access_tokens (id, user_id, name, token_hash, last_four, scopes, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8))sql"};

const db::Query kFind{"accounts.find_token", R"sql(
    SELECT t.id, t.user_id, t.name, t.last_four, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.last_used_address, u.role
      FROM access_tokens t
      JOIN users u ON u.id = t.user_id
     WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND u.disabled_at IS NULL)sql"};

const db::Query kTouch{"accounts.touch_token", R"sql(
    UPDATE access_tokens
       SET last_used_at = $3, last_used_address = $2
     WHERE id = $1)sql"};

const db::Query kOfUser{"accounts.tokens_of", R"sql(
    SELECT id, user_id, name, last_four, scopes, created_at, expires_at, last_used_at, last_used_address
      FROM access_tokens
     WHERE user_id = $1
     ORDER BY id DESC)sql"};

const db::Query kRemove{"accounts.remove_token", "DELETE FROM access_tokens WHERE user_id = $1 AND id = $2"};
const db::Query kRemoveAll{"accounts.remove_tokens", "DELETE FROM access_tokens WHERE user_id = $1"};

const db::Query kInsertLink{"accounts.insert_link", R"sql(
    INSERT INTO one_time_links (id, kind, user_id, email, token_hash, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7))sql"};
// By address, so that it is the same work whether somebody has it; changes of address by account, because two may want the same one.
const db::Query kReplacedByEmail{"accounts.remove_links_to", "DELETE FROM one_time_links WHERE email = $1 AND kind = $2"};
const db::Query kReplacedByUser{"accounts.remove_links_of", "DELETE FROM one_time_links WHERE user_id = $1 AND kind = $2"};
const db::Query kEnded{"accounts.remove_ended_links", "DELETE FROM one_time_links WHERE expires_at <= $1"};
const db::Query kTakeLink{"accounts.take_link", R"sql(
    DELETE FROM one_time_links
     WHERE token_hash = $1 AND kind = $2
    RETURNING id, user_id, email, created_at, expires_at)sql"};
const db::Query kRemoveLinks{"accounts.remove_links", "DELETE FROM one_time_links WHERE kind = $1"};

const db::Query kInsertAudit{"accounts.insert_audit", R"sql(
    INSERT INTO account_audit (id, user_id, actor, action, address, created_at)
    VALUES ($1, $2, $3, $4, $5, $6))sql"};
const db::Query kAuditOf{"accounts.audit_of", R"sql(
    SELECT id, user_id, actor, action, address, created_at
      FROM account_audit
     WHERE user_id = $1
     ORDER BY id DESC
     LIMIT $2)sql"};

std::string text_of(const std::vector<Scope>& scopes) {
    std::string text;
    for (const auto scope : scopes) text += (text.empty() ? "" : " ") + std::string{scope == Scope::read ? "read" : "write"};
    return text;
}

std::vector<Scope> scopes_of(std::string_view text) {
    std::vector<Scope> scopes;
    if (text.find("read") != std::string_view::npos) scopes.push_back(Scope::read);
    if (text.find("write") != std::string_view::npos) scopes.push_back(Scope::write);
    return scopes;
}

std::string_view word_of(LinkKind kind) {
    static constexpr std::array<std::string_view, 4> kWords{"verify_email", "reset_password", "change_email", "first_admin"};
    return kWords[static_cast<std::size_t>(kind)];
}

AccessToken token_of(const db::Row& row) {
    AccessToken token;
    token.id = AccessTokenId{row.text(0)};
    token.user = UserId{row.text(1)};
    token.name = row.text(2);
    token.last_four = row.text(3);
    token.scopes = scopes_of(row.text(4));
    token.created_at = row.time(5);
    token.expires_at = row.maybe_time(6);
    token.last_used_at = row.maybe_time(7);
    token.last_used_address = row.maybe_text(8);
    return token;
}

}  // namespace

void insert_token(db::Transaction& transaction, const AccessToken& token, const Bytes& token_hash) {
    transaction.execute(kInsert,
                        {token.id, token.user, token.name, token_hash, token.last_four, text_of(token.scopes), token.created_at, token.expires_at});
}

std::optional<FoundToken> find_token(db::Transaction& transaction, const Bytes& token_hash, WallTime now) {
    const auto rows = transaction.query(kFind, {token_hash, now});
    if (rows.empty()) return std::nullopt;
    return FoundToken{token_of(rows.front()), role_of(rows.front().text(9)).value()};
}

void touch_token(db::Transaction& transaction, const AccessTokenId& token, const std::string& address, WallTime now) {
    transaction.execute(kTouch, {token, address, now});
}

std::vector<AccessToken> tokens_of(db::Transaction& transaction, const UserId& user) {
    std::vector<AccessToken> found;
    for (const auto& row : transaction.query(kOfUser, {user})) found.push_back(token_of(row));
    return found;
}

bool remove_token(db::Transaction& transaction, const UserId& user, const AccessTokenId& token) {
    return transaction.execute(kRemove, {user, token}) > 0;
}

void remove_tokens(db::Transaction& transaction, const UserId& user) { transaction.execute(kRemoveAll, {user}); }

void insert_link(db::Transaction& transaction, const Link& link, const Bytes& token_hash) {
    const auto user = link.user.empty() ? std::nullopt : std::optional{link.user};
    if (link.kind == LinkKind::change_email) transaction.execute(kReplacedByUser, {user, word_of(link.kind)});
    else transaction.execute(kReplacedByEmail, {link.email, word_of(link.kind)});
    transaction.execute(kEnded, {link.created_at});
    transaction.execute(kInsertLink, {link.id, word_of(link.kind), user, link.email, token_hash, link.created_at, link.expires_at});
}

std::optional<Link> take_link(db::Transaction& transaction, LinkKind kind, const Bytes& token_hash, WallTime now) {
    const auto rows = transaction.query(kTakeLink, {token_hash, word_of(kind)});
    if (rows.empty()) return std::nullopt;
    const db::Row& row = rows.front();
    Link link{row.text(0), kind, UserId{row.maybe_text(1).value_or("")}, row.text(2), row.time(3), row.time(4)};
    if (link.expires_at <= now) return std::nullopt;
    return link;
}

void remove_links(db::Transaction& transaction, LinkKind kind) { transaction.execute(kRemoveLinks, {word_of(kind)}); }

void insert_audit(db::Transaction& transaction, const AuditEntry& entry) {
    transaction.execute(kInsertAudit, {entry.id, entry.user, entry.actor, entry.action, entry.address, entry.created_at});
}

std::vector<AuditEntry> audit_of(db::Transaction& transaction, const UserId& user, std::int64_t most) {
    std::vector<AuditEntry> found;
    for (const auto& row : transaction.query(kAuditOf, {user, most})) {
        found.push_back({row.text(0), UserId{row.text(1)}, row.text(2), row.text(3), row.text(4), row.time(5)});
    }
    return found;
}

}  // namespace ae::accounts::store
