#include "accounts/factors/factor_routes.hpp"

#include <memory>

#include "accounts/account_routes.hpp"
#include "accounts/factors/cose_key.hpp"
#include "accounts/factors/totp.hpp"
#include "accounts/factors/wire.hpp"
#include "accounts/gate.hpp"

namespace ae::factors {

namespace {

using accounts::UserId;
using accounts::Visit;
using http::Method;
using Edges = std::shared_ptr<const FactorEdges>;

constexpr std::int64_t kTimeoutMillis = std::chrono::duration_cast<std::chrono::milliseconds>(kChallengeLife).count();

Error malformed() { return {Errc::invalid, "passkey_malformed", "That is not what a browser sends for a passkey."}; }

/// The domain is the operator's word; only without it the client's.
Result<RelyingParty> relying_party(const FactorEdges& edges, const std::string& origin) {
    auto us = relying_party_of(edges.public_url.empty() ? origin : edges.public_url);
    if (!us) return Error{Errc::unprocessable, "passkeys_unavailable", "Passkeys need a server with a name: open it by that, not by its number."};
    return std::move(*us);
}

Result<PasskeyProof> proof_of(const wire::AssertionBody& body) {
    auto id = from_base64url(body.id);
    auto client = from_base64url(body.clientDataJSON);
    auto data = from_base64url(body.authenticatorData);
    auto signature = from_base64url(body.signature);
    auto handle = from_base64url(body.userHandle.value_or(""));
    if (!id || !client || !data || !signature || !handle) return malformed();
    return PasskeyProof{
        .credential_id = std::move(*id),
        .assertion = {.client_data_json = std::string{as_text(*client)}, .authenticator_data = std::move(*data), .signature = std::move(*signature)},
        .user_handle = std::move(*handle)};
}

io::Task<Result<wire::FactorsView>> show(Edges edges, UserId user) {
    const auto status = co_await edges->second.status(user);
    wire::FactorsView view{.totp = status.totp, .recoveryCodesLeft = status.recovery_codes_left, .passkeys = {}};
    for (const auto& passkey : co_await edges->passkeys.list(std::move(user))) view.passkeys.push_back(wire::passkey_of(passkey));
    co_return view;
}

io::Task<Result<wire::TotpBegun>> begin_totp(Edges edges, UserId user) {
    auto found = co_await edges->accounts.service.find(user);
    if (!found) co_return std::move(found.error());
    const auto secret = co_await edges->second.begin(std::move(user));
    if (!secret) co_return secret.error();
    co_return wire::TotpBegun{.secret = totp_secret_text(*secret), .uri = totp_uri(*secret, edges->site_name, found->email)};
}

io::Task<Result<wire::RecoveryCodes>> confirm_totp(Edges edges, UserId user, std::string code) {
    if (auto few = edges->accounts.service.count_try("confirm/" + user.str()); !few) co_return std::move(few.error());
    auto codes = co_await edges->second.confirm(std::move(user), std::move(code));
    if (!codes) co_return std::move(codes.error());
    co_return wire::RecoveryCodes{std::move(*codes)};
}

io::Task<Result<wire::RecoveryCodes>> renew_codes(Edges edges, UserId user) {
    auto codes = co_await edges->second.renew_codes(std::move(user));
    if (!codes) co_return std::move(codes.error());
    co_return wire::RecoveryCodes{std::move(*codes)};
}

io::Task<Result<wire::CreationOptions>> creation_options(Edges edges, UserId user, std::string session, std::string origin) {
    const auto us = relying_party(*edges, origin);
    if (!us) co_return us.error();
    auto found = co_await edges->accounts.service.find(user);
    if (!found) co_return std::move(found.error());
    wire::CreationOptions options;
    options.challenge = to_base64url(edges->passkeys.creation_challenge(session));
    options.rp = {.id = us->id, .name = edges->site_name};
    options.user = {.id = to_base64url(as_bytes(user.str())),
                    .name = found->email,
                    .displayName = found->display_name.empty() ? found->email : found->display_name};
    for (const auto algorithm : {kCoseEs256, kCoseEdDsa, kCoseRs256}) options.pubKeyCredParams.push_back({.alg = algorithm});
    for (const auto& known : co_await edges->passkeys.list(user)) {
        if (known.rp_id == us->id) options.excludeCredentials.push_back({.id = to_base64url(known.credential_id)});
    }
    options.timeout = kTimeoutMillis;
    co_return options;
}

io::Task<Result<api::Created<wire::PasskeyView>>> add_passkey(Edges edges, UserId user, std::string session, std::string origin,
                                                              wire::NewPasskeyBody body) {
    auto us = relying_party(*edges, origin);
    if (!us) co_return std::move(us.error());
    const auto client = from_base64url(body.clientDataJSON);
    auto attestation = from_base64url(body.attestationObject);
    if (!client || !attestation) co_return malformed();
    std::string client_data{as_text(*client)};
    auto added = co_await edges->passkeys.add(std::move(user), std::move(session), std::move(body.name), std::move(client_data),
                                              std::move(*attestation), std::move(*us));
    if (!added) co_return std::move(added.error());
    co_return api::Created<wire::PasskeyView>{wire::passkey_of(*added), "/api/auth/passkeys/" + added->id.str()};
}

io::Task<Result<wire::RequestOptions>> request_options(Edges edges, std::string origin) {
    const auto us = relying_party(*edges, origin);
    if (!us) co_return us.error();
    wire::RequestOptions options;
    options.challenge = to_base64url(edges->passkeys.login_challenge());
    options.rpId = us->id;
    options.timeout = kTimeoutMillis;
    co_return options;
}

io::Task<Result<UserId>> owner_of(Edges edges, std::string origin, wire::AssertionBody body) {
    auto us = relying_party(*edges, origin);
    if (!us) co_return std::move(us.error());
    auto proof = proof_of(body);
    if (!proof) co_return std::move(proof.error());
    co_return co_await edges->passkeys.use(std::move(*proof), std::move(*us));
}

io::Task<Result<api::WithCookies<accounts::wire::Entered>>> log_in(Edges edges, std::string origin, Visit visit, bool secure,
                                                                   wire::AssertionBody body) {
    auto user = co_await owner_of(edges, std::move(origin), std::move(body));
    if (!user) co_return std::move(user.error());
    auto entered = co_await edges->accounts.service.sign_in(std::move(*user), std::move(visit));
    if (!entered) co_return std::move(entered.error());
    co_return co_await accounts::routes::enter(edges->accounts, std::move(*entered), secure);
}

io::Task<Result<void>> confirm(Edges edges, UserId user, accounts::SessionId session, std::string origin, wire::AssertionBody body) {
    const auto owner = co_await owner_of(edges, std::move(origin), std::move(body));
    if (!owner) co_return owner.error();
    if (*owner != user) co_return Error{Errc::forbidden, "passkey_unknown", "This is somebody else's passkey."};
    co_await edges->accounts.service.sessions().confirm(std::move(session));
    co_return Result<void>{};
}

api::RouteSpec spec(Method method, std::string_view path, std::string_view name, std::string_view summary, api::Who who,
                    std::vector<api::Refusal> refusals) {
    return {.method = method,
            .path = path,
            .name = name,
            .summary = summary,
            .who = who,
            .rate = api::RateLimit::per(std::chrono::minutes{1}, 30),
            .body = method == Method::get || method == Method::del ? api::BodyLimit::none() : api::BodyLimit::bytes(64 * 1024),
            .cache = api::CacheControl::no_store(),
            .cors = api::Cors::same_origin(),
            .refusals = std::move(refusals)};
}

const api::Refusal kNotOn{409, "totp_not_on", "no authenticator app is set up."};
const api::Refusal kAlreadyOn{409, "totp_already_on", "one is set up already."};
const api::Refusal kGone{404, "user_not_found", "the account went away just now."};
const api::Refusal kNoName{422, "passkeys_unavailable", "the server was opened by a number, and passkeys belong to names."};

/// What can be wrong with what a browser sends.
std::vector<api::Refusal> passkey_refusals(std::initializer_list<api::Refusal> more) {
    std::vector<api::Refusal> all{{400, "passkey_malformed", "it is not what a browser sends."},
                                  {403, "passkey_challenge_refused", "the challenge was not given out for this, was answered already, or is over."},
                                  {403, "passkey_origin_refused", "it was made for, or used on, another site."},
                                  {403, "passkey_not_verified", "it asked for no PIN, finger or face."},
                                  kNoName};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::vector<api::Refusal> assertion_refusals(std::initializer_list<api::Refusal> more) {
    auto all = passkey_refusals({{403, "passkey_unknown", "nobody has it, or somebody else."},
                                 {403, "passkey_signature_invalid", "it did not sign this."},
                                 {403, "passkey_counter_refused", "it did not count up: there are two of it."}});
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

void add_totp(api::Routes& routes, const Edges& edges) {
    const auto signed_in = api::Who::at_least(api::Role::signed_in);
    routes.add(spec(Method::get, "/api/auth/factors", "auth.factors", "The second factor and the passkeys of whoever asks.", signed_in, {}),
               [edges](api::Input<> in) { return show(edges, accounts::user_of(in.caller)); });
    routes.add(spec(Method::post, "/api/auth/totp", "auth.begin_totp",
                    "A secret for an authenticator app; it is asked for at login after its first code.", signed_in.recently(), {kAlreadyOn, kGone}),
               [edges](api::Input<> in) { return begin_totp(edges, accounts::user_of(in.caller)); });
    routes.add(spec(Method::post, "/api/auth/totp/confirm", "auth.confirm_totp", "Turns the app on by its first code, and answers recovery codes.",
                    signed_in.recently(),
                    {{409, "totp_not_begun", "no secret was given out."},
                     kAlreadyOn,
                     {403, "second_factor_wrong", "it is not the code of now."},
                     {429, "too_many_tries", "of one account in five minutes."}}),
               [edges](api::Input<api::None, api::None, wire::CodeBody> in) {
                   return confirm_totp(edges, accounts::user_of(in.caller), std::move(in.body.code));
               });
    routes.add(spec(Method::del, "/api/auth/totp", "auth.end_totp", "Forgets the app and the recovery codes.", signed_in.recently(), {kNotOn}),
               [edges](api::Input<> in) { return edges->second.turn_off(accounts::user_of(in.caller)); });
    routes.add(spec(Method::post, "/api/auth/recovery-codes", "auth.renew_recovery_codes", "Ten new recovery codes; the old ones stop working.",
                    signed_in.recently(), {kNotOn}),
               [edges](api::Input<> in) { return renew_codes(edges, accounts::user_of(in.caller)); });
}

void add_passkeys(api::Routes& routes, const Edges& edges) {
    const auto signed_in = api::Who::at_least(api::Role::signed_in);
    routes.add(spec(Method::post, "/api/auth/passkeys/options", "auth.passkey_options", "What `navigator.credentials.create` is asked with.",
                    signed_in.recently(), {kNoName, kGone}),
               [edges](api::Input<> in) {
                   return creation_options(edges, accounts::user_of(in.caller), std::move(in.caller.session), std::move(in.caller.origin));
               });
    routes.add(spec(Method::post, "/api/auth/passkeys", "auth.add_passkey", "Keeps a new passkey.", signed_in.recently(),
                    passkey_refusals({{403, "passkey_algorithm_refused", "it signs in a way that is not known here."},
                                      {400, "passkey_name_invalid", "a name has 1 to 60 characters."},
                                      {409, "passkey_taken", "it is in use already."},
                                      {409, "too_many_passkeys", "there are 20 already."}})),
               [edges](api::Input<api::None, api::None, wire::NewPasskeyBody> in) {
                   return add_passkey(edges, accounts::user_of(in.caller), std::move(in.caller.session), std::move(in.caller.origin),
                                      std::move(in.body));
               });
    routes.add(spec(Method::del, "/api/auth/passkeys/{id}", "auth.remove_passkey", "Removes a passkey.", signed_in.recently(),
                    {{404, "passkey_not_found", "whoever asks has no such passkey."}}),
               [edges](api::Input<wire::PasskeyPath> in) { return edges->passkeys.remove(accounts::user_of(in.caller), std::move(in.path.id)); });
    routes.add(spec(Method::post, "/api/auth/passkey/options", "auth.passkey_login_options", "What `navigator.credentials.get` is asked with.",
                    api::Who::anyone(), {kNoName}),
               [edges](api::Input<> in) { return request_options(edges, std::move(in.caller.origin)); });
    routes.add(spec(Method::post, "/api/auth/passkey/login", "auth.passkey_login", "Signs in by a passkey; it stands for password and second factor.",
                    api::Who::anyone(), assertion_refusals({{403, "account_disabled", "the operator disabled it."}, kGone})),
               [edges](api::Input<api::None, api::None, wire::AssertionBody> in) {
                   auto visit = accounts::routes::visit_of(in);
                   const bool secure = accounts::routes::is_secure(in);
                   return log_in(edges, std::move(in.caller.origin), std::move(visit), secure, std::move(in.body));
               });
    routes.add(spec(Method::post, "/api/auth/passkey/confirm", "auth.passkey_confirm", "Proves by a passkey that the owner is still there.",
                    signed_in, assertion_refusals({})),
               [edges](api::Input<api::None, api::None, wire::AssertionBody> in) {
                   return confirm(edges, accounts::user_of(in.caller), accounts::session_of(in.caller), std::move(in.caller.origin),
                                  std::move(in.body));
               });
}

}  // namespace

void add_factor_routes(api::Routes& routes, FactorEdges edges) {
    const auto shared = std::make_shared<const FactorEdges>(std::move(edges));
    add_totp(routes, shared);
    add_passkeys(routes, shared);
}

}  // namespace ae::factors
