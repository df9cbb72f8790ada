// What the operator does with accounts, and how an account goes: roles, disabling, the first admin, deletion, export.
#pragma once

#include "accounts/account_service.hpp"

namespace ae::accounts {

/// An account as an operator made it. The password is shown here and never again.
struct CreatedAccount {
    User user;
    Secret password;
};

struct UserList {
    std::vector<User> users;
    /// Hand it to the next call; empty at the end.
    std::string next;
};

/// Who does it, for the audit: an account's id, or `operator` for the command line.
struct Actor {
    std::string who = "operator";
    std::string address = {};
};

class Overseer {
  public:
    /// `accounts` outlives it.
    explicit Overseer(AccountService& accounts) : needs_(accounts.needs()) {}

    /// Newest first; `search` is part of a name or address (empty: all). `after` is the `next` of the page before.
    io::Task<UserList> list(std::string search, std::string after, std::int64_t most);
    /// By id, username or e-mail address, also those that do not show themselves. Refuses `user_not_found`.
    io::Task<Result<User>> find(std::string who);

    /// With a proven address, a username, and a password made here. Refuses `email_invalid`, `email_taken`, `username_*`, `logins_busy`.
    io::Task<Result<CreatedAccount>> create(std::string email, std::string username, Role role);
    /// A new password, made here; all sessions and tokens end. Refuses `user_not_found`, `logins_busy`.
    io::Task<Result<CreatedAccount>> reset_password(std::string who, Actor actor);
    /// Refuses `user_not_found`, `last_admin` (somebody has to be left).
    io::Task<Result<User>> set_role(std::string who, Role role, Actor actor);
    /// A disabled account's sessions and tokens end, and it shows itself nowhere. Refuses `user_not_found`, `last_admin`.
    io::Task<Result<User>> set_disabled(std::string who, bool disabled, Actor actor);

    io::Task<bool> has_admin();
    /// While there is no admin: a token that makes whoever is signed in and hands it in an admin, once. The one before stops working. Nothing when there is one.
    io::Task<std::optional<Secret>> first_admin_token();
    /// Refuses `link_expired`.
    io::Task<Result<User>> claim_first_admin(UserId user, Secret token, std::string address);

    /// Takes the account away with all that hangs on it. Refuses `user_not_found`, `last_admin`. Callers ask for a recent login.
    io::Task<Result<void>> remove(UserId user, Actor actor);
    /// Everything about the account, as a JSON text. Refuses `user_not_found`.
    io::Task<Result<std::string>> export_of(UserId user);

  private:
    const AccountNeeds& needs_;
};

}  // namespace ae::accounts
