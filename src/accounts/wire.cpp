#include "accounts/wire.hpp"

namespace ae::accounts::wire {

std::vector<OwnChannel> channels_of(const std::vector<OwnedChannel>& channels) {
    std::vector<OwnChannel> shown;
    for (const auto& channel : channels) shown.push_back({channel.id, channel.slug, channel.name, channel.avatar});
    return shown;
}

Me me_of(const User& user, bool two_factor, const std::vector<OwnedChannel>& channels) {
    return {.id = user.id,
            .username = user.username,
            .displayName = user.display_name,
            .email = user.email,
            .emailVerified = user.email_verified_at.has_value(),
            .avatar = user.avatar,
            .bio = user.bio.value_or(""),
            .role = user.role,
            .onboarded = user.onboarded_at.has_value(),
            .language = user.language,
            .theme = user.theme,
            .notificationEmail = user.notification_email,
            .socialLinks = user.social_links,
            .twoFactor = two_factor,
            .followerCount = user.follower_count,
            .followingCount = user.following_count,
            .createdAt = user.created_at,
            .channels = channels_of(channels)};
}

Profile profile_of(const User& user, bool followed, bool self, const std::vector<OwnedChannel>& channels) {
    return {.id = user.id,
            .username = user.username.value_or(""),
            .displayName = user.display_name,
            .avatar = user.avatar,
            .bio = user.bio.value_or(""),
            .role = user.role,
            .socialLinks = user.social_links,
            .followerCount = user.follower_count,
            .followingCount = user.following_count,
            .isFollowing = followed,
            .isSelf = self,
            .createdAt = user.created_at,
            .channels = channels_of(channels)};
}

PersonCard card_of(const store::FollowCard& card) { return {card.user, card.username, card.display_name, card.avatar, card.since}; }

LoginSession session_of(const Session& session, const std::string& current) {
    return {session.id, session.device, session.address, session.created_at, session.last_seen_at, session.id.str() == current};
}

BearerToken token_of(const AccessToken& token) {
    return {token.id, token.name, token.last_four, token.scopes, token.created_at, token.expires_at, token.last_used_at, token.last_used_address};
}

Account account_of(const User& user) {
    return {.id = user.id,
            .email = user.email,
            .emailVerified = user.email_verified_at.has_value(),
            .username = user.username,
            .displayName = user.display_name,
            .avatar = user.avatar,
            .role = user.role,
            .disabled = user.disabled_at.has_value(),
            .createdAt = user.created_at};
}

}  // namespace ae::accounts::wire
