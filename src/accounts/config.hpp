// What an operator may set about accounts.
#pragma once

#include "base/config.hpp"
#include "base/time.hpp"

namespace ae::accounts {

struct AccountConfig {
    /// `open`, or `closed`: only the operator makes accounts.
    std::string registration = "open";
    /// Per client address and five minutes.
    std::int64_t register_limit = 2;
    std::int64_t login_limit = 15;
    /// How long a session lives after it was last used.
    Duration session_lifetime = std::chrono::hours{24 * 30};
    /// argon2id: memory and passes of one hash, threads that make them (0: half the cores), and how many may wait.
    config::ByteSize password_memory{std::uint64_t{64} << 20};
    std::int64_t password_passes = 2;
    std::int64_t password_threads = 0;
    std::int64_t password_queue = 32;
};

void describe(config::Section& section, AccountConfig& config);

}  // namespace ae::accounts
