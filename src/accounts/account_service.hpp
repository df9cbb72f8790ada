// The rules of accounts: who gets in, as whom, and what for. `Recovery` gets those in who lost their key, `Profiles` says what others see.
#pragma once

#include "accounts/config.hpp"
#include "accounts/password_hasher.hpp"
#include "accounts/ports.hpp"
#include "accounts/sessions.hpp"
#include "accounts/user.hpp"
#include "net/http/rate_limiter.hpp"

namespace ae::accounts {

/// What the services of this room stand on; all of it outlives them.
struct AccountNeeds {
    db::Db& db;
    const Clock& clock;
    Random& random;
    const AccountConfig& config;
    PasswordHasher& passwords;
    Mailer& mailer;
    SecondFactor& second_factor;
    Dependents& dependents;
    /// `https://live.example.org`, for links in letters. Never out of a request: whoever asks could name another host there.
    std::function<std::string()> public_url;
};

/// Somebody who is in: the account, and the value of the cookie.
struct SignedIn {
    User user;
    Secret token;
};

/// Who an identity provider outside says that somebody is.
struct ExternalIdentity {
    /// The provider's name and its own id: `oidc:https://login.example.org|42`. It stays the same when everything else changes.
    std::string external_id;
    std::string email;
    bool email_verified = false;
    std::string display_name = {};
    std::optional<std::string> avatar = {};
};

class AccountService {
  public:
    explicit AccountService(AccountNeeds needs) : needs_(std::move(needs)), sessions_(needs_.db, needs_.clock, needs_.random, needs_.config) {}

    Sessions& sessions() { return sessions_; }
    const AccountNeeds& needs() const { return needs_; }

    /// Makes an account. Where letters are delivered, nobody is in before the address is proven: the answer is empty, and the same for an address that
    /// somebody has already (who is told by letter). Where they are not, it is signed in at once; then refuses `email_taken`.
    /// Refuses `registration_closed`, `email_invalid`, `password_weak`, `logins_busy`.
    io::Task<Result<std::optional<SignedIn>>> register_account(std::string email, Secret password, Visit visit);
    /// By e-mail address or username. Refuses `login_wrong` (whatever was wrong), `too_many_tries` (20 for one account in five minutes), `logins_busy`; and to whoever has
    /// the password: `account_disabled`, `email_not_verified`, `second_factor_required` (no code), `second_factor_wrong`.
    io::Task<Result<SignedIn>> log_in(std::string login, Secret password, std::optional<std::string> code, Visit visit);
    /// A session for somebody whose identity is proven some other way. Refuses `user_not_found`, `account_disabled`.
    io::Task<Result<SignedIn>> sign_in(UserId user, Visit visit);
    /// The account of an outside identity, made when it is not there. An account with the same address becomes it only when the provider has verified
    /// the address, and the account too. Refuses `email_invalid`, `email_taken`, `registration_closed`.
    io::Task<Result<User>> find_or_create_external(ExternalIdentity identity);
    /// Proves once more that the owner is there: by password, or where there is a second proof by a code of that. The session counts as recent from then on.
    /// Refuses `password_wrong`, `second_factor_wrong`, `proof_missing` (neither was given), `too_many_tries`, `logins_busy`.
    io::Task<Result<void>> confirm(UserId user, SessionId session, std::optional<Secret> password, std::optional<std::string> code);
    /// The other sessions and the bearer tokens end. Refuses `password_weak`, `logins_busy`. Callers ask for a recent login.
    io::Task<Result<void>> change_password(UserId user, Secret password, Visit visit);

    /// Refuses `user_not_found`.
    io::Task<Result<User>> find(UserId user);
    /// Hashes a password, after the rules. Refuses `password_weak`, `logins_busy`.
    io::Task<Result<std::string>> hash_password(Secret password, std::string email);
    /// Whether an address has to be proven before somebody gets in.
    bool verification_demanded() const { return needs_.mailer.delivers(); }
    /// Counts a try against an account; the refusal is `too_many_tries`.
    Result<void> count_try(std::string_view account);

  private:
    io::Task<Result<std::optional<SignedIn>>> register_unproven(User user, std::string password_hash);
    io::Task<> strengthen(UserId user, Secret password, std::string old_hash);

    AccountNeeds needs_;
    Sessions sessions_;
    http::RateLimiter tries_;
};

/// A line of the audit, with an id and the time.
void note(db::Transaction& transaction, const std::string& id, WallTime now, const UserId& user, std::string_view actor, std::string_view action,
          std::string_view address);

/// The refusal that several services give.
inline Error no_user() { return {Errc::not_found, "user_not_found", "There is nobody of this id or name."}; }

}  // namespace ae::accounts
