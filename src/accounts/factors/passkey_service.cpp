#include "accounts/factors/passkey_service.hpp"

#include "accounts/account_service.hpp"
#include "accounts/factors/factor_store.hpp"
#include "base/crypto.hpp"
#include "base/json_text.hpp"

namespace ae::factors {

namespace {

constexpr std::string_view kCreate = "create";
constexpr std::string_view kLogin = "login";
constexpr std::size_t kMostPasskeys = 20;
constexpr std::size_t kMostName = 60;

using accounts::UserId;

Error challenge_refused() { return {Errc::forbidden, "passkey_challenge_refused", "This took too long, or was sent twice; try again."}; }

/// 1 to 60 bytes of UTF-8 without control characters.
bool is_name(std::string_view name) {
    if (name.empty() || name.size() > kMostName) return false;
    while (!name.empty()) {
        const auto length = utf8_length(name);
        const auto first = static_cast<unsigned char>(name.front());
        if (length == 0 || first < 0x20 || first == 0x7f) return false;
        name.remove_prefix(length);
    }
    return true;
}

}  // namespace

PasskeyService::PasskeyService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret)
    : db_(db), clock_(clock), random_(random), challenges_(server_secret) {}

Bytes PasskeyService::creation_challenge(std::string_view session) { return challenges_.make(kCreate, session, clock_.wall(), random_); }
Bytes PasskeyService::login_challenge() { return challenges_.make(kLogin, "", clock_.wall(), random_); }

io::Task<Result<Passkey>> PasskeyService::add(UserId user, std::string session, std::string name, std::string client_data_json, Bytes attestation,
                                              RelyingParty us) {
    if (!is_name(name)) co_return Error{Errc::invalid, "passkey_name_invalid", "A name has 1 to 60 characters."};
    const auto now = clock_.wall();
    auto client = read_client_data(client_data_json);
    if (!client) co_return std::move(client.error());
    if (!challenges_.holds(client->challenge, kCreate, session, now)) co_return challenge_refused();
    auto made = verify_registration(client_data_json, attestation, us, client->challenge);
    if (!made) co_return std::move(made.error());

    const Passkey passkey{.id = PasskeyId{make_id_text(now, random_)},
                          .user = std::move(user),
                          .credential_id = std::move(made->credential_id),
                          .rp_id = std::move(us.id),
                          .public_key = std::move(made->public_key),
                          .sign_count = made->sign_count,
                          .backed_up = made->backed_up,
                          .name = std::move(name),
                          .created_at = now};
    auto keep = [passkey, now, line = make_id_text(now, random_),
                 spent = crypto::sha256(client->challenge)](db::Transaction& transaction) -> Result<void> {
        if (!store::spend_challenge(transaction, spent, now + kChallengeLife, now)) return challenge_refused();
        if (store::find_passkey(transaction, passkey.credential_id)) return Error{Errc::conflict, "passkey_taken", "This passkey is in use already."};
        if (store::passkeys_of(transaction, passkey.user).size() >= kMostPasskeys) {
            return Error{Errc::conflict, "too_many_passkeys", "You have 20 passkeys; remove one first."};
        }
        store::insert_passkey(transaction, passkey);
        accounts::note(transaction, line, now, passkey.user, passkey.user.str(), "passkey_added", "");
        return {};
    };
    auto kept = co_await db_.write(std::move(keep));
    if (!kept) co_return std::move(kept.error());
    co_return passkey;
}

io::Task<Result<UserId>> PasskeyService::use(PasskeyProof proof, RelyingParty us) {
    const auto now = clock_.wall();
    auto client = read_client_data(proof.assertion.client_data_json);
    if (!client) co_return std::move(client.error());
    if (!challenges_.holds(client->challenge, kLogin, "", now)) co_return challenge_refused();

    // Verified inside the transaction, against the counter as it is then: of two copies that come at once, one is refused.
    auto work = [proof = std::move(proof), us = std::move(us), challenge = std::move(client->challenge),
                 now](db::Transaction& transaction) -> Result<UserId> {
        const auto known = store::find_passkey(transaction, proof.credential_id);
        const bool is_owners = known && (proof.user_handle.empty() || as_text(proof.user_handle) == known->user.str());
        if (!is_owners || known->rp_id != us.id)
            return Error{Errc::forbidden, "passkey_unknown", "This passkey is not known here. Sign in another way."};
        auto used = verify_assertion(proof.assertion, {.public_key = known->public_key, .sign_count = known->sign_count}, us, challenge);
        if (!used) return std::move(used.error());
        if (!store::spend_challenge(transaction, crypto::sha256(challenge), now + kChallengeLife, now)) return challenge_refused();
        store::use_passkey(transaction, known->id, used->sign_count, used->backed_up, now);
        return known->user;
    };
    co_return co_await db_.write(std::move(work));
}

io::Task<std::vector<Passkey>> PasskeyService::list(UserId user) {
    auto look = [user = std::move(user)](db::Transaction& transaction) { return store::passkeys_of(transaction, user); };
    co_return co_await db_.read(std::move(look));
}

io::Task<Result<void>> PasskeyService::remove(UserId user, PasskeyId passkey) {
    const auto now = clock_.wall();
    auto take = [user = std::move(user), passkey = std::move(passkey), now, line = make_id_text(now, random_)](db::Transaction& transaction) {
        if (!store::remove_passkey(transaction, user, passkey)) return false;
        accounts::note(transaction, line, now, user, user.str(), "passkey_removed", "");
        return true;
    };
    if (!co_await db_.write(std::move(take))) co_return Error{Errc::not_found, "passkey_not_found", "You have no such passkey."};
    co_return Result<void>{};
}

}  // namespace ae::factors
