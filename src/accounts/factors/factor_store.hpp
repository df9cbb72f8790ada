// The tables of authenticator apps, recovery codes and passkeys: plain functions on a transaction, without rules.
#pragma once

#include <span>

#include "accounts/factors/factor.hpp"
#include "store/db/db.hpp"

namespace ae::factors {

/// This room's migrations, out of sql/. They come after those of accounts.
std::span<const db::Migration> migrations();

namespace store {

using accounts::UserId;

std::optional<TotpFactor> find_totp(db::Transaction& transaction, const UserId& user);
/// Takes the place of one that was not confirmed.
void put_totp(db::Transaction& transaction, const TotpFactor& factor);
void confirm_totp(db::Transaction& transaction, const UserId& user, std::int64_t step, WallTime at);
void use_totp(db::Transaction& transaction, const UserId& user, std::int64_t step);
/// With the recovery codes.
void remove_totp(db::Transaction& transaction, const UserId& user);

/// Those before stop working.
void put_recovery_codes(db::Transaction& transaction, const UserId& user, std::span<const Bytes> hashes, WallTime at);
/// False when the account has no such code, or used it.
bool use_recovery_code(db::Transaction& transaction, const UserId& user, const Bytes& hash, WallTime at);
std::int64_t recovery_codes_left(db::Transaction& transaction, const UserId& user);

/// Throws `db::UniqueViolation` when somebody has the credential.
void insert_passkey(db::Transaction& transaction, const Passkey& passkey);
/// The oldest first.
std::vector<Passkey> passkeys_of(db::Transaction& transaction, const UserId& user);
std::optional<Passkey> find_passkey(db::Transaction& transaction, const Bytes& credential_id);
void use_passkey(db::Transaction& transaction, const PasskeyId& passkey, std::uint32_t sign_count, bool backed_up, WallTime at);
/// False when the account has no such passkey.
bool remove_passkey(db::Transaction& transaction, const UserId& user, const PasskeyId& passkey);

/// False when it was spent before. Forgets those that are over.
bool spend_challenge(db::Transaction& transaction, const Bytes& hash, WallTime expires_at, WallTime now);

}  // namespace store
}  // namespace ae::factors
