// Everything about an account, for its owner.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "accounts/follow_store.hpp"
#include "accounts/overseer.hpp"
#include "accounts/session_store.hpp"
#include "accounts/user_store.hpp"
#include "net/api/json_pretty.hpp"

namespace ae::accounts {

namespace {

namespace json = boost::json;

constexpr std::int64_t kMost = 1'000'000;

json::value text_of(const std::optional<std::string>& text) { return text ? json::value(*text) : json::value(nullptr); }
json::value text_of(const std::optional<WallTime>& time) { return time ? json::value(to_rfc3339(*time)) : json::value(nullptr); }

json::object account_object(const User& user) {
    return {{"id", user.id.str()},
            {"email", user.email},
            {"emailVerifiedAt", text_of(user.email_verified_at)},
            {"username", text_of(user.username)},
            {"displayName", user.display_name},
            {"avatar", text_of(user.avatar)},
            {"bio", text_of(user.bio)},
            {"externalId", text_of(user.external_id)},
            {"role", json::string{word_of(user.role)}},
            {"theme", user.theme},
            {"language", user.language},
            {"notificationEmail", text_of(user.notification_email)},
            {"socialLinks", json::parse(social::json_of(user.social_links))},
            {"createdAt", to_rfc3339(user.created_at)},
            {"updatedAt", to_rfc3339(user.updated_at)}};
}

json::array sessions_array(db::Transaction& transaction, const UserId& user, WallTime now) {
    json::array all;
    for (const auto& one : store::sessions_of(transaction, user, now)) {
        all.push_back(json::object{{"device", one.device},
                                   {"address", one.address},
                                   {"createdAt", to_rfc3339(one.created_at)},
                                   {"lastSeenAt", to_rfc3339(one.last_seen_at)}});
    }
    return all;
}

json::array tokens_array(db::Transaction& transaction, const UserId& user) {
    json::array all;
    for (const auto& one : store::tokens_of(transaction, user)) {
        all.push_back(json::object{{"name", one.name},
                                   {"createdAt", to_rfc3339(one.created_at)},
                                   {"lastUsedAt", text_of(one.last_used_at)},
                                   {"lastUsedAddress", text_of(one.last_used_address)}});
    }
    return all;
}

json::array follows_array(db::Transaction& transaction, store::FollowSide side, const UserId& user) {
    json::array all;
    for (const auto& one : store::follow_list(transaction, side, user, "", kMost)) {
        all.push_back(json::object{{"username", one.username}, {"since", to_rfc3339(one.since)}});
    }
    return all;
}

json::array audit_array(db::Transaction& transaction, const UserId& user) {
    json::array all;
    for (const auto& one : store::audit_of(transaction, user, kMost)) {
        all.push_back(
            json::object{{"action", one.action}, {"at", to_rfc3339(one.created_at)}, {"address", one.address}, {"byOwner", one.actor == user.str()}});
    }
    return all;
}

}  // namespace

io::Task<Result<std::string>> Overseer::export_of(UserId user) {
    auto look = [user, now = needs_.clock.wall()](db::Transaction& transaction) -> Result<json::object> {
        const auto found = store::find(transaction, user);
        if (!found) return no_user();
        return json::object{{"account", account_object(*found)},
                            {"sessions", sessions_array(transaction, user, now)},
                            {"bearerTokens", tokens_array(transaction, user)},
                            {"followers", follows_array(transaction, store::FollowSide::followers, user)},
                            {"following", follows_array(transaction, store::FollowSide::following, user)},
                            {"audit", audit_array(transaction, user)}};
    };
    auto all = co_await needs_.db.read(std::move(look));
    if (!all) co_return std::move(all.error());
    const auto more = json::parse(co_await needs_.dependents.export_of(std::move(user)));
    for (const auto& member : more.as_object()) (*all)[member.key()] = member.value();
    co_return api::json_pretty(std::move(*all));
}

}  // namespace ae::accounts
