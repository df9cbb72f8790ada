#include "accounts/profiles.hpp"

#include <algorithm>

#include "accounts/account_rules.hpp"
#include "accounts/user_store.hpp"
#include "names/name_rules.hpp"
#include "names/names.hpp"

namespace ae::accounts {

namespace {

constexpr std::size_t kSuggestions = 3;
constexpr std::int64_t kListMost = 100;

Error name_taken() { return {Errc::conflict, "username_taken", "Somebody else has this name; choose another."}; }

names::Holder holder_of(const UserId& user) { return {names::Kind::user, user.str(), user.str()}; }

/// Everything that can be said of a change without looking at anything; what is kept may differ from what was given.
Result<ProfileChange> checked(ProfileChange change) {
    const auto refused = [](const std::optional<std::string>& text, Result<void> (*check)(std::string_view)) -> std::optional<Error> {
        if (!text) return std::nullopt;
        if (auto good = check(*text); !good) return good.error();
        return std::nullopt;
    };
    if (auto error = refused(change.username, names::check_username)) return std::move(*error);
    if (auto error = refused(change.display_name, check_display_name)) return std::move(*error);
    if (auto error = refused(change.bio, check_bio)) return std::move(*error);
    if (auto error = refused(change.language, check_language)) return std::move(*error);
    if (auto error = refused(change.theme, check_theme)) return std::move(*error);
    if (change.notification_email && !change.notification_email->empty()) {
        auto address = check_email(*change.notification_email);
        if (!address) return address.error();
        change.notification_email = std::move(*address);
    }
    if (change.social_links) {
        auto links = social::check_links(std::move(*change.social_links));
        if (!links) return links.error();
        change.social_links = std::move(*links);
    }
    return change;
}

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional{text}; }

void apply(User& user, const ProfileChange& change) {
    if (change.username) user.username = change.username;
    if (change.display_name) user.display_name = *change.display_name;
    if (change.bio) user.bio = unless_empty(*change.bio);
    if (change.language) user.language = *change.language;
    if (change.theme) user.theme = *change.theme;
    if (change.notification_email) user.notification_email = unless_empty(*change.notification_email);
    if (change.social_links) user.social_links = *change.social_links;
}

bool shows_itself(const User& user) { return user.onboarded_at && !user.disabled_at; }

/// By id, username, or a username of before.
std::optional<Seen> look_up(db::Transaction& transaction, const std::string& id_or_name) {
    Seen seen;
    auto id = id_or_name;
    if (!looks_like_id(id_or_name)) {
        const auto found = names::find(transaction, names::Kind::user, id_or_name);
        if (!found) return std::nullopt;
        id = found->id;
        seen.moved = found->moved;
    }
    auto user = store::find(transaction, UserId{id});
    if (!user || !shows_itself(*user)) return std::nullopt;
    seen.user = std::move(*user);
    return seen;
}

}  // namespace

io::Task<Result<User>> Profiles::onboard(UserId user, ProfileChange profile) {
    co_return co_await write_change(std::move(user), std::move(profile), true);
}

io::Task<Result<User>> Profiles::change(UserId user, ProfileChange change) {
    co_return co_await write_change(std::move(user), std::move(change), false);
}

io::Task<Result<User>> Profiles::write_change(UserId user, ProfileChange change, bool onboarding) {
    auto good = checked(std::move(change));
    if (!good) co_return std::move(good.error());
    auto write = [user = std::move(user), change = std::move(*good), onboarding,
                  now = needs_.clock.wall()](db::Transaction& transaction) -> Result<User> {
        auto found = store::find(transaction, user);
        if (!found) return no_user();
        if (change.username && change.username != found->username) {
            if (!names::claim(transaction, holder_of(user), *change.username, now)) return name_taken();
        }
        apply(*found, change);
        if (onboarding && !found->onboarded_at) found->onboarded_at = now;
        found->updated_at = now;
        store::update(transaction, *found);
        return std::move(*found);
    };
    co_return co_await needs_.db.write(std::move(write));
}

