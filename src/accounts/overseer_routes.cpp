// What admins do with accounts, and how an account goes.
#include "accounts/account_routes.hpp"

namespace ae::accounts::routes {

namespace {

struct AccountsQuery {
    std::optional<std::string> search;
    std::optional<std::string> cursor;
    std::optional<std::int32_t> limit;
    static void rules(api::Rules& rules) {
        rules.field("search").length(0, 100).says("Part of a name or an address.");
        rules.field("cursor").says("The `next` of the page before.");
        rules.field("limit").range(1, 100).says("How many at most; 20 unless told.");
    }
};
BOOST_DESCRIBE_STRUCT(AccountsQuery, (), (search, cursor, limit))

struct RoleBody {
    Role role = Role::viewer;
};
BOOST_DESCRIBE_STRUCT(RoleBody, (), (role))

struct DisabledBody {
    bool disabled = false;
};
BOOST_DESCRIBE_STRUCT(DisabledBody, (), (disabled))

struct ClaimBody {
    std::string token;
    static void rules(api::Rules& rules) { rules.field("token").length(1, 100).says("Of the link on the terminal."); }
};
BOOST_DESCRIBE_STRUCT(ClaimBody, (), (token))

// What a route is given outlives it, here and below.
io::Task<Result<api::Page<wire::Account>>> list(Accounts& accounts, const api::Cursors& cursors, AccountsQuery query) {
    const auto search = query.search.value_or("");
    const auto name = "accounts/" + search;
    std::string after;
    if (query.cursor) {
        auto opened = cursors.open(name, *query.cursor);
        if (!opened) co_return opened.error();
        after = std::move(*opened);
    }
    const auto found = co_await accounts.overseer.list(search, std::move(after), query.limit.value_or(kUsualLimit));
    api::Page<wire::Account> page;
    for (const auto& user : found.users) page.items.push_back(wire::account_of(user));
    if (!found.next.empty()) page.next = cursors.seal(name, found.next);
    co_return page;
}

io::Task<Result<wire::Account>> set_role(Accounts& accounts, std::string whose, Role role, Actor actor) {
    const auto user = co_await accounts.overseer.set_role(std::move(whose), role, std::move(actor));
    if (!user) co_return user.error();
    co_return wire::account_of(*user);
}

io::Task<Result<wire::Account>> set_disabled(Accounts& accounts, std::string whose, bool disabled, Actor actor) {
    const auto user = co_await accounts.overseer.set_disabled(std::move(whose), disabled, std::move(actor));
    if (!user) co_return user.error();
    co_return wire::account_of(*user);
}

io::Task<Result<wire::Me>> claim(Accounts& accounts, UserId user, Secret token, std::string address) {
    auto claimed = co_await accounts.overseer.claim_first_admin(user, std::move(token), std::move(address));
    if (!claimed) co_return std::move(claimed.error());
    auto me = co_await show_me(accounts, std::move(user));
    if (!me) co_return no_user();
    co_return std::move(*me);
}

io::Task<Result<api::WithCookies<api::None>>> remove(Accounts& accounts, UserId user, Actor actor, bool secure) {
    auto removed = co_await accounts.overseer.remove(std::move(user), std::move(actor));
    if (!removed) co_return std::move(removed.error());
    co_return api::WithCookies<api::None>{{}, {no_session_cookie(secure)}};
}

io::Task<http::Response> download(Accounts& accounts, UserId user, std::string path) {
    auto text = co_await accounts.overseer.export_of(std::move(user));
    if (!text) {
        auto problem = http::problem_of(text.error());
        problem.instance = std::move(path);
        co_return http::problem_response(problem);
    }
    auto response = http::text_response(200, "application/json", std::move(*text));
    response.headers.add("content-disposition", "attachment; filename=\"account.json\"");
    co_return response;
}

Actor actor_of(const api::Caller& caller) { return {caller.account, caller.address}; }

const api::Refusal kNoUser{404, "user_not_found", "there is nobody of this id or name."};
const api::Refusal kLastAdmin{409, "last_admin", "somebody has to be left who is admin."};

}  // namespace

void add_overseer(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors) {
    using http::Method;
    const auto admins = api::Who::at_least(api::Role::admin);
    routes.add(spec(Method::get, "/api/admin/users", "admin.users", "All accounts, the newest first.", admins, usual_rate(), {}),
               [&accounts, &cursors](api::Input<api::None, AccountsQuery> in) { return list(accounts, cursors, std::move(in.query)); });
    routes.add(spec(Method::put, "/api/admin/users/{id}/role", "admin.set_role", "Gives an account a role.", admins.recently(), usual_rate(),
                    {kNoUser, kLastAdmin}),
               [&accounts](api::Input<UserPath, api::None, RoleBody> in) {
                   return set_role(accounts, std::move(in.path.id), in.body.role, actor_of(in.caller));
               });
    routes.add(spec(Method::put, "/api/admin/users/{id}/disabled", "admin.set_disabled",
                    "Disables an account, whose sessions and tokens end at once, or lets it in again.", admins, usual_rate(), {kNoUser, kLastAdmin}),
               [&accounts](api::Input<UserPath, api::None, DisabledBody> in) {
                   return set_disabled(accounts, std::move(in.path.id), in.body.disabled, actor_of(in.caller));
               });
    routes.add(spec(Method::post, "/api/auth/claim", "auth.claim", "Makes whoever asks the first admin, by the link on the server's terminal.",
                    anybody_signed_in(), api::RateLimit::per(std::chrono::minutes{5}, 30),
                    {{410, "link_expired", "it was used, or a newer one was made."}, kNoUser}),
               [&accounts](api::Input<api::None, api::None, ClaimBody> in) {
                   return claim(accounts, user_of(in.caller), Secret{std::move(in.body.token)}, std::move(in.caller.address));
               });
    routes.add(spec(Method::del, "/api/auth/user", "auth.delete", "Deletes the account that asks, with everything that hangs on it, for good.",
                    anybody_signed_in().recently(), usual_rate(), {kNoUser, kLastAdmin}),
               [&accounts](api::Input<> in) { return remove(accounts, user_of(in.caller), actor_of(in.caller), is_secure(in)); });
    routes.add_raw(spec(Method::get, "/api/auth/export", "auth.export", "Everything about the account that asks, as one JSON document.",
                        anybody_signed_in().recently(), api::RateLimit::per(std::chrono::hours{1}, 10), {kNoUser}),
                   {"application/json"},
                   [&accounts](http::Request request, api::Caller caller) { return download(accounts, user_of(caller), std::move(request.path)); });
}

}  // namespace ae::accounts::routes
