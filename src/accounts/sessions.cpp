#include "accounts/sessions.hpp"

#include <algorithm>

#include "accounts/account_rules.hpp"
#include "accounts/session_store.hpp"
#include "base/crypto.hpp"
#include "base/json_text.hpp"

namespace ae::accounts {

namespace {

constexpr std::size_t kTokenBytes = 32, kDeviceMost = 200;
constexpr std::int64_t kSessionsMost = 50;
constexpr std::size_t kTokensMost = 50;
constexpr Duration kTouchEvery = std::chrono::minutes{1};
constexpr std::string_view kTokenPrefix = "aex_live_";

/// What a browser calls itself, cut to what is worth a line; whole characters alone.
std::string device_of(std::string_view text) {
    std::string out;
    while (!text.empty() && out.size() < kDeviceMost) {
        const auto length = utf8_length(text);
        if (length == 0) break;
        out.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

Bytes hash_of(const Secret& token) { return crypto::sha256(as_bytes(token.reveal())); }  // to look it up

io::Task<OpenedSession> Sessions::open(UserId user, Visit visit) {
    const auto now = clock_.wall();
    Session session{.id = SessionId{make_id_text(now, random_)},
                    .user = std::move(user),
                    .device = device_of(visit.device),
                    .address = std::move(visit.address),
                    .created_at = now,
                    .last_seen_at = now,
                    .confirmed_at = now,
                    .expires_at = now + config_.session_lifetime};
    Secret token{crypto::random_token(random_, kTokenBytes)};
    auto keep = [session, hash = hash_of(token), before = visit.present, now](db::Transaction& transaction) {
        if (!before.empty()) store::remove_session(transaction, before);
        store::prune_sessions(transaction, session.user, kSessionsMost - 1, now);
        store::insert_session(transaction, session, hash);
    };
    co_await db_.write(std::move(keep));
    co_return OpenedSession{std::move(session), std::move(token)};
}

io::Task<std::optional<Presence>> Sessions::find(Secret token, std::string address) {
    const auto now = clock_.wall();
    auto look = [hash = hash_of(token), now](db::Transaction& transaction) { return store::find_session(transaction, hash, now); };
    const auto found = co_await db_.read(std::move(look));
    if (!found) co_return std::nullopt;

    const Session& session = found->session;
    if (now - session.last_seen_at >= kTouchEvery) {
        auto touch = [id = session.id, from = std::move(address), now, until = now + config_.session_lifetime](db::Transaction& transaction) {
            store::touch_session(transaction, id, from, now, until);
        };
        co_await db_.write(std::move(touch));
    }
    co_return Presence{.user = session.user, .role = found->role, .session = session.id, .recent = now - session.confirmed_at < kRecent};
}

io::Task<> Sessions::close(SessionId session) {
    auto end = [id = std::move(session)](db::Transaction& transaction) { store::remove_session(transaction, id); };
    co_await db_.write(std::move(end));
}

io::Task<> Sessions::confirm(SessionId session) {
    auto note = [id = std::move(session), now = clock_.wall()](db::Transaction& transaction) { store::confirm_session(transaction, id, now); };
    co_await db_.write(std::move(note));
}

io::Task<std::vector<Session>> Sessions::list(UserId user) {
    auto look = [user = std::move(user), now = clock_.wall()](db::Transaction& transaction) { return store::sessions_of(transaction, user, now); };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<void>> Sessions::revoke(UserId user, SessionId session) {
    auto end = [user = std::move(user), id = std::move(session)](db::Transaction& transaction) {
        return store::remove_session(transaction, user, id);
    };
    if (!co_await db_.write(std::move(end))) co_return Error{Errc::not_found, "session_not_found", "You have no such session."};
    co_return Result<void>{};
}

io::Task<> Sessions::revoke_all(UserId user, SessionId but) {
    auto end = [user = std::move(user), but = std::move(but)](db::Transaction& transaction) { store::remove_sessions(transaction, user, but); };
    co_await db_.write(std::move(end));
}

io::Task<Result<CreatedToken>> Sessions::create_token(UserId user, std::string name, std::vector<Scope> scopes, std::optional<WallTime> expires_at) {
    const auto now = clock_.wall();
    if (!check_display_name(name)) co_return Error{Errc::invalid, "token_name_invalid", "A token's name has 1 to 40 characters."};
    if (scopes.empty()) co_return Error{Errc::invalid, "token_scopes_missing", "Say what the token may do: read, write."};
    if (expires_at && *expires_at <= now) co_return Error{Errc::invalid, "token_expiry_invalid", "This time is over."};

    Secret shown{std::string{kTokenPrefix} + crypto::random_token(random_, kTokenBytes)};
    AccessToken token{.id = AccessTokenId{make_id_text(now, random_)},
                      .user = std::move(user),
                      .name = std::move(name),
                      .last_four = shown.reveal().substr(shown.reveal().size() - 4),  // its owner tells tokens apart by these
                      .scopes = std::move(scopes),
                      .created_at = now,
                      .expires_at = expires_at};
    auto keep = [token, hash = hash_of(shown)](db::Transaction& transaction) {
        if (store::tokens_of(transaction, token.user).size() >= kTokensMost) return false;
        store::insert_token(transaction, token, hash);
        return true;
    };
    if (!co_await db_.write(std::move(keep))) co_return Error{Errc::conflict, "too_many_tokens", "You have 50 tokens; revoke one first."};
    co_return CreatedToken{std::move(token), std::move(shown)};
}

io::Task<std::optional<Presence>> Sessions::find_by_token(Secret token, std::string address) {
    // Metrics have a token of another kind in the same header.
    if (!token.reveal().starts_with(kTokenPrefix)) co_return std::nullopt;
    const auto now = clock_.wall();
    auto look = [hash = hash_of(token), now](db::Transaction& transaction) { return store::find_token(transaction, hash, now); };
    const auto found = co_await db_.read(std::move(look));
    if (!found) co_return std::nullopt;

    if (now - found->token.last_used_at.value_or(WallTime{}) >= kTouchEvery) {
        auto touch = [id = found->token.id, from = std::move(address), now](db::Transaction& transaction) {
            store::touch_token(transaction, id, from, now);
        };
        co_await db_.write(std::move(touch));
    }
    const bool writes = std::ranges::find(found->token.scopes, Scope::write) != found->token.scopes.end();
    co_return Presence{.user = found->token.user, .role = found->role, .only_reads = !writes};
}

io::Task<std::vector<AccessToken>> Sessions::list_tokens(UserId user) {
    auto look = [user = std::move(user)](db::Transaction& transaction) { return store::tokens_of(transaction, user); };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<void>> Sessions::revoke_token(UserId user, AccessTokenId token) {
    auto end = [user = std::move(user), id = std::move(token)](db::Transaction& transaction) { return store::remove_token(transaction, user, id); };
    if (!co_await db_.write(std::move(end))) co_return Error{Errc::not_found, "token_not_found", "You have no such token."};
    co_return Result<void>{};
}

}  // namespace ae::accounts
