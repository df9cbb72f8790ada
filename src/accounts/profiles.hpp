// What people are called and what others see of them.
#pragma once

#include "accounts/account_service.hpp"
#include "accounts/follow_store.hpp"

namespace ae::accounts {

/// What is given changes; the rest stays.
struct ProfileChange {
    std::optional<std::string> username = {};
    std::optional<std::string> display_name = {};
    std::optional<std::string> bio = {};
    std::optional<std::string> language = {};
    std::optional<std::string> theme = {};
    std::optional<std::string> notification_email = {};
    std::optional<social::SocialLinks> social_links = {};
};

/// Somebody as others see them.
struct Seen {
    User user;
    bool followed = false;
    /// Found under a name that it had before.
    bool moved = false;
};

struct NameAnswer {
    bool available = false;
    /// `username_invalid`, `username_reserved`, `username_taken`; empty when it is available.
    std::string reason = {};
    std::vector<std::string> suggestions = {};
};

struct FollowState {
    bool following = false;
    std::int64_t followers = 0;
};

struct FollowPage {
    std::vector<store::FollowCard> people;
    /// Hand it to the next call; empty at the end.
    std::string next;
};

class Profiles {
  public:
    /// `accounts` outlives it.
    explicit Profiles(AccountService& accounts) : needs_(accounts.needs()) {}

    /// The first time somebody says who they are: a username and a display name are needed then. Doing it again changes them. Refuses what `change` refuses.
    io::Task<Result<User>> onboard(UserId user, ProfileChange profile);
    /// Refuses `username_invalid`, `username_reserved`, `username_taken`, `display_name_invalid`, `bio_invalid`, `language_invalid`, `theme_invalid`, `email_invalid` (of
    /// the notification address; empty: none), `social_link_invalid`, `user_not_found`.
    io::Task<Result<User>> change(UserId user, ProfileChange change);
    /// Another picture (nothing: none); answers the one before, whose file may go.
    io::Task<Result<std::optional<std::string>>> set_avatar(UserId user, std::optional<std::string> avatar);
    /// Whether `user` (empty: a stranger) could be called so.
    io::Task<NameAnswer> check_name(std::string name, UserId user);
    io::Task<std::vector<std::string>> suggest(std::string name, UserId user);

    /// By id, username, or a username of before; `viewer` (empty: a stranger) may follow them. Who has not said who they are, or is disabled, is not there: refuses
    /// `user_not_found`.
    io::Task<Result<Seen>> show(std::string id_or_name, UserId viewer);

    /// Both can be done again. Refuse `user_not_found`, and `follow_self`.
    io::Task<Result<FollowState>> follow(UserId follower, std::string id_or_name);
    io::Task<Result<FollowState>> unfollow(UserId follower, std::string id_or_name);
    /// `after` is the `next` of the page before. Refuses `user_not_found`.
    io::Task<Result<FollowPage>> list(store::FollowSide side, std::string id_or_name, std::string after, std::int64_t most);

  private:
    io::Task<Result<FollowState>> set_following(UserId follower, std::string id_or_name, bool wanted);
    io::Task<Result<User>> write_change(UserId user, ProfileChange change, bool onboarding);

    const AccountNeeds& needs_;
};

}  // namespace ae::accounts
