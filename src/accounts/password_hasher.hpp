// Passwords to argon2id and back, on threads of their own: a storm of logins waits in line and leaves other traffic alone.
#pragma once

#include <optional>
#include <string>

#include "accounts/config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "io/blocking_pool.hpp"

namespace ae::accounts {

class PasswordHasher {
  public:
    /// Blocks for one hash: the one that nobody has.
    explicit PasswordHasher(const AccountConfig& config);

    /// Refuses `logins_busy` (unavailable): too many wait.
    io::Task<Result<std::string>> hash(Secret password);
    /// Without a hash the answer is no, after as long a time. Refuses `logins_busy`.
    io::Task<Result<bool>> matches(Secret password, std::optional<std::string> hash);
    /// Whether the hash was made with other costs than those of today.
    bool outdated(const std::string& hash) const;

    /// Finishes what waits and ends the threads.
    void stop_blocking() { pool_.stop_blocking(); }

  private:
    std::string hash_blocking(const Secret& password) const;

    unsigned long long passes_;
    std::size_t memory_;
    std::string nobodys_;
    io::BlockingPool pool_;
};

}  // namespace ae::accounts