io::Task<Result<std::optional<std::string>>> Profiles::set_avatar(UserId user, std::optional<std::string> avatar) {
    auto write = [user = std::move(user), avatar = std::move(avatar),
                  now = needs_.clock.wall()](db::Transaction& transaction) -> Result<std::optional<std::string>> {
        auto found = store::find(transaction, user);
        if (!found) return no_user();
        auto before = std::exchange(found->avatar, avatar);
        found->updated_at = now;
        store::update(transaction, *found);
        return before;
    };
    co_return co_await needs_.db.write(std::move(write));
}

io::Task<NameAnswer> Profiles::check_name(std::string name, UserId user) {
    NameAnswer answer;
    if (auto good = names::check_username(name); !good) {
        answer.reason = good.error().reason;
    } else {
        auto look = [name, user, now = needs_.clock.wall()](db::Transaction& transaction) {
            return names::available(transaction, holder_of(user), name, now);
        };
        answer.available = co_await needs_.db.read(std::move(look));
        if (!answer.available) answer.reason = "username_taken";
    }
    if (!answer.available) answer.suggestions = co_await suggest(std::move(name), std::move(user));
    co_return answer;
}

io::Task<std::vector<std::string>> Profiles::suggest(std::string name, UserId user) {
    auto look = [name = std::move(name), user = std::move(user), now = needs_.clock.wall()](db::Transaction& transaction) {
        return names::suggest(transaction, holder_of(user), name, kSuggestions, now);
    };
    co_return co_await needs_.db.read(std::move(look));
}

io::Task<Result<Seen>> Profiles::show(std::string id_or_name, UserId viewer) {
    auto look = [wanted = std::move(id_or_name), viewer = std::move(viewer)](db::Transaction& transaction) -> Result<Seen> {
        auto seen = look_up(transaction, wanted);
        if (!seen) return no_user();
        seen->followed = !viewer.empty() && store::follows(transaction, viewer, seen->user.id);
        return std::move(*seen);
    };
    co_return co_await needs_.db.read(std::move(look));
}

io::Task<Result<FollowState>> Profiles::follow(UserId follower, std::string id_or_name) {
    co_return co_await set_following(std::move(follower), std::move(id_or_name), true);
}

io::Task<Result<FollowState>> Profiles::unfollow(UserId follower, std::string id_or_name) {
    co_return co_await set_following(std::move(follower), std::move(id_or_name), false);
}

io::Task<Result<FollowState>> Profiles::set_following(UserId follower, std::string id_or_name, bool wanted) {
    const auto now = needs_.clock.wall();
    auto write = [follower = std::move(follower), whom = std::move(id_or_name), wanted, now,
                  id = make_id_text(now, needs_.random)](db::Transaction& transaction) -> Result<FollowState> {
        const auto seen = look_up(transaction, whom);
        if (!seen) return no_user();
        if (seen->user.id == follower) return Error{Errc::conflict, "follow_self", "You cannot follow yourself."};
        const bool changed =
            wanted ? store::follow(transaction, id, follower, seen->user.id, now) : store::unfollow(transaction, follower, seen->user.id);
        const auto by = !changed ? 0 : wanted ? 1 : -1;
        return FollowState{wanted, seen->user.follower_count + by};
    };
    co_return co_await needs_.db.write(std::move(write));
}

io::Task<Result<FollowPage>> Profiles::list(store::FollowSide side, std::string id_or_name, std::string after, std::int64_t most) {
    const auto count = std::clamp<std::int64_t>(most, 1, kListMost);
    // One more than asked for says whether there is a next page.
    auto look = [side, whom = std::move(id_or_name), after = std::move(after), count](db::Transaction& transaction) -> Result<FollowPage> {
        const auto seen = look_up(transaction, whom);
        if (!seen) return no_user();
        return FollowPage{store::follow_list(transaction, side, seen->user.id, after, count + 1), {}};
    };
    auto page = co_await needs_.db.read(std::move(look));
    if (page && std::ssize(page->people) > count) {
        page->people.pop_back();
        page->next = page->people.back().follow;
    }
    co_return page;
}

}  // namespace ae::accounts
