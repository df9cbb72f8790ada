#include "accounts/recovery.hpp"

#include "accounts/account_rules.hpp"
#include "accounts/letters.hpp"
#include "accounts/session_store.hpp"
#include "accounts/user_store.hpp"
#include "base/crypto.hpp"

namespace ae::accounts {

namespace {

constexpr std::size_t kLinkBytes = 32;
constexpr Duration kVerifyWithin = std::chrono::hours{24}, kResetWithin = std::chrono::hours{1};

Error expired() { return {Errc::gone, "link_expired", "This link was used or is too old. Ask for a new one."}; }
Error email_taken() { return {Errc::conflict, "email_taken", "Another account has this e-mail address."}; }

std::string page_of(const AccountNeeds& needs, std::string_view page, const Secret& token) {
    return needs.public_url() + std::string{page} + "?token=" + token.reveal();  // for the owner of the address
}

/// A reset for `user`, whose address is proven by it: the letter came there.
void reset_password(db::Transaction& transaction, const UserId& user, const std::string& hash, WallTime now) {
    store::set_password(transaction, user, hash, now);
    store::remove_sessions(transaction, user, {});
    store::remove_tokens(transaction, user);
    auto found = store::find(transaction, user);
    if (!found || found->email_verified_at) return;
    found->email_verified_at = now;
    store::update(transaction, *found);
}

}  // namespace

io::Task<Result<void>> Recovery::send_verification(UserId user) {
    auto found = co_await accounts_.find(std::move(user));
    if (!found) co_return std::move(found.error());
    if (found->email_verified_at) co_return Result<void>{};
    co_return co_await send_link_to(std::move(found->email), false);
}

io::Task<Result<void>> Recovery::send_verification_to(std::string email) { co_return co_await send_link_to(std::move(email), false); }

io::Task<Result<void>> Recovery::ask_reset(std::string email) { co_return co_await send_link_to(std::move(email), true); }

io::Task<Result<void>> Recovery::send_link_to(std::string email, bool reset) {
    const auto now = needs_.clock.wall();
    Secret token{crypto::random_token(needs_.random, kLinkBytes)};
    store::Link link{make_id_text(now, needs_.random),
                     reset ? store::LinkKind::reset_password : store::LinkKind::verify_email,
                     {},
                     lower(email),
                     now,
                     now + (reset ? kResetWithin : kVerifyWithin)};
    // An address that nobody has, or that needs no proof, gets a link for nobody: one commit is made whoever asks for whom.
    auto keep = [link, hash = hash_of(token), reset](db::Transaction& transaction) {
        auto kept = link;
        const auto user = store::find_by_email(transaction, link.email);
        const bool wanted = user && !user->disabled_at && (reset || !user->email_verified_at);
        if (wanted) kept.user = user->id;
        store::insert_link(transaction, kept, hash);
        return wanted;
    };
    auto letter = reset ? letters::reset_password(link.email, page_of(needs_, "/auth/reset", token))
                        : letters::verify_address(link.email, page_of(needs_, "/auth/verify", token));
    if (co_await needs_.db.write(std::move(keep))) needs_.mailer.post(std::move(letter));
    co_return Result<void>{};
}

io::Task<Result<void>> Recovery::verify(Secret token) {
    const auto now = needs_.clock.wall();
    auto prove = [hash = hash_of(token), now, line = make_id_text(now, needs_.random)](db::Transaction& transaction) -> Result<void> {
        auto link = store::take_link(transaction, store::LinkKind::verify_email, hash, now);
        const bool first = link.has_value();
        if (!link) link = store::take_link(transaction, store::LinkKind::change_email, hash, now);
        if (!link || link->user.empty()) return expired();
        auto user = store::find(transaction, link->user);
        // A link proves the address it was sent to, not one that came after.
        if (!user || (first && user->email != link->email)) return expired();
        if (const auto other = store::find_by_email(transaction, link->email); other && other->id != user->id) return email_taken();
        user->email = link->email;
        user->email_verified_at = now;
        user->updated_at = now;
        store::update(transaction, *user);
        note(transaction, line, now, user->id, user->id.str(), first ? "email_verified" : "email_changed", "");
        return {};
    };
    co_return co_await needs_.db.write(std::move(prove));
}

io::Task<Result<void>> Recovery::reset(Secret token, Secret password, std::string address) {
    // The password is looked at and hashed first: a link is used up by the one write that also uses it.
    auto hash = co_await accounts_.hash_password(std::move(password), "");
    if (!hash) co_return std::move(hash.error());
    const auto now = needs_.clock.wall();
    auto change = [sum = hash_of(token), hash = std::move(*hash), now, line = make_id_text(now, needs_.random),
                   from = std::move(address)](db::Transaction& transaction) -> Result<std::string> {
        const auto link = store::take_link(transaction, store::LinkKind::reset_password, sum, now);
        if (!link || link->user.empty()) return expired();
        reset_password(transaction, link->user, hash, now);
        note(transaction, line, now, link->user, link->user.str(), "password_reset", from);
        return link->email;
    };
    auto told = co_await needs_.db.write(std::move(change));
    if (!told) co_return std::move(told.error());
    needs_.mailer.post(letters::password_changed(*told));
    co_return Result<void>{};
}

io::Task<Result<User>> Recovery::change_email(UserId user, std::string email, std::string address) {
    auto wanted = check_email(email);
    if (!wanted) co_return std::move(wanted.error());
    const auto now = needs_.clock.wall();
    const bool prove = accounts_.verification_demanded();
    Secret token{crypto::random_token(needs_.random, kLinkBytes)};
    store::Link link{make_id_text(now, needs_.random), store::LinkKind::change_email, user, *wanted, now, now + kVerifyWithin};
    auto change = [link, prove, hash = hash_of(token), now, line = make_id_text(now, needs_.random),
                   from = std::move(address)](db::Transaction& transaction) -> Result<User> {
        auto found = store::find(transaction, link.user);
        if (!found) return no_user();
        const auto other = store::find_by_email(transaction, link.email);
        const bool taken = other && other->id != found->id;
        if (taken && !prove) return email_taken();
        note(transaction, line, now, found->id, found->id.str(), prove ? "email_change_asked" : "email_changed", from);
        if (prove) {
            store::insert_link(transaction, link, hash);
        } else {
            found->email = link.email;
            found->email_verified_at = std::nullopt;
            found->updated_at = now;
            store::update(transaction, *found);
        }
        return std::move(*found);
    };
    auto changed = co_await needs_.db.write(std::move(change));
    if (changed && prove) {
        needs_.mailer.post(letters::change_address(*wanted, page_of(needs_, "/auth/verify", token)));
        needs_.mailer.post(letters::address_is_changing(changed->email, *wanted));
    }
    co_return changed;
}

}  // namespace ae::accounts
