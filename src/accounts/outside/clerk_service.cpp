#include "accounts/outside/clerk_service.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "accounts/account_rules.hpp"
#include "accounts/outside/outside_store.hpp"
#include "accounts/user_store.hpp"
#include "base/log.hpp"

namespace ae::outside {

namespace {

using accounts::User;

constexpr std::int64_t kRecentMinutes = 10;

jose::JwksSource source_of(const ClerkConfig& config) {
    auto base = config.issuer;
    while (base.ends_with('/')) base.pop_back();
    jose::JwksSource source{.purpose = "clerk_keys", .url = base + "/.well-known/jwks.json"};
    if (config.is_private) source.may_connect = io::is_any_address;
    return source;
}

/// `fva`: minutes since the first and the second factor were shown; -1: never.
bool is_recent(const jose::Claims& claims) {
    const auto* ages = claims.all().if_contains("fva");
    if (ages == nullptr || !ages->is_array() || ages->get_array().empty()) return false;
    const auto* first = ages->get_array().front().if_int64();
    return first != nullptr && *first >= 0 && *first < kRecentMinutes;
}

/// What Clerk says takes the place of what we have; the name only until its owner chose one here.
bool apply(const ClerkEvent& event, WallTime now, User& user) {
    const auto before = user;
    if (const auto address = accounts::check_email(event.email)) {
        const bool same = *address == user.email;
        user.email = *address;
        if (event.email_verified && (!same || !user.email_verified_at)) user.email_verified_at = now;
        if (!event.email_verified && !same) user.email_verified_at = std::nullopt;
    }
    if (!user.onboarded_at && accounts::check_display_name(event.display_name)) user.display_name = event.display_name;
    user.updated_at = now;
    return before.email != user.email || before.email_verified_at != user.email_verified_at || before.display_name != user.display_name;
}

}  // namespace

ClerkService::ClerkService(const ClerkConfig& config, accounts::Accounts& accounts, io::Shard& home, io::HttpClient& http)
    : config_(config),
      accounts_(accounts),
      needs_(accounts.service.needs()),
      webhook_keys_(webhook_keys(config).value()),
      keys_(source_of(config), home, http, needs_.clock) {}

io::Task<std::optional<jose::Claims>> ClerkService::believe(std::string compact) {
    const auto token = jose::read_token(compact);
    // Clerk signs with RS256 and nothing else.
    if (!token || token->algorithm != crypto::SignatureAlgorithm::rs256) co_return std::nullopt;
    const auto key = co_await keys_.find(token->key_id, token->algorithm);
    if (!key) co_return std::nullopt;
    const jose::TokenRules rules{.issuer = config_.issuer};
    auto claims = jose::verify_token(*token, *key, rules, needs_.clock.wall());
    if (!claims) co_return std::nullopt;
    const auto party = claims->text("azp");
    const auto& allowed = config_.authorized_parties;
    if (!allowed.empty() && (!party || std::ranges::find(allowed, *party) == allowed.end())) co_return std::nullopt;
    // A session that still lacks a step of signing in.
    if (claims->text("sts") == "pending") co_return std::nullopt;
    co_return std::move(*claims);
}

io::Task<std::optional<ClerkPresence>> ClerkService::find(std::string token) {
    auto claims = co_await believe(std::move(token));
    if (!claims) co_return std::nullopt;
    auto user = co_await user_of(*claims);
    if (!user || user->disabled_at) co_return std::nullopt;
    co_return ClerkPresence{.user = std::move(*user), .session = claims->text("sid").value_or(""), .recent = is_recent(*claims)};
}

io::Task<std::optional<User>> ClerkService::user_of(jose::Claims claims) {
    auto known = co_await find_user(clerk_external_id(claims.subject()));
    const auto email = claims.text("email");
    if (known || !email) co_return known;
    // The webhook is still under way, and the operator put the address into the token.
    accounts::ExternalIdentity identity{.external_id = clerk_external_id(claims.subject()),
                                        .email = *email,
                                        .email_verified = claims.boolean("email_verified").value_or(false),
                                        .display_name = claims.text("name").value_or("")};
    auto made = co_await accounts_.service.find_or_create_external(std::move(identity));
    if (!made) co_return std::nullopt;
    co_return std::move(*made);
}

io::Task<std::optional<User>> ClerkService::find_user(std::string external_id) {
    auto look = [external_id = std::move(external_id)](db::Transaction& transaction) {
        return accounts::store::find_by_external_id(transaction, external_id);
    };
    co_return co_await needs_.db.read(std::move(look));
}

io::Task<Result<void>> ClerkService::take(std::string id, std::string timestamp, std::string signatures, std::string body) {
    const auto now = needs_.clock.wall();
    if (webhook_keys_.empty()) co_return Error{Errc::unavailable, "webhook_not_configured", "This server has no clerk.webhook_secrets."};
    if (auto is_clerks = webhook::verify_svix(webhook_keys_, {id, timestamp, signatures}, body, now); !is_clerks)
        co_return std::move(is_clerks.error());
    auto event = read_clerk_event(body);
    if (!event) co_return std::move(event.error());

    const auto external_id = clerk_external_id(event->user);
    auto look = [id, external_id, as_of = event->as_of](db::Transaction& transaction) {
        const auto news = store::news_of(transaction, external_id);
        const bool is_old = news && (news->is_deleted || (as_of && *as_of < news->as_of));
        return is_old || store::was_taken(transaction, id);
    };
    const bool is_known = co_await needs_.db.read(std::move(look));
    if (event->kind == ClerkEventKind::other || is_known) co_return Result<void>{};

    // The effect can be had again: if this server ends before it is noted, the sender repeats the webhook and nothing happens twice.
    const bool is_deletion = event->kind == ClerkEventKind::user_deleted;
    const auto as_of = event->as_of.value_or(now);
    auto work = is_deletion ? remove_user(std::move(*event)) : keep_user(std::move(*event));
    co_await std::move(work);
    auto note = [id, external_id, as_of, is_deletion, now](db::Transaction& transaction) {
        store::note_taken(transaction, id, now);
        store::note_news(transaction, external_id, {.as_of = as_of, .is_deleted = is_deletion});
    };
    co_await needs_.db.write(std::move(note));
    co_return Result<void>{};
}

io::Task<> ClerkService::keep_user(ClerkEvent event) {
    auto known = co_await find_user(clerk_external_id(event.user));
    if (known) co_await change_user(std::move(*known), std::move(event));
    else co_await create_user(std::move(event));
}

io::Task<> ClerkService::create_user(ClerkEvent event) {
    accounts::ExternalIdentity identity{.external_id = clerk_external_id(event.user),
                                        .email = event.email,
                                        .email_verified = event.email_verified,
                                        .display_name = event.display_name};
    const auto made = co_await accounts_.service.find_or_create_external(std::move(identity));
    // It would be refused again however often the sender repeats it.
    if (!made) log::warn("clerk.user_refused", {{"clerk_user", event.user}, {"reason", made.error().reason}});
}

io::Task<> ClerkService::change_user(User user, ClerkEvent event) {
    const auto now = needs_.clock.wall();
    auto write = [id = user.id, event, now, line = make_id_text(now, needs_.random)](db::Transaction& transaction) {
        auto present = accounts::store::find(transaction, id);
        if (!present || !apply(event, now, *present)) return;
        accounts::store::update(transaction, *present);
        accounts::note(transaction, line, now, id, "clerk", "identity_changed", "");
    };
    bool is_taken = false;
    try {
        co_await needs_.db.write(std::move(write));
    } catch (const db::UniqueViolation&) {
        is_taken = true;
    }
    if (is_taken) log::warn("clerk.user_refused", {{"clerk_user", event.user}, {"reason", "email_taken"}});
}

io::Task<> ClerkService::remove_user(ClerkEvent event) {
    auto known = co_await find_user(clerk_external_id(event.user));
    if (!known) co_return;
    accounts::Actor actor{.who = "clerk"};
    const auto removed = co_await accounts_.overseer.remove(known->id, std::move(actor));
    if (!removed) log::warn("clerk.user_refused", {{"clerk_user", event.user}, {"reason", removed.error().reason}});
}

}  // namespace ae::outside
