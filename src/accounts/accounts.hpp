// The room in one piece: its services, in the order in which they stand on one another.
#pragma once

#include "accounts/account_service.hpp"
#include "accounts/overseer.hpp"
#include "accounts/profiles.hpp"
#include "accounts/recovery.hpp"

namespace ae::accounts {

struct Accounts {
    explicit Accounts(AccountNeeds needs) : service(std::move(needs)), recovery(service), profiles(service), overseer(service) {}
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;

    AccountService service;
    Recovery recovery;
    Profiles profiles;
    Overseer overseer;
};

}  // namespace ae::accounts
