// What accounts asks of others; `app/wiring.cpp` plugs in who answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/events.hpp"
#include "base/result.hpp"
#include "io/task.hpp"

namespace ae::accounts {

struct Mail {
    std::string to;
    std::string subject;
    /// The letter as plain text, and the same as HTML; empty HTML: there is only the text.
    std::string text;
    std::string html;
};

/// Who carries letters.
class Mailer {
  public:
    virtual ~Mailer() = default;
    /// Whether letters reach people. Where they only lie in a folder of this machine, nobody is asked to prove an address.
    virtual bool delivers() const = 0;
    /// Takes a letter and returns at once, so that nobody can tell from the time whether there was one. What cannot be delivered later is logged there, and
    /// when too many wait it is dropped and counted. Any thread may call.
    virtual void post(Mail mail) = 0;
};

/// A second proof beside the password.
class SecondFactor {
  public:
    virtual ~SecondFactor() = default;
    /// Whether this account has one, so that a login without it is refused.
    virtual io::Task<bool> wanted(UserId user) = 0;
    /// Takes a code once. Refuses `second_factor_wrong`.
    virtual io::Task<Result<void>> check(UserId user, std::string code) = 0;
};

/// A channel of somebody's, for lists.
struct OwnedChannel {
    std::string id;
    std::string slug;
    std::string name;
    std::optional<std::string> avatar;
};

/// What else hangs on an account.
class Dependents {
  public:
    virtual ~Dependents() = default;
    /// Its channels, the oldest first.
    virtual io::Task<std::vector<OwnedChannel>> channels_of(UserId user) = 0;
    /// Takes away what is the account's and ends what runs (a broadcast), before the account itself goes. Where the server dies in between, the account is still
    /// there, and its owner asks again.
    virtual io::Task<> remove_all_of(UserId user) = 0;
    /// What the account's export says of it: a JSON object, as text.
    virtual io::Task<std::string> export_of(UserId user) = 0;
};

}  // namespace ae::accounts
