// Challenges that the server knows again without remembering them: strangers who ask for one cost no memory.
#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::factors {

/// A challenge is random bytes, an end, and a keyed hash over both, over what it is for, and for whom. It is worth five minutes. That it is used once is the
/// store's to see.
class Challenges {
  public:
    explicit Challenges(const Secret& server_secret);
    /// `purpose` is a literal; `subject` is whom it was given to (a session), empty: anybody.
    Bytes make(std::string_view purpose, std::string_view subject, WallTime now, Random& random) const;
    /// Whether it was made for this, and is not over.
    bool holds(BytesView challenge, std::string_view purpose, std::string_view subject, WallTime now) const;

  private:
    Bytes mac_of(BytesView front, std::string_view purpose, std::string_view subject) const;
    Secret key_;
};

inline constexpr std::chrono::minutes kChallengeLife{5};

}  // namespace ae::factors
