// What the API shows of accounts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "accounts/follow_store.hpp"
#include "accounts/ports.hpp"
#include "accounts/session.hpp"
#include "social/links.hpp"

namespace ae::accounts::wire {

struct OwnChannel {
    std::string id;
    std::string slug;
    std::string name;
    std::optional<std::string> avatar;
};
BOOST_DESCRIBE_STRUCT(OwnChannel, (), (id, slug, name, avatar))

/// The one who asks, to itself.
struct Me {
    UserId id;
    /// Null until onboarding.
    std::optional<std::string> username;
    std::string displayName;
    std::string email;
    bool emailVerified = false;
    std::optional<std::string> avatar;
    std::string bio;
    Role role = Role::viewer;
    bool onboarded = false;
    std::string language;
    std::string theme;
    std::optional<std::string> notificationEmail;
    social::SocialLinks socialLinks;
    bool twoFactor = false;
    std::int64_t followerCount = 0;
    std::int64_t followingCount = 0;
    WallTime createdAt;
    std::vector<OwnChannel> channels;
};
BOOST_DESCRIBE_STRUCT(Me, (),
                      (id, username, displayName, email, emailVerified, avatar, bio, role, onboarded, language, theme, notificationEmail, socialLinks,
                       twoFactor, followerCount, followingCount, createdAt, channels))

/// Who got in. Null after a registration whose address has to be proven first: a letter is under way, and the answer is the same for an address that has an
/// account already.
struct Entered {
    std::optional<Me> user;
};
BOOST_DESCRIBE_STRUCT(Entered, (), (user))

/// Somebody, to others.
struct Profile {
    UserId id;
    std::string username;
    std::string displayName;
    std::optional<std::string> avatar;
    std::string bio;
    Role role = Role::viewer;
    social::SocialLinks socialLinks;
    std::int64_t followerCount = 0;
    std::int64_t followingCount = 0;
    bool isFollowing = false;
    bool isSelf = false;
    WallTime createdAt;
    std::vector<OwnChannel> channels;
};
BOOST_DESCRIBE_STRUCT(Profile, (),
                      (id, username, displayName, avatar, bio, role, socialLinks, followerCount, followingCount, isFollowing, isSelf, createdAt,
                       channels))

/// Somebody in a list of who follows whom.
struct PersonCard {
    UserId id;
    std::string username;
    std::string displayName;
    std::optional<std::string> avatar;
    WallTime since;
};
BOOST_DESCRIBE_STRUCT(PersonCard, (), (id, username, displayName, avatar, since))

struct PersonFollow {
    bool isFollowing = false;
    std::int64_t followerCount = 0;
};
BOOST_DESCRIBE_STRUCT(PersonFollow, (), (isFollowing, followerCount))

struct NameCheck {
    bool available = false;
    std::optional<std::string> reason;
    std::vector<std::string> suggestions;
};
BOOST_DESCRIBE_STRUCT(NameCheck, (), (available, reason, suggestions))

struct LoginSession {
    SessionId id;
    std::string device;
    std::string address;
    WallTime createdAt;
    WallTime lastSeenAt;
    /// The one that asks.
    bool isCurrent = false;
};
BOOST_DESCRIBE_STRUCT(LoginSession, (), (id, device, address, createdAt, lastSeenAt, isCurrent))

struct BearerToken {
    AccessTokenId id;
    std::string name;
    std::string lastFour;
    std::vector<Scope> scopes;
    WallTime createdAt;
    std::optional<WallTime> expiresAt;
    std::optional<WallTime> lastUsedAt;
    std::optional<std::string> lastUsedAddress;
};
BOOST_DESCRIBE_STRUCT(BearerToken, (), (id, name, lastFour, scopes, createdAt, expiresAt, lastUsedAt, lastUsedAddress))

/// The token itself is shown here, and never again.
struct NewBearerToken {
    std::string secret;
    BearerToken token;
};
BOOST_DESCRIBE_STRUCT(NewBearerToken, (), (secret, token))

/// An account, to admins.
struct Account {
    UserId id;
    std::string email;
    bool emailVerified = false;
    std::optional<std::string> username;
    std::string displayName;
    std::optional<std::string> avatar;
    Role role = Role::viewer;
    bool disabled = false;
    WallTime createdAt;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, email, emailVerified, username, displayName, avatar, role, disabled, createdAt))

std::vector<OwnChannel> channels_of(const std::vector<OwnedChannel>& channels);
Me me_of(const User& user, bool two_factor, const std::vector<OwnedChannel>& channels);
Profile profile_of(const User& user, bool followed, bool self, const std::vector<OwnedChannel>& channels);
PersonCard card_of(const store::FollowCard& card);
LoginSession session_of(const Session& session, const std::string& current);
BearerToken token_of(const AccessToken& token);
Account account_of(const User& user);

}  // namespace ae::accounts::wire
