// What other rooms may know of accounts: their ids.
#pragma once

#include "base/id.hpp"

namespace ae::accounts {

using UserId = Id<struct UserTag>;

}  // namespace ae::accounts
