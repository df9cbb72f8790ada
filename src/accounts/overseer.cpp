#include "accounts/overseer.hpp"

#include <algorithm>

#include "accounts/account_rules.hpp"
#include "accounts/session_store.hpp"
#include "accounts/user_store.hpp"
#include "base/crypto.hpp"
#include "base/log.hpp"
#include "names/name_rules.hpp"
#include "names/names.hpp"

namespace ae::accounts {

namespace {

constexpr std::int64_t kListMost = 100;
constexpr std::size_t kPasswordBytes = 15, kTokenBytes = 32;
constexpr Duration kFirstAdminWithin = std::chrono::hours{24 * 365};

std::optional<User> find_anyhow(db::Transaction& transaction, const std::string& who) {
    if (auto user = store::find(transaction, UserId{who})) return user;
    if (auto found = store::credentials(transaction, lower(who))) return std::move(found->user);
    return std::nullopt;
}

/// Whether this account is the only admin who can log in.
bool is_last_admin(db::Transaction& transaction, const User& user) {
    return user.role == Role::admin && !user.disabled_at && store::count_admins(transaction) <= 1;
}

Error last_admin() { return {Errc::conflict, "last_admin", "This is the last admin; make another one first."}; }

}  // namespace

io::Task<UserList> Overseer::list(std::string search, std::string after, std::int64_t most) {
    const auto count = std::clamp<std::int64_t>(most, 1, kListMost);
    auto look = [search = std::move(search), after = std::move(after), count](db::Transaction& transaction) {
        return store::list(transaction, search, after, count + 1);
    };
    UserList answer{co_await needs_.db.read(std::move(look)), {}};
    if (std::ssize(answer.users) > count) {
        answer.users.pop_back();
        answer.next = answer.users.back().id.str();
    }
    co_return answer;
}

io::Task<Result<User>> Overseer::find(std::string who) {
    auto look = [who = std::move(who)](db::Transaction& transaction) { return find_anyhow(transaction, who); };
    auto found = co_await needs_.db.read(std::move(look));
    if (!found) co_return no_user();
    co_return std::move(*found);
}

io::Task<Result<CreatedAccount>> Overseer::create(std::string email, std::string username, Role role) {
    auto address = check_email(email);
    if (!address) co_return std::move(address.error());
    if (auto named = names::check_username(username); !named) co_return std::move(named.error());
    Secret password{crypto::random_token(needs_.random, kPasswordBytes)};
    auto hash = co_await needs_.passwords.hash(password);
    if (!hash) co_return std::move(hash.error());

    const auto now = needs_.clock.wall();
    User user{.id = UserId{make_id_text(now, needs_.random)},
              .email = std::move(*address),
              .username = username,
              .display_name = username,
              .role = role,
              .email_verified_at = now,
              .onboarded_at = now,
              .created_at = now,
              .updated_at = now};
    auto keep = [user, hash = std::move(*hash), profile = make_id_text(now, needs_.random), line = make_id_text(now, needs_.random),
                 now](db::Transaction& transaction) -> Result<void> {
        if (store::find_by_email(transaction, user.email)) return Error{Errc::conflict, "email_taken", "Another account has this e-mail address."};
        if (!names::claim(transaction, {names::Kind::user, user.id.str(), user.id.str()}, *user.username, now)) {
            return Error{Errc::conflict, "username_taken", "Somebody else has this name; choose another."};
        }
        store::insert(transaction, user, profile, hash);
        note(transaction, line, now, user.id, "operator", "created", "");
        return {};
    };
    if (auto kept = co_await needs_.db.write(std::move(keep)); !kept) co_return std::move(kept.error());
    co_return CreatedAccount{std::move(user), std::move(password)};
}

io::Task<Result<CreatedAccount>> Overseer::reset_password(std::string who, Actor actor) {
    Secret password{crypto::random_token(needs_.random, kPasswordBytes)};
    auto hash = co_await needs_.passwords.hash(password);
    if (!hash) co_return std::move(hash.error());
    const auto now = needs_.clock.wall();
    auto change = [who = std::move(who), hash = std::move(*hash), now, line = make_id_text(now, needs_.random),
                   actor = std::move(actor)](db::Transaction& transaction) {
        auto user = find_anyhow(transaction, who);
        if (!user) return user;
        store::set_password(transaction, user->id, hash, now);
        store::remove_sessions(transaction, user->id, {});
        store::remove_tokens(transaction, user->id);
        note(transaction, line, now, user->id, actor.who, "password_reset", actor.address);
        return user;
    };
    auto user = co_await needs_.db.write(std::move(change));
    if (!user) co_return no_user();
    co_return CreatedAccount{std::move(*user), std::move(password)};
}

io::Task<Result<User>> Overseer::set_role(std::string who, Role role, Actor actor) {
    const auto now = needs_.clock.wall();
    auto change = [who = std::move(who), role, now, line = make_id_text(now, needs_.random),
                   actor = std::move(actor)](db::Transaction& transaction) -> Result<User> {
        auto user = find_anyhow(transaction, who);
        if (!user) return no_user();
        if (role != Role::admin && is_last_admin(transaction, *user)) return last_admin();
        user->role = role;
        user->updated_at = now;
        store::update(transaction, *user);
        if (role == Role::admin) store::remove_links(transaction, store::LinkKind::first_admin);
        note(transaction, line, now, user->id, actor.who, "role_" + std::string{word_of(role)}, actor.address);
        return std::move(*user);
    };
    auto user = co_await needs_.db.write(std::move(change));
    if (user) log::info("account.role_set", {{"user", user->id}, {"role", word_of(role)}});
    co_return user;
}

io::Task<Result<User>> Overseer::set_disabled(std::string who, bool is_disabled, Actor actor) {
    const auto now = needs_.clock.wall();
    auto change = [who = std::move(who), is_disabled, now, line = make_id_text(now, needs_.random),
                   actor = std::move(actor)](db::Transaction& transaction) -> Result<User> {
        auto user = find_anyhow(transaction, who);
        if (!user) return no_user();
        if (is_disabled && is_last_admin(transaction, *user)) return last_admin();
        user->disabled_at = is_disabled ? std::optional{now} : std::nullopt;
        user->updated_at = now;
        store::update(transaction, *user);
        if (is_disabled) {
            store::remove_sessions(transaction, user->id, {});
            store::remove_tokens(transaction, user->id);
        }
        note(transaction, line, now, user->id, actor.who, is_disabled ? "disabled" : "enabled", actor.address);
        return std::move(*user);
    };
    auto user = co_await needs_.db.write(std::move(change));
    if (user) log::info(is_disabled ? "account.disabled" : "account.enabled", {{"user", user->id}});
    co_return user;
}

io::Task<bool> Overseer::has_admin() {
    auto look = [](db::Transaction& transaction) { return store::count_admins(transaction) > 0; };
    co_return co_await needs_.db.read(std::move(look));
}

io::Task<std::optional<Secret>> Overseer::first_admin_token() {
    const auto now = needs_.clock.wall();
    Secret token{crypto::random_token(needs_.random, kTokenBytes)};
    store::Link link{make_id_text(now, needs_.random), store::LinkKind::first_admin, {}, "", now, now + kFirstAdminWithin};
    auto keep = [link, hash = hash_of(token)](db::Transaction& transaction) {
        store::remove_links(transaction, store::LinkKind::first_admin);
        if (store::count_admins(transaction) > 0) return false;
        store::insert_link(transaction, link, hash);
        return true;
    };
    if (!co_await needs_.db.write(std::move(keep))) co_return std::nullopt;
    co_return token;
}

io::Task<Result<User>> Overseer::claim_first_admin(UserId user, Secret token, std::string address) {
    const auto now = needs_.clock.wall();
    auto claim = [user = std::move(user), hash = hash_of(token), now, line = make_id_text(now, needs_.random),
                  from = std::move(address)](db::Transaction& transaction) -> Result<User> {
        const Error gone{Errc::gone, "link_expired", "This link was used, or a newer one was made. Restart the server for another."};
        if (store::count_admins(transaction) > 0 || !store::take_link(transaction, store::LinkKind::first_admin, hash, now)) return gone;
        auto found = store::find(transaction, user);
        if (!found) return no_user();
        found->role = Role::admin;
        found->updated_at = now;
        store::update(transaction, *found);
        note(transaction, line, now, user, user.str(), "role_admin", from);
        return std::move(*found);
    };
    co_return co_await needs_.db.write(std::move(claim));
}

io::Task<Result<void>> Overseer::remove(UserId user, Actor actor) {
    const auto now = needs_.clock.wall();
    auto look = [user](db::Transaction& transaction) -> Result<void> {
        const auto found = store::find(transaction, user);
        if (!found) return no_user();
        return is_last_admin(transaction, *found) ? Result<void>{last_admin()} : Result<void>{};
    };
    if (auto may = co_await needs_.db.read(std::move(look)); !may) co_return may;
    co_await needs_.dependents.remove_all_of(user);

    auto remove = [user, now, line = make_id_text(now, needs_.random), actor = std::move(actor)](db::Transaction& transaction) -> Result<void> {
        const auto found = store::find(transaction, user);
        if (!found) return no_user();
        if (is_last_admin(transaction, *found)) return last_admin();
        names::release(transaction, names::Kind::user, user.str());
        note(transaction, line, now, user, actor.who, "deleted", actor.address);
        store::remove(transaction, user);
        return {};
    };
    auto removed = co_await needs_.db.write(std::move(remove));
    if (!removed) co_return removed;
    log::info("account.deleted", {{"user", user}});
    co_return removed;
}

}  // namespace ae::accounts
