#include "accounts/factors/second_factors.hpp"

#include <algorithm>
#include <stdexcept>

#include "accounts/account_service.hpp"
#include "accounts/factors/factor_store.hpp"
#include "accounts/factors/totp.hpp"
#include "base/crypto.hpp"

namespace ae::factors {

namespace {

constexpr std::size_t kTotpDigits = 6;

using accounts::UserId;

Error wrong() { return {Errc::forbidden, "second_factor_wrong", "This code is wrong, or was used already. Wait for the next one."}; }
Error not_on() { return {Errc::conflict, "totp_not_on", "No authenticator app is set up."}; }
Error already_on() { return {Errc::conflict, "totp_already_on", "An authenticator app is set up already; remove it first."}; }

/// Six digits, however they were grouped; else it is from paper.
std::optional<std::string> totp_digits(std::string_view typed) {
    std::string digits;
    for (const char c : typed) {
        if (c == ' ') continue;
        if (c < '0' || c > '9') return std::nullopt;
        digits += c;
    }
    if (digits.size() != kTotpDigits) return std::nullopt;
    return digits;
}

bool is_on(const std::optional<TotpFactor>& factor) { return factor && factor->confirmed_at; }

}  // namespace

SecondFactors::SecondFactors(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret)
    : db_(db), clock_(clock), random_(random), seal_(crypto::derive_key(server_secret, "accounts.totp_secrets")), codes_(server_secret) {}

Secret SecondFactors::open(const TotpFactor& factor) const {
    const auto opened = crypto::open(seal_, factor.sealed_secret, factor.user.str());
    if (!opened) throw std::runtime_error{"a second factor was sealed under another server secret"};
    return Secret{std::string{as_text(*opened)}};
}

std::vector<Bytes> SecondFactors::hashes_of(const UserId& user, const std::vector<std::string>& codes) const {
    std::vector<Bytes> hashes;
    hashes.reserve(codes.size());
    for (const auto& code : codes) hashes.push_back(codes_.hash(user, code));
    return hashes;
}

io::Task<bool> SecondFactors::wanted(UserId user) {
    auto look = [user = std::move(user)](db::Transaction& transaction) { return is_on(store::find_totp(transaction, user)); };
    co_return co_await db_.read(std::move(look));
}

io::Task<FactorStatus> SecondFactors::status(UserId user) {
    auto look = [user = std::move(user)](db::Transaction& transaction) {
        return FactorStatus{.totp = is_on(store::find_totp(transaction, user)), .recovery_codes_left = store::recovery_codes_left(transaction, user)};
    };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<void>> SecondFactors::check(UserId user, std::string code) {
    const auto digits = totp_digits(code);
    // Looked up and used in one transaction: of two who come with the same code at once, one gets in.
    auto use = [this, user, digits, hash = codes_.hash(user, code), now = clock_.wall()](db::Transaction& transaction) {
        const auto factor = store::find_totp(transaction, user);
        if (!is_on(factor)) return false;
        if (!digits) return store::use_recovery_code(transaction, user, hash, now);
        const auto step = find_totp_step(open(*factor), *digits, now, factor->last_step);
        if (step) store::use_totp(transaction, user, *step);
        return step.has_value();
    };
    if (!co_await db_.write(std::move(use))) co_return wrong();
    co_return Result<void>{};
}

io::Task<Result<Secret>> SecondFactors::begin(UserId user) {
    auto secret = make_totp_secret(random_);
    const TotpFactor factor{
        .user = user, .sealed_secret = crypto::seal(seal_, as_bytes(secret.reveal()), user.str(), random_), .created_at = clock_.wall()};
    auto keep = [factor](db::Transaction& transaction) {
        if (is_on(store::find_totp(transaction, factor.user))) return false;
        store::put_totp(transaction, factor);
        return true;
    };
    if (!co_await db_.write(std::move(keep))) co_return already_on();
    co_return std::move(secret);
}

io::Task<Result<std::vector<std::string>>> SecondFactors::confirm(UserId user, std::string code) {
    auto codes = make_recovery_codes(random_);
    auto turn_on = [this, user, hashes = hashes_of(user, codes), digits = totp_digits(code).value_or(""), line = make_id_text(clock_.wall(), random_),
                    now = clock_.wall()](db::Transaction& transaction) -> Result<void> {
        const auto factor = store::find_totp(transaction, user);
        if (!factor) return Error{Errc::conflict, "totp_not_begun", "Begin by showing the secret to your authenticator app."};
        if (factor->confirmed_at) return already_on();
        const auto step = find_totp_step(open(*factor), digits, now, factor->last_step);
        if (!step) return wrong();
        store::confirm_totp(transaction, user, *step, now);
        store::put_recovery_codes(transaction, user, hashes, now);
        accounts::note(transaction, line, now, user, user.str(), "totp_turned_on", "");
        return {};
    };
    auto on = co_await db_.write(std::move(turn_on));
    if (!on) co_return std::move(on.error());
    co_return std::move(codes);
}

io::Task<Result<void>> SecondFactors::turn_off(UserId user) {
    const auto now = clock_.wall();
    auto remove = [user = std::move(user), now, line = make_id_text(now, random_)](db::Transaction& transaction) {
        const bool was_on = is_on(store::find_totp(transaction, user));
        store::remove_totp(transaction, user);
        if (was_on) accounts::note(transaction, line, now, user, user.str(), "totp_turned_off", "");
        return was_on;
    };
    if (!co_await db_.write(std::move(remove))) co_return not_on();
    co_return Result<void>{};
}

io::Task<Result<std::vector<std::string>>> SecondFactors::renew_codes(UserId user) {
    auto codes = make_recovery_codes(random_);
    auto keep = [user, hashes = hashes_of(user, codes), now = clock_.wall()](db::Transaction& transaction) {
        if (!is_on(store::find_totp(transaction, user))) return false;
        store::put_recovery_codes(transaction, user, hashes, now);
        return true;
    };
    if (!co_await db_.write(std::move(keep))) co_return not_on();
    co_return std::move(codes);
}

}  // namespace ae::factors
