// Who is signed in where: sessions of browsers and bearer tokens of programs. Of either only a hash is kept.
#pragma once

#include "accounts/config.hpp"
#include "accounts/session.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "store/db/db.hpp"

namespace ae::accounts {

/// How long a login, or its confirmation, counts as recent.
inline constexpr Duration kRecent = std::chrono::minutes{10};

/// A session as it was made: the cookie's value is nowhere else.
struct OpenedSession {
    Session session;
    Secret token;
};

struct CreatedToken {
    AccessToken token;
    /// `aex_live_` and 256 random bits; shown once.
    Secret shown;
};

class Sessions {
  public:
    /// The references outlive it.
    Sessions(db::Db& db, const Clock& clock, Random& random, const AccountConfig& config)
        : db_(db), clock_(clock), random_(random), config_(config) {}

    /// A new session, always with a token of its own; the visit's present session ends.
    io::Task<OpenedSession> open(UserId user, Visit visit);
    /// Whose session this is. Notes where it was seen, once a minute.
    io::Task<std::optional<Presence>> find(Secret token, std::string address);
    io::Task<> close(SessionId session);
    io::Task<> confirm(SessionId session);
    /// The latest seen first.
    io::Task<std::vector<Session>> list(UserId user);
    /// Refuses `session_not_found`: no such session, or somebody else's.
    io::Task<Result<void>> revoke(UserId user, SessionId session);
    /// All but one (empty: all).
    io::Task<> revoke_all(UserId user, SessionId but);

    /// Refuses `token_name_invalid` (1 to 40 characters), `token_scopes_missing`, `token_expiry_invalid` (in the past), `too_many_tokens` (50).
    io::Task<Result<CreatedToken>> create_token(UserId user, std::string name, std::vector<Scope> scopes, std::optional<WallTime> expires_at);
    io::Task<std::optional<Presence>> find_by_token(Secret token, std::string address);
    io::Task<std::vector<AccessToken>> list_tokens(UserId user);
    /// Refuses `token_not_found`.
    io::Task<Result<void>> revoke_token(UserId user, AccessTokenId token);

  private:
    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    const AccountConfig& config_;
};

/// What is kept of a secret of 256 random bits: there is nothing to guess, so a plain hash is enough.
Bytes hash_of(const Secret& token);

}  // namespace ae::accounts
