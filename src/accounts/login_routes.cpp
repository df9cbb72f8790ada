// Getting in and out.
#include "accounts/account_routes.hpp"

namespace ae::accounts::routes {

namespace {

struct RegisterBody {
    std::string email;
    std::string password;
    static void rules(api::Rules& rules) {
        rules.field("email").length(3, 254);
        rules.field("password").length(1, 256).says("8 characters or more.");
    }
};
BOOST_DESCRIBE_STRUCT(RegisterBody, (), (email, password))

struct LoginBody {
    std::string login;
    std::string password;
    std::optional<std::string> code;
    static void rules(api::Rules& rules) {
        rules.field("login").length(1, 254).says("The e-mail address or the username.");
        rules.field("password").length(1, 256);
        rules.field("code").length(1, 64).says("Of the second factor, where there is one.");
    }
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (login, password, code))

struct ConfirmBody {
    std::optional<std::string> password;
    std::optional<std::string> code;
    static void rules(api::Rules& rules) {
        rules.field("password").length(1, 256);
        rules.field("code").length(1, 64);
    }
};
BOOST_DESCRIBE_STRUCT(ConfirmBody, (), (password, code))

struct PasswordBody {
    std::string password;
    static void rules(api::Rules& rules) { rules.field("password").length(1, 256).says("The new one: 8 characters or more."); }
};
BOOST_DESCRIBE_STRUCT(PasswordBody, (), (password))

using Entrance = Result<api::WithCookies<wire::Entered>>;

// What a route is given outlives it, here and below.
io::Task<Entrance> sign_up(Accounts& accounts, RegisterBody body, Visit visit, bool secure) {
    Secret password{std::move(body.password)};
    auto entered = co_await accounts.service.register_account(std::move(body.email), std::move(password), std::move(visit));
    if (!entered) co_return std::move(entered.error());
    if (!*entered) co_return api::WithCookies<wire::Entered>{};
    co_return co_await enter(accounts, std::move(**entered), secure);
}

io::Task<Entrance> log_in(Accounts& accounts, LoginBody body, Visit visit, bool secure) {
    Secret password{std::move(body.password)};
    auto entered = co_await accounts.service.log_in(std::move(body.login), std::move(password), std::move(body.code), std::move(visit));
    if (!entered) co_return std::move(entered.error());
    co_return co_await enter(accounts, std::move(*entered), secure);
}

io::Task<Result<api::WithCookies<api::None>>> log_out(Accounts& accounts, SessionId session, bool secure) {
    if (!session.empty()) co_await accounts.service.sessions().close(std::move(session));
    co_return api::WithCookies<api::None>{{}, {no_session_cookie(secure)}};
}

io::Task<Result<api::WithCookies<api::None>>> log_out_everywhere(Accounts& accounts, UserId user, bool secure) {
    co_await accounts.service.sessions().revoke_all(std::move(user), {});
    co_return api::WithCookies<api::None>{{}, {no_session_cookie(secure)}};
}

io::Task<Result<wire::Me>> me(Accounts& accounts, UserId user) {
    auto found = co_await show_me(accounts, std::move(user));
    if (!found) co_return no_user();
    co_return std::move(*found);
}

std::optional<Secret> maybe_secret(std::optional<std::string> text) {
    if (!text) return std::nullopt;
    return Secret{std::move(*text)};
}

const api::Refusal kBusy{503, "logins_busy", "too many people log in at this moment."};
const api::Refusal kTries{429, "too_many_tries", "of one account in five minutes."};
const api::Refusal kCodeWrong{403, "second_factor_wrong", "the code is wrong, or was used."};
const api::Refusal kWeak{400, "password_weak", "it has fewer than 8 characters, or everybody tries it first."};

}  // namespace

void add_login(api::Routes& routes, Accounts& accounts) {
    using http::Method;
    const auto& config = accounts.service.needs().config;
    const auto five_minutes = std::chrono::minutes{5};
    const auto registers = api::RateLimit::per(five_minutes, static_cast<std::uint32_t>(config.register_limit));
    const auto logins = api::RateLimit::per(five_minutes, static_cast<std::uint32_t>(config.login_limit));

    routes.add(spec(Method::post, "/api/auth/register", "auth.register", "Makes an account, and signs it in where no address has to be proven first.",
                    api::Who::anyone(), registers,
                    {{400, "email_invalid", "it is no e-mail address."},
                     kWeak,
                     {403, "registration_closed", "only the operator makes accounts."},
                     {409, "email_taken", "another account has the address; only told where no letters are delivered."},
                     kBusy}),
               [&accounts](api::Input<api::None, api::None, RegisterBody> in) {
                   auto visit = visit_of(in);
                   return sign_up(accounts, std::move(in.body), std::move(visit), is_secure(in));
               });
    routes.add(spec(Method::post, "/api/auth/login", "auth.login", "Signs in by e-mail address or username.", api::Who::anyone(), logins,
                    {{401, "login_wrong", "login and password do not belong together."},
                     {401, "second_factor_required", "the password is right, and a code is needed too."},
                     kCodeWrong,
                     {403, "account_disabled", "the operator disabled it."},
                     {403, "email_not_verified", "the address has to be proven first."},
                     kTries,
                     kBusy}),
               [&accounts](api::Input<api::None, api::None, LoginBody> in) {
                   auto visit = visit_of(in);
                   return log_in(accounts, std::move(in.body), std::move(visit), is_secure(in));
               });
    routes.add(
        spec(Method::post, "/api/auth/logout", "auth.logout", "Ends the session that asks, if there is one.", api::Who::anyone(), usual_rate(), {}),
        [&accounts](api::Input<> in) { return log_out(accounts, session_of(in.caller), is_secure(in)); });
    routes.add(spec(Method::post, "/api/auth/logout/everywhere", "auth.logout_everywhere", "Ends all sessions of whoever asks.", anybody_signed_in(),
                    usual_rate(), {}),
               [&accounts](api::Input<> in) { return log_out_everywhere(accounts, user_of(in.caller), is_secure(in)); });
    routes.add(spec(Method::get, "/api/auth/user", "auth.user", "Who asks, with its channels.", anybody_signed_in(),
                    api::RateLimit::per(std::chrono::minutes{1}, 600), {{404, "user_not_found", "the account went away just now."}}),
               [&accounts](api::Input<> in) { return me(accounts, user_of(in.caller)); });
    routes.add(spec(Method::post, "/api/auth/confirm", "auth.confirm",
                    "Proves that the owner is still there; for ten minutes the login counts as recent.", anybody_signed_in(), logins,
                    {{400, "proof_missing", "neither password nor code was given."},
                     {403, "password_wrong", "it is not the password."},
                     kCodeWrong,
                     {403, "not_allowed", "a bearer token has no login."},
                     kTries,
                     kBusy}),
               [&accounts](api::Input<api::None, api::None, ConfirmBody> in) {
                   return accounts.service.confirm(user_of(in.caller), session_of(in.caller), maybe_secret(std::move(in.body.password)),
                                                   std::move(in.body.code));
               });
    routes.add(spec(Method::put, "/api/auth/password", "auth.change_password", "Sets a new password; the other sessions and the bearer tokens end.",
                    anybody_signed_in().recently(), logins, {kWeak, kBusy, {404, "user_not_found", "the account went away just now."}}),
               [&accounts](api::Input<api::None, api::None, PasswordBody> in) {
                   auto visit = visit_of(in);
                   return accounts.service.change_password(user_of(in.caller), Secret{std::move(in.body.password)}, std::move(visit));
               });
}

}  // namespace ae::accounts::routes
