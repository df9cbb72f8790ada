// Links that are sent by letter.
#include "accounts/account_routes.hpp"

namespace ae::accounts::routes {

namespace {

struct LinkBody {
    std::string token;
    static void rules(api::Rules& rules) { rules.field("token").length(1, 100).says("Of the link in the letter."); }
};
BOOST_DESCRIBE_STRUCT(LinkBody, (), (token))

struct EmailBody {
    std::string email;
    static void rules(api::Rules& rules) { rules.field("email").length(3, 254); }
};
BOOST_DESCRIBE_STRUCT(EmailBody, (), (email))

/// Whoever is signed in leaves the address out.
struct VerificationBody {
    std::optional<std::string> email;
    static void rules(api::Rules& rules) { rules.field("email").length(3, 254).says("For whoever cannot log in before it is proven."); }
};
BOOST_DESCRIBE_STRUCT(VerificationBody, (), (email))

struct ResetBody {
    std::string token;
    std::string password;
    static void rules(api::Rules& rules) {
        rules.field("token").length(1, 100).says("Of the link in the letter.");
        rules.field("password").length(1, 256).says("The new one: 8 characters or more.");
    }
};
BOOST_DESCRIBE_STRUCT(ResetBody, (), (token, password))

// What a route is given outlives it.
io::Task<Result<void>> send_verification(Accounts& accounts, UserId user, std::optional<std::string> email) {
    if (email) co_return co_await accounts.recovery.send_verification_to(std::move(*email));
    if (user.empty()) co_return Error{Errc::invalid, "email_missing", "Say which address."};
    co_return co_await accounts.recovery.send_verification(std::move(user));
}

io::Task<Result<wire::Me>> change_email(Accounts& accounts, UserId user, std::string email, std::string address) {
    auto changed = co_await accounts.recovery.change_email(user, std::move(email), std::move(address));
    if (!changed) co_return std::move(changed.error());
    auto me = co_await show_me(accounts, std::move(user));
    if (!me) co_return no_user();
    co_return std::move(*me);
}

const api::Refusal kExpired{410, "link_expired", "it was used, replaced, or is too old."};

}  // namespace

void add_recovery(api::Routes& routes, Accounts& accounts) {
    using http::Method;
    // Each may send a letter to somebody.
    const auto letters = api::RateLimit::per(std::chrono::minutes{5}, 5);
    const auto links = api::RateLimit::per(std::chrono::minutes{5}, 30);

    routes.add(spec(Method::post, "/api/auth/verify/send", "auth.send_verification",
                    "Sends the link that proves an e-mail address; the answer is the same whether anybody has it.", api::Who::anyone(), letters,
                    {{400, "email_missing", "a stranger asks, and names no address."}, {404, "user_not_found", "the account went away just now."}}),
               [&accounts](api::Input<api::None, api::None, VerificationBody> in) {
                   return send_verification(accounts, user_of(in.caller), std::move(in.body.email));
               });
    routes.add(spec(Method::post, "/api/auth/verify", "auth.verify", "Proves an e-mail address by the link's token.", api::Who::anyone(), links,
                    {kExpired, {409, "email_taken", "another account proved the address first."}}),
               [&accounts](api::Input<api::None, api::None, LinkBody> in) { return accounts.recovery.verify(Secret{std::move(in.body.token)}); });
    routes.add(
        spec(Method::post, "/api/auth/reset/ask", "auth.ask_reset",
             "Sends the link that resets a password; the answer is the same whether anybody has the address.", api::Who::anyone(), letters, {}),
        [&accounts](api::Input<api::None, api::None, EmailBody> in) { return accounts.recovery.ask_reset(std::move(in.body.email)); });
    routes.add(spec(Method::post, "/api/auth/reset", "auth.reset", "Sets a new password by the link's token; all sessions and bearer tokens end.",
                    api::Who::anyone(), links,
                    {kExpired,
                     {400, "password_weak", "it has fewer than 8 characters, or everybody tries it first."},
                     {503, "logins_busy", "too many people log in at this moment."}}),
               [&accounts](api::Input<api::None, api::None, ResetBody> in) {
                   return accounts.recovery.reset(Secret{std::move(in.body.token)}, Secret{std::move(in.body.password)},
                                                  std::move(in.caller.address));
               });
    routes.add(spec(Method::put, "/api/auth/email", "auth.change_email",
                    "Changes the e-mail address: at once, or where letters are delivered when the new one is proven.", anybody_signed_in().recently(),
                    letters,
                    {{400, "email_invalid", "it is no e-mail address."},
                     {404, "user_not_found", "the account went away just now."},
                     {409, "email_taken", "another account has the address; only told where no letters are delivered."}}),
               [&accounts](api::Input<api::None, api::None, EmailBody> in) {
                   return change_email(accounts, user_of(in.caller), std::move(in.body.email), std::move(in.caller.address));
               });
}

}  // namespace ae::accounts::routes
