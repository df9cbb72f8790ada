#include "accounts/factors/factor_store.hpp"

namespace ae::factors::store {

namespace {

const db::Query kFindTotp{"factors.find_totp", R"sql(
    SELECT user_id, sealed_secret, confirmed_at, last_step, created_at
      FROM totp_factors
     WHERE user_id = $1)sql"};

const db::Query kPutTotp{"factors.put_totp", R"sql(
    INSERT INTO totp_factors (user_id, sealed_secret, created_at)
    VALUES ($1, $2, $3)
        ON CONFLICT (user_id) DO UPDATE
       SET sealed_secret = excluded.sealed_secret, created_at = excluded.created_at
     WHERE totp_factors.confirmed_at IS NULL)sql"};

const db::Query kConfirmTotp{"factors.confirm_totp", "UPDATE totp_factors SET confirmed_at = $2, last_step = $3 WHERE user_id = $1"};
const db::Query kUseTotp{"factors.use_totp", "UPDATE totp_factors SET last_step = $2 WHERE user_id = $1"};
const db::Query kRemoveTotp{"factors.remove_totp", "DELETE FROM totp_factors WHERE user_id = $1"};

const db::Query kRemoveCodes{"factors.remove_codes", "DELETE FROM recovery_codes WHERE user_id = $1"};
const db::Query kInsertCode{"factors.insert_code", "INSERT INTO recovery_codes (user_id, code_hash, created_at) VALUES ($1, $2, $3)"};
const db::Query kUseCode{"factors.use_code", "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL"};
const db::Query kCodesLeft{"factors.codes_left", "SELECT count(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL"};

const db::Query kInsertPasskey{"factors.insert_passkey", R"sql(
    INSERT INTO passkeys (id, user_id, credential_id, rp_id, public_key, sign_count, backed_up, name, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))sql"};

const db::Query kPasskeysOf{"factors.passkeys_of", R"sql(
    SELECT id, user_id, credential_id, rp_id, public_key, sign_count, backed_up, name, created_at, last_used_at
      FROM passkeys
     WHERE user_id = $1
     ORDER BY id)sql"};

const db::Query kFindPasskey{"factors.find_passkey", R"sql(
    SELECT id, user_id, credential_id, rp_id, public_key, sign_count, backed_up, name, created_at, last_used_at
      FROM passkeys
     WHERE credential_id = $1)sql"};

const db::Query kUsePasskey{"factors.use_passkey", "UPDATE passkeys SET sign_count = $2, backed_up = $3, last_used_at = $4 WHERE id = $1"};
const db::Query kRemovePasskey{"factors.remove_passkey", "DELETE FROM passkeys WHERE user_id = $1 AND id = $2"};

const db::Query kForgetChallenges{"factors.forget_challenges", "DELETE FROM spent_challenges WHERE expires_at <= $1"};
const db::Query kSpendChallenge{"factors.spend_challenge", R"sql(
    INSERT INTO spent_challenges (challenge_hash, expires_at)
    VALUES ($1, $2)
        ON CONFLICT (challenge_hash) DO NOTHING)sql"};

Passkey passkey_of(const db::Row& row) {
    return {.id = PasskeyId{row.text(0)},
            .user = UserId{row.text(1)},
            .credential_id = row.blob(2),
            .rp_id = row.text(3),
            .public_key = row.blob(4),
            .sign_count = static_cast<std::uint32_t>(row.integer(5)),
            .backed_up = row.boolean(6),
            .name = row.text(7),
            .created_at = row.time(8),
            .last_used_at = row.maybe_time(9)};
}

}  // namespace

std::optional<TotpFactor> find_totp(db::Transaction& transaction, const UserId& user) {
    const auto rows = transaction.query(kFindTotp, {user});
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    return TotpFactor{.user = UserId{row.text(0)},
                      .sealed_secret = row.blob(1),
                      .confirmed_at = row.maybe_time(2),
                      .last_step = row.integer(3),
                      .created_at = row.time(4)};
}

void put_totp(db::Transaction& transaction, const TotpFactor& factor) {
    transaction.execute(kPutTotp, {factor.user, factor.sealed_secret, factor.created_at});
}

void confirm_totp(db::Transaction& transaction, const UserId& user, std::int64_t step, WallTime at) {
    transaction.execute(kConfirmTotp, {user, at, step});
}

void use_totp(db::Transaction& transaction, const UserId& user, std::int64_t step) { transaction.execute(kUseTotp, {user, step}); }

void remove_totp(db::Transaction& transaction, const UserId& user) {
    transaction.execute(kRemoveTotp, {user});
    transaction.execute(kRemoveCodes, {user});
}

void put_recovery_codes(db::Transaction& transaction, const UserId& user, std::span<const Bytes> hashes, WallTime at) {
    transaction.execute(kRemoveCodes, {user});
    for (const auto& hash : hashes) transaction.execute(kInsertCode, {user, hash, at});
}

bool use_recovery_code(db::Transaction& transaction, const UserId& user, const Bytes& hash, WallTime at) {
    return transaction.execute(kUseCode, {user, hash, at}) == 1;
}

std::int64_t recovery_codes_left(db::Transaction& transaction, const UserId& user) {
    return transaction.query(kCodesLeft, {user}).front().integer(0);
}

void insert_passkey(db::Transaction& transaction, const Passkey& passkey) {
    transaction.execute(kInsertPasskey, {passkey.id, passkey.user, passkey.credential_id, passkey.rp_id, passkey.public_key,
                                         std::int64_t{passkey.sign_count}, passkey.backed_up, passkey.name, passkey.created_at});
}

std::vector<Passkey> passkeys_of(db::Transaction& transaction, const UserId& user) {
    std::vector<Passkey> all;
    for (const auto& row : transaction.query(kPasskeysOf, {user})) all.push_back(passkey_of(row));
    return all;
}

std::optional<Passkey> find_passkey(db::Transaction& transaction, const Bytes& credential_id) {
    const auto rows = transaction.query(kFindPasskey, {credential_id});
    if (rows.empty()) return std::nullopt;
    return passkey_of(rows.front());
}

void use_passkey(db::Transaction& transaction, const PasskeyId& passkey, std::uint32_t sign_count, bool backed_up, WallTime at) {
    transaction.execute(kUsePasskey, {passkey, std::int64_t{sign_count}, backed_up, at});
}

bool remove_passkey(db::Transaction& transaction, const UserId& user, const PasskeyId& passkey) {
    return transaction.execute(kRemovePasskey, {user, passkey}) == 1;
}

bool spend_challenge(db::Transaction& transaction, const Bytes& hash, WallTime expires_at, WallTime now) {
    transaction.execute(kForgetChallenges, {now});
    return transaction.execute(kSpendChallenge, {hash, expires_at}) == 1;
}

}  // namespace ae::factors::store
