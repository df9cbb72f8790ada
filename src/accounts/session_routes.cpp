// Where somebody is signed in, and what programs may act for them.
#include "accounts/account_routes.hpp"

namespace ae::accounts::routes {

namespace {

struct SessionPath {
    SessionId id;
};
BOOST_DESCRIBE_STRUCT(SessionPath, (), (id))

struct TokenPath {
    AccessTokenId id;
};
BOOST_DESCRIBE_STRUCT(TokenPath, (), (id))

struct TokenBody {
    std::string name;
    std::vector<Scope> scopes;
    std::optional<WallTime> expiresAt;
    static void rules(api::Rules& rules) { rules.field("name").length(1, 40).says("What it is for."); }
};
BOOST_DESCRIBE_STRUCT(TokenBody, (), (name, scopes, expiresAt))

// What a route is given outlives it, here and below.
io::Task<Result<std::vector<wire::LoginSession>>> list(Accounts& accounts, UserId user, std::string current) {
    std::vector<wire::LoginSession> shown;
    for (const auto& session : co_await accounts.service.sessions().list(std::move(user))) shown.push_back(wire::session_of(session, current));
    co_return shown;
}

io::Task<Result<std::vector<wire::BearerToken>>> list_tokens(Accounts& accounts, UserId user) {
    std::vector<wire::BearerToken> shown;
    for (const auto& token : co_await accounts.service.sessions().list_tokens(std::move(user))) shown.push_back(wire::token_of(token));
    co_return shown;
}

io::Task<Result<api::Created<wire::NewBearerToken>>> create_token(Accounts& accounts, UserId user, TokenBody body) {
    auto made = co_await accounts.service.sessions().create_token(std::move(user), std::move(body.name), std::move(body.scopes), body.expiresAt);
    if (!made) co_return std::move(made.error());
    // Shown to its owner, once.
    wire::NewBearerToken view{made->shown.reveal(), wire::token_of(made->token)};
    auto place = "/api/auth/tokens/" + made->token.id.str();
    co_return api::Created<wire::NewBearerToken>{std::move(view), std::move(place)};
}

}  // namespace

void add_sessions(api::Routes& routes, Accounts& accounts) {
    using http::Method;
    auto& sessions = accounts.service.sessions();
    routes.add(spec(Method::get, "/api/auth/sessions", "auth.sessions", "Where whoever asks is signed in, the latest seen first.",
                    anybody_signed_in(), usual_rate(), {}),
               [&accounts](api::Input<> in) { return list(accounts, user_of(in.caller), std::move(in.caller.session)); });
    routes.add(spec(Method::del, "/api/auth/sessions/{id}", "auth.end_session", "Ends one of them.", anybody_signed_in(), usual_rate(),
                    {{404, "session_not_found", "whoever asks has no such session."}}),
               [&sessions](api::Input<SessionPath> in) { return sessions.revoke(user_of(in.caller), std::move(in.path.id)); });

    routes.add(spec(Method::get, "/api/auth/tokens", "auth.tokens", "The bearer tokens of whoever asks, without their secrets.", anybody_signed_in(),
                    usual_rate(), {}),
               [&accounts](api::Input<> in) { return list_tokens(accounts, user_of(in.caller)); });
    routes.add(
        spec(Method::post, "/api/auth/tokens", "auth.create_token", "Makes a bearer token for a program. Its secret is in this answer alone.",
             anybody_signed_in().recently(), usual_rate(),
             {{400, "token_name_invalid", "a name has 1 to 40 characters."},
              {400, "token_scopes_missing", "it may do nothing."},
              {400, "token_expiry_invalid", "its time is over."},
              {409, "too_many_tokens", "there are 50 already."}}),
        [&accounts](api::Input<api::None, api::None, TokenBody> in) { return create_token(accounts, user_of(in.caller), std::move(in.body)); });
    routes.add(spec(Method::del, "/api/auth/tokens/{id}", "auth.revoke_token", "Revokes one of them.", anybody_signed_in(), usual_rate(),
                    {{404, "token_not_found", "whoever asks has no such token."}}),
               [&sessions](api::Input<TokenPath> in) { return sessions.revoke_token(user_of(in.caller), std::move(in.path.id)); });
}

}  // namespace ae::accounts::routes
