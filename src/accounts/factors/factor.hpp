// The values of this room: what an account has beside, or instead of, its password.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/events.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"

namespace ae::factors {

using PasskeyId = Id<struct PasskeyTag>;

struct TotpFactor {
    accounts::UserId user;
    Bytes sealed_secret;
    std::optional<WallTime> confirmed_at = {};
    std::int64_t last_step = 0;
    WallTime created_at = {};
};

struct Passkey {
    PasskeyId id;
    accounts::UserId user;
    Bytes credential_id;
    std::string rp_id;
    Bytes public_key;
    std::uint32_t sign_count = 0;
    /// It is kept by a service of its maker, on several devices.
    bool backed_up = false;
    /// What its owner calls it.
    std::string name;
    WallTime created_at = {};
    std::optional<WallTime> last_used_at = {};
};

}  // namespace ae::factors
