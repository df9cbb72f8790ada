// Whom channels belong to. Accounts are another room's: this one knows their ids, and asks for what it shows of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/events.hpp"
#include "io/task.hpp"

namespace ae::channels {

using accounts::UserId;

/// Who asks for something: an account, nobody (a stranger), or the operator.
struct Actor {
    UserId account = {};
    /// An administrator sees and changes every channel; keys stay their owner's.
    bool admin = false;
    std::string address = {};
};

/// What a channel shows of an account.
struct Person {
    UserId id;
    std::string username;
    std::string display_name;
    std::optional<std::string> avatar = {};
};

/// What channels ask of whoever knows accounts; `app/wiring.cpp` plugs in `accounts`.
class People {
  public:
    virtual ~People() = default;
    /// Those of them that are there, in any order.
    virtual io::Task<std::vector<Person>> people(std::vector<UserId> ids) = 0;
    /// The account has a channel now.
    virtual io::Task<> became_creator(UserId id) = 0;
};

/// For the command line and for tests without accounts: nobody is known.
People& no_people();

}  // namespace ae::channels
