// The rules of passkeys: who may make one, and whom one lets in.
#pragma once

#include "accounts/factors/challenges.hpp"
#include "accounts/factors/factor.hpp"
#include "accounts/factors/webauthn.hpp"
#include "io/task.hpp"
#include "store/db/db.hpp"

namespace ae::factors {

/// An assertion, and the passkey it names.
struct PasskeyProof {
    Bytes credential_id;
    Assertion assertion;
    /// Whom the authenticator believes it is; empty: it did not say.
    Bytes user_handle;
};

class PasskeyService {
  public:
    /// The references outlive it.
    PasskeyService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret);

    /// For a new passkey of this session, and for a login by anybody.
    Bytes creation_challenge(std::string_view session);
    Bytes login_challenge();

    /// Keeps a new passkey. Refuses what `verify_registration` refuses, `passkey_name_invalid`, `passkey_taken` and `too_many_passkeys` (20).
    io::Task<Result<Passkey>> add(accounts::UserId user, std::string session, std::string name, std::string client_data_json, Bytes attestation,
                                  RelyingParty us);
    /// Whose passkey this is. Refuses what `verify_assertion` refuses, and `passkey_unknown`.
    io::Task<Result<accounts::UserId>> use(PasskeyProof proof, RelyingParty us);

    /// The oldest first.
    io::Task<std::vector<Passkey>> list(accounts::UserId user);
    /// Refuses `passkey_not_found`.
    io::Task<Result<void>> remove(accounts::UserId user, PasskeyId passkey);

  private:
    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    Challenges challenges_;
};

}  // namespace ae::factors
