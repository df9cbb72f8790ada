#include "accounts/account_service.hpp"

#include <fmt/format.h>

#include "accounts/account_rules.hpp"
#include "accounts/letters.hpp"
#include "accounts/session_store.hpp"
#include "accounts/user_store.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"

namespace ae::accounts {

namespace {

constexpr std::uint32_t kTriesPerAccount = 20;
constexpr std::chrono::seconds kTriesWindow = std::chrono::minutes{5};
constexpr std::size_t kLinkBytes = 32;
constexpr Duration kVerifyWithin = std::chrono::hours{24};

Error wrong_login() { return {Errc::unauthorized, "login_wrong", "This login and password do not belong together."}; }
Error email_taken() { return {Errc::conflict, "email_taken", "This e-mail address has an account already; log in instead."}; }
Error closed() { return {Errc::forbidden, "registration_closed", "This installation takes no new accounts."}; }
Error disabled() { return {Errc::forbidden, "account_disabled", "This account was disabled. Ask the operator."}; }

}  // namespace

void note(db::Transaction& transaction, const std::string& id, WallTime now, const UserId& user, std::string_view actor, std::string_view action,
          std::string_view address) {
    store::insert_audit(transaction, {id, user, std::string{actor}, std::string{action}, std::string{address}, now});
}

Result<void> AccountService::count_try(std::string_view account) {
    if (tries_.take(0, account, kTriesPerAccount, kTriesWindow, needs_.clock.steady()).allowed) return {};
    return Error{Errc::too_many, "too_many_tries", "Too many tries for this account; try again in a few minutes."};
}

io::Task<Result<std::string>> AccountService::hash_password(Secret password, std::string email) {
    if (auto good = check_password(password, email); !good) co_return std::move(good.error());
    co_return co_await needs_.passwords.hash(std::move(password));
}

io::Task<Result<std::optional<SignedIn>>> AccountService::register_account(std::string email, Secret password, Visit visit) {
    if (needs_.config.registration != "open") co_return closed();
    auto address = check_email(email);
    if (!address) co_return std::move(address.error());
    auto hash = co_await hash_password(std::move(password), *address);
    if (!hash) co_return std::move(hash.error());

    const auto now = needs_.clock.wall();
    User user{.id = UserId{make_id_text(now, needs_.random)}, .email = std::move(*address), .created_at = now, .updated_at = now};
    if (verification_demanded()) co_return co_await register_unproven(std::move(user), std::move(*hash));

    auto keep = [user, hash = *hash, profile = make_id_text(now, needs_.random), line = make_id_text(now, needs_.random), now,
                 from = visit.address](db::Transaction& transaction) {
        if (store::find_by_email(transaction, user.email)) return false;
        store::insert(transaction, user, profile, hash);
        note(transaction, line, now, user.id, user.id.str(), "registered", from);
        return true;
    };
    if (!co_await needs_.db.write(std::move(keep))) co_return email_taken();
    log::info("account.registered", {{"user", user.id}});
    auto opened = co_await sessions_.open(user.id, std::move(visit));
    co_return std::optional{SignedIn{std::move(user), std::move(opened.token)}};
}

io::Task<Result<std::optional<SignedIn>>> AccountService::register_unproven(User user, std::string password_hash) {
    const auto now = needs_.clock.wall();
    Secret token{crypto::random_token(needs_.random, kLinkBytes)};
    store::Link link{make_id_text(now, needs_.random), store::LinkKind::verify_email, user.id, user.email, now, now + kVerifyWithin};
    // An address that somebody has gets a link for nobody, so that one commit is made either way.
    auto keep = [user, hash = std::move(password_hash), profile = make_id_text(now, needs_.random), link,
                 sum = hash_of(token)](db::Transaction& transaction) {
        auto kept = link;
        const bool known = store::find_by_email(transaction, user.email).has_value();
        if (known) kept.user = {};
        else store::insert(transaction, user, profile, hash);
        store::insert_link(transaction, kept, sum);
        return known;
    };
    const bool known = co_await needs_.db.write(std::move(keep));
    const auto base = needs_.public_url();
    needs_.mailer.post(known ? letters::already_registered(user.email, base + "/auth/login")
                             : letters::verify_address(user.email, base + "/auth/verify?token=" + token.reveal()));  // for the owner of the address
    co_return std::optional<SignedIn>{};
}

io::Task<Result<SignedIn>> AccountService::log_in(std::string login, Secret password, std::optional<std::string> code, Visit visit) {
    const auto wanted = lower(login);
    if (auto few = count_try("login/" + wanted); !few) co_return std::move(few.error());

    auto look = [wanted](db::Transaction& transaction) { return store::credentials(transaction, wanted); };
    const auto found = co_await needs_.db.read(std::move(look));
    auto hash = found ? found->password_hash : std::nullopt;
    auto again = password;
    auto same = co_await needs_.passwords.matches(std::move(password), hash);
    if (!same) co_return std::move(same.error());
    if (!*same) co_return wrong_login();

    if (found->user.disabled_at) co_return disabled();
    if (verification_demanded() && !found->user.email_verified_at) {
        co_return Error{Errc::forbidden, "email_not_verified", "Verify your e-mail address first: the link is in your mail."};
    }
    if (co_await needs_.second_factor.wanted(found->user.id)) {
        if (!code) co_return Error{Errc::unauthorized, "second_factor_required", "Give the code of your second factor too."};
        if (auto proven = co_await needs_.second_factor.check(found->user.id, std::move(*code)); !proven) co_return std::move(proven.error());
    }
    if (needs_.passwords.outdated(*hash)) co_await strengthen(found->user.id, std::move(again), std::move(*hash));
    auto opened = co_await sessions_.open(found->user.id, std::move(visit));
    co_return SignedIn{found->user, std::move(opened.token)};
}

/// The costs of hashes grow with the years; a login is when the password is there to hash again. A full queue waits for the next one.
io::Task<> AccountService::strengthen(UserId user, Secret password, std::string old_hash) {
    auto hash = co_await needs_.passwords.hash(std::move(password));
    if (!hash) co_return;
    auto keep = [user = std::move(user), before = std::move(old_hash), after = std::move(*hash)](db::Transaction& transaction) {
        store::replace_hash(transaction, user, before, after);
    };
    co_await needs_.db.write(std::move(keep));
}

io::Task<Result<SignedIn>> AccountService::sign_in(UserId user, Visit visit) {
    auto found = co_await find(std::move(user));
    if (!found) co_return std::move(found.error());
    if (found->disabled_at) co_return disabled();
    auto opened = co_await sessions_.open(found->id, std::move(visit));
    co_return SignedIn{std::move(*found), std::move(opened.token)};
}

io::Task<Result<User>> AccountService::find(UserId user) {
    auto look = [user = std::move(user)](db::Transaction& transaction) { return store::find(transaction, user); };
    auto found = co_await needs_.db.read(std::move(look));
    if (!found) co_return no_user();
    co_return std::move(*found);
}

io::Task<Result<User>> AccountService::find_or_create_external(ExternalIdentity identity) {
    auto address = check_email(identity.email);
    if (!address) co_return std::move(address.error());
    const auto now = needs_.clock.wall();
    User fresh{.id = UserId{make_id_text(now, needs_.random)},
               .email = std::move(*address),
               .display_name = check_display_name(identity.display_name) ? identity.display_name : "",
               .avatar = identity.avatar,
               .external_id = identity.external_id,
               .created_at = now,
               .updated_at = now};
    if (identity.email_verified) fresh.email_verified_at = now;

    auto keep = [fresh, profile = make_id_text(now, needs_.random), line = make_id_text(now, needs_.random), now, who = identity.external_id,
                 proven = identity.email_verified, open = needs_.config.registration == "open"](db::Transaction& transaction) -> Result<User> {
        if (auto known = store::find_by_external_id(transaction, who)) return std::move(*known);
        if (auto same = store::find_by_email(transaction, fresh.email)) {
            // An unproven address may be anybody's: who typed it here first would be let into the other's account, or the other way round.
            if (!proven || !same->email_verified_at || same->external_id) return email_taken();
            same->external_id = who;
            same->updated_at = now;
            store::update(transaction, *same);
            note(transaction, line, now, same->id, same->id.str(), "identity_linked", "");
            return std::move(*same);
        }
        if (!open) return closed();
        store::insert(transaction, fresh, profile, std::nullopt);
        note(transaction, line, now, fresh.id, fresh.id.str(), "registered", "");
        return fresh;
    };
    co_return co_await needs_.db.write(std::move(keep));
}

io::Task<Result<void>> AccountService::confirm(UserId user, SessionId session, std::optional<Secret> password, std::optional<std::string> code) {
    if (session.empty()) co_return Error{Errc::forbidden, "not_allowed", "Only a session has a login to confirm."};
    if (auto few = count_try("confirm/" + user.str()); !few) co_return std::move(few.error());
    if (password) {
        auto look = [user](db::Transaction& transaction) { return store::password_hash(transaction, user); };
        auto hash = co_await needs_.db.read(std::move(look));
        auto same = co_await needs_.passwords.matches(std::move(*password), std::move(hash));
        if (!same) co_return std::move(same.error());
        if (!*same) co_return Error{Errc::forbidden, "password_wrong", "This is not your password."};
    } else if (code) {
        if (auto proven = co_await needs_.second_factor.check(std::move(user), std::move(*code)); !proven) co_return std::move(proven.error());
    } else {
        co_return Error{Errc::invalid, "proof_missing", "Give your password, or a code of your second factor."};
    }
    co_await sessions_.confirm(std::move(session));
    co_return Result<void>{};
}

io::Task<Result<void>> AccountService::change_password(UserId user, Secret password, Visit visit) {
    auto found = co_await find(std::move(user));
    if (!found) co_return std::move(found.error());
    auto hash = co_await hash_password(std::move(password), found->email);
    if (!hash) co_return std::move(hash.error());

    const auto now = needs_.clock.wall();
    auto keep = [user = found->id, hash = std::move(*hash), now, line = make_id_text(now, needs_.random), visit](db::Transaction& transaction) {
        store::set_password(transaction, user, hash, now);
        store::remove_sessions(transaction, user, visit.present);
        store::remove_tokens(transaction, user);
        note(transaction, line, now, user, user.str(), "password_changed", visit.address);
    };
    co_await needs_.db.write(std::move(keep));
    needs_.mailer.post(letters::password_changed(found->email));
    co_return Result<void>{};
}

}  // namespace ae::accounts
