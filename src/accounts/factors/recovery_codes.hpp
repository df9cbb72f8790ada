// Codes on paper, for whoever lost the phone: each works once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounts/events.hpp"
#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace ae::factors {

inline constexpr std::size_t kRecoveryCodes = 10;

/// Ten codes of 50 random bits, as `abcde-fghij`.
std::vector<std::string> make_recovery_codes(Random& random);

/// Knows the codes again, under the server's secret: with 50 bits, a plain hash in a stolen database could be guessed.
class RecoveryCodeRing {
  public:
    explicit RecoveryCodeRing(const Secret& server_secret);
    /// However it was typed: capitals, blanks and dashes do not matter.
    Bytes hash(const accounts::UserId& user, std::string_view code) const;

  private:
    Secret key_;
};

}  // namespace ae::factors
