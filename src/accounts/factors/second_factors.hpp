// The second proof beside the password: codes of an authenticator app, and the codes on paper for when it is lost.
#pragma once

#include "accounts/factors/factor.hpp"
#include "accounts/factors/recovery_codes.hpp"
#include "accounts/ports.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "store/db/db.hpp"

namespace ae::factors {

struct FactorStatus {
    bool totp = false;
    std::int64_t recovery_codes_left = 0;
};

class SecondFactors final : public accounts::SecondFactor {
  public:
    /// The references outlive it.
    SecondFactors(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret);

    io::Task<bool> wanted(accounts::UserId user) override;
    /// A code of the app, or one from paper. Refuses `second_factor_wrong`.
    io::Task<Result<void>> check(accounts::UserId user, std::string code) override;

    io::Task<FactorStatus> status(accounts::UserId user);
    /// The secret for the app; nothing is asked for at login before `confirm`. Begins anew when it was begun. Refuses `totp_already_on`.
    io::Task<Result<Secret>> begin(accounts::UserId user);
    /// The first code of the app turns it on. Answers the recovery codes, which are shown now and never again. Refuses `totp_not_begun`, `totp_already_on`,
    /// `second_factor_wrong`.
    io::Task<Result<std::vector<std::string>>> confirm(accounts::UserId user, std::string code);
    /// Refuses `totp_not_on`.
    io::Task<Result<void>> turn_off(accounts::UserId user);
    /// New recovery codes; the old ones stop working. Refuses `totp_not_on`.
    io::Task<Result<std::vector<std::string>>> renew_codes(accounts::UserId user);

  private:
    Secret open(const TotpFactor& factor) const;
    std::vector<Bytes> hashes_of(const accounts::UserId& user, const std::vector<std::string>& codes) const;

    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    Secret seal_;
    RecoveryCodeRing codes_;
};

}  // namespace ae::factors
