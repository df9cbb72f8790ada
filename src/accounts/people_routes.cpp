// What people are called, what others see of them, and who follows whom.
#include "accounts/account_routes.hpp"

namespace ae::accounts::routes {

namespace {

struct NamePath {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamePath, (), (name))

struct OnboardBody {
    std::string username;
    std::string displayName;
    std::optional<std::string> bio;
    std::optional<std::string> language;
    std::optional<std::string> theme;
    static void rules(api::Rules& rules) {
        rules.field("username").says("2 to 32 of a-z, 0-9, _ and .");
        rules.field("displayName").length(1, 40);
        rules.field("bio").length(0, 500);
    }
};
BOOST_DESCRIBE_STRUCT(OnboardBody, (), (username, displayName, bio, language, theme))

/// What is left out stays as it is.
struct ProfileBody {
    std::optional<std::string> username;
    std::optional<std::string> displayName;
    std::optional<std::string> bio;
    std::optional<std::string> language;
    std::optional<std::string> theme;
    std::optional<std::string> notificationEmail;
    std::optional<social::SocialLinksBody> socialLinks;
    static void rules(api::Rules& rules) {
        rules.field("username").says("2 to 32 of a-z, 0-9, _ and .");
        rules.field("displayName").length(1, 40);
        rules.field("bio").length(0, 500);
        rules.field("theme").says("dark, light or system.");
        rules.field("language").says("A language tag (BCP 47).");
        rules.field("notificationEmail").says("Where notifications go; empty: to the account's own address.");
    }
};
BOOST_DESCRIBE_STRUCT(ProfileBody, (), (username, displayName, bio, language, theme, notificationEmail, socialLinks))

ProfileChange change_of(ProfileBody body) {
    ProfileChange change{.username = std::move(body.username),
                         .display_name = std::move(body.displayName),
                         .bio = std::move(body.bio),
                         .language = std::move(body.language),
                         .theme = std::move(body.theme),
                         .notification_email = std::move(body.notificationEmail)};
    if (body.socialLinks) change.social_links = std::move(*body.socialLinks);
    return change;
}

ProfileChange change_of(OnboardBody body) {
    return {.username = std::move(body.username),
            .display_name = std::move(body.displayName),
            .bio = std::move(body.bio),
            .language = std::move(body.language),
            .theme = std::move(body.theme)};
}

using Changed = Result<api::OrSuggestions<wire::Me>>;

// What a route is given outlives it, here and below.
io::Task<Changed> write_profile(Accounts& accounts, UserId user, ProfileChange change, bool onboarding) {
    const auto wanted = change.username.value_or("");
    auto changed =
        onboarding ? co_await accounts.profiles.onboard(user, std::move(change)) : co_await accounts.profiles.change(user, std::move(change));
    api::OrSuggestions<wire::Me> answer;
    if (changed) {
        answer.view = co_await show_me(accounts, std::move(user));
        co_return answer;
    }
    if (changed.error().reason != "username_taken") co_return std::move(changed.error());
    auto words = co_await accounts.profiles.suggest(wanted, std::move(user));
    answer.refusal = api::Suggestions{std::move(changed.error()), std::move(words)};
    co_return answer;
}

io::Task<Changed> write_own(Accounts& accounts, std::string whose, UserId user, ProfileBody body) {
    const auto own = co_await accounts.service.find(user);
    if (!own) co_return own.error();
    if (whose != own->id.str() && whose != own->username) co_return Error{Errc::forbidden, "not_yours", "This is somebody else's profile."};
    co_return co_await write_profile(accounts, std::move(user), change_of(std::move(body)), false);
}

io::Task<Result<wire::NameCheck>> check_name(Accounts& accounts, std::string name, UserId user) {
    auto answer = co_await accounts.profiles.check_name(std::move(name), std::move(user));
    co_return wire::NameCheck{answer.available, answer.reason.empty() ? std::nullopt : std::optional{answer.reason}, std::move(answer.suggestions)};
}

io::Task<Result<api::OrMoved<wire::Profile>>> show(Accounts& accounts, std::string id_or_name, UserId viewer) {
    const auto seen = co_await accounts.profiles.show(std::move(id_or_name), viewer);
    if (!seen) co_return seen.error();
    api::OrMoved<wire::Profile> answer;
    if (seen->moved) {
        answer.moved_to = "/api/users/" + seen->user.username.value_or(seen->user.id.str());
        co_return answer;
    }
    const auto channels = co_await accounts.service.needs().dependents.channels_of(seen->user.id);
    answer.view = wire::profile_of(seen->user, seen->followed, seen->user.id == viewer, channels);
    co_return answer;
}

io::Task<Result<wire::PersonFollow>> set_following(Accounts& accounts, UserId follower, std::string whom, bool wanted) {
    const auto state = wanted ? co_await accounts.profiles.follow(std::move(follower), std::move(whom))
                              : co_await accounts.profiles.unfollow(std::move(follower), std::move(whom));
    if (!state) co_return state.error();
    co_return wire::PersonFollow{state->following, state->followers};
}

// What a route is given outlives it.
io::Task<Result<api::Page<wire::PersonCard>>> list(Accounts& accounts, const api::Cursors& cursors, store::FollowSide side, std::string whose,
                                                   PageQuery query) {
    const auto name = (side == store::FollowSide::followers ? "followers/" : "following/") + whose;
    std::string after;
    if (query.cursor) {
        auto opened = cursors.open(name, *query.cursor);
        if (!opened) co_return opened.error();
        after = std::move(*opened);
    }
    const auto found = co_await accounts.profiles.list(side, std::move(whose), std::move(after), query.limit.value_or(kUsualLimit));
    if (!found) co_return found.error();
    api::Page<wire::PersonCard> page;
    for (const auto& card : found->people) page.items.push_back(wire::card_of(card));
    if (!found->next.empty()) page.next = cursors.seal(name, found->next);
    co_return page;
}

std::vector<api::Refusal> profile_refusals() {
    return {{400, "username_invalid", "it is spelled otherwise than a username."},
            {400, "username_reserved", "it belongs to the site."},
            {409, "username_taken", "somebody else has it; see `suggestions`."},
            {400, "display_name_invalid", "it has more than 40 characters, or some that are not seen."},
            {400, "bio_invalid", "it has more than 500 characters, or some that are not seen."},
            {400, "language_invalid", "it is no language tag."},
            {400, "theme_invalid", "it is none of dark, light, system."},
            {400, "email_invalid", "the address for notifications is none."},
            {400, "social_link_invalid", "a link does not lead to its platform."},
            {404, "user_not_found", "the account went away just now."}};
}

const api::Refusal kNoUser{404, "user_not_found", "there is nobody of this id or name."};

void add_profile(api::Routes& routes, Accounts& accounts, std::string_view path, std::string_view name) {
    routes.add(
        spec(http::Method::put, path, name, "Changes what is given of the own profile.", anybody_signed_in(), usual_rate(), profile_refusals()),
        [&accounts](api::Input<api::None, api::None, ProfileBody> in) {
            return write_profile(accounts, user_of(in.caller), change_of(std::move(in.body)), false);
        });
}

void add_follows(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors) {
    using http::Method;
    const api::Refusal self{409, "follow_self", "nobody follows itself."};
    routes.add(spec(Method::post, "/api/users/{id}/follow", "users.follow", "Follows somebody; doing it again changes nothing.", anybody_signed_in(),
                    usual_rate(), {kNoUser, self}),
               [&accounts](api::Input<UserPath> in) { return set_following(accounts, user_of(in.caller), std::move(in.path.id), true); });
    routes.add(spec(Method::del, "/api/users/{id}/follow", "users.unfollow", "Follows somebody no longer; doing it again changes nothing.",
                    anybody_signed_in(), usual_rate(), {kNoUser, self}),
               [&accounts](api::Input<UserPath> in) { return set_following(accounts, user_of(in.caller), std::move(in.path.id), false); });
    routes.add(api::public_read("/api/users/{id}/followers", "users.followers", "Who follows somebody, the latest first.", {kNoUser}),
               [&accounts, &cursors](api::Input<UserPath, PageQuery> in) {
                   return list(accounts, cursors, store::FollowSide::followers, std::move(in.path.id), std::move(in.query));
               });
    routes.add(api::public_read("/api/users/{id}/following", "users.following", "Whom somebody follows, the latest first.", {kNoUser}),
               [&accounts, &cursors](api::Input<UserPath, PageQuery> in) {
                   return list(accounts, cursors, store::FollowSide::following, std::move(in.path.id), std::move(in.query));
               });
}

}  // namespace

void add_people(api::Routes& routes, Accounts& accounts, const api::Cursors& cursors) {
    using http::Method;
    routes.add(spec(Method::post, "/api/auth/onboard", "auth.onboard", "Says who somebody is, after the registration; doing it again changes it.",
                    anybody_signed_in(), usual_rate(), profile_refusals()),
               [&accounts](api::Input<api::None, api::None, OnboardBody> in) {
                   return write_profile(accounts, user_of(in.caller), change_of(std::move(in.body)), true);
               });
    routes.add(spec(Method::get, "/api/auth/username/{name}", "auth.check_username", "Whether a username is free, and what would do instead.",
                    api::Who::anyone(), usual_rate(), {}),
               [&accounts](api::Input<NamePath> in) { return check_name(accounts, std::move(in.path.name), user_of(in.caller)); });
    add_profile(routes, accounts, "/api/auth/profile", "auth.profile");
    add_profile(routes, accounts, "/api/profile", "profile.change");
    auto refusals = profile_refusals();
    refusals.push_back({403, "not_yours", "it is somebody else's."});
    routes.add(spec(Method::put, "/api/users/{id}", "users.change", "Changes what is given of the own profile.", anybody_signed_in(), usual_rate(),
                    std::move(refusals)),
               [&accounts](api::Input<UserPath, api::None, ProfileBody> in) {
                   return write_own(accounts, std::move(in.path.id), user_of(in.caller), std::move(in.body));
               });
    routes.add(api::public_read("/api/users/{id}", "users.get", "Somebody, by id or username; 308 for a username of before.", {kNoUser}),
               [&accounts](api::Input<UserPath> in) { return show(accounts, std::move(in.path.id), user_of(in.caller)); });
    add_follows(routes, accounts, cursors);
}

}  // namespace ae::accounts::routes
