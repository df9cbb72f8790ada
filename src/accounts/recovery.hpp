// Proving an address, and getting in again without a password: by one-time links that are sent by letter. Whether anybody has an address, nobody can tell
// from the answers here, nor from how long they take.
#pragma once

#include "accounts/account_service.hpp"

namespace ae::accounts {

class Recovery {
  public:
    /// `accounts` outlives it.
    explicit Recovery(AccountService& accounts) : accounts_(accounts), needs_(accounts.needs()) {}

    /// Sends the link that proves the account's address; nothing when it is proven.
    io::Task<Result<void>> send_verification(UserId user);
    /// The same for whoever cannot log in before it: always the same answer.
    io::Task<Result<void>> send_verification_to(std::string email);
    /// Takes the link's token, of a first address or of a new one. Refuses `link_expired` (used, replaced, too old, or never given out) and `email_taken` (somebody else
    /// proved the new address first).
    io::Task<Result<void>> verify(Secret token);

    /// Always the same answer.
    io::Task<Result<void>> ask_reset(std::string email);
    /// All sessions and bearer tokens end; the address counts as proven. Refuses `link_expired`, `password_weak`, `logins_busy`.
    io::Task<Result<void>> reset(Secret token, Secret password, std::string address);

    /// Where letters are delivered the new address counts once it is proven, and the old one is told; else at once, unproven.
    /// Refuses `email_invalid`, and where nothing is delivered `email_taken`. Callers ask for a recent login.
    io::Task<Result<User>> change_email(UserId user, std::string email, std::string address);

  private:
    io::Task<Result<void>> send_link_to(std::string email, bool reset);

    AccountService& accounts_;
    const AccountNeeds& needs_;
};

}  // namespace ae::accounts
