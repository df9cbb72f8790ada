// Clerk in the place of our own sign-in: its session tokens say who somebody is, its webhooks keep our accounts as it has them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/accounts.hpp"
#include "accounts/outside/clerk_config.hpp"
#include "accounts/outside/clerk_event.hpp"
#include "io/http_client.hpp"
#include "io/shard.hpp"
#include "net/jose/jwks_cache.hpp"
#include "net/jose/jwt.hpp"
#include "net/webhook/svix_signature.hpp"

namespace ae::outside {

/// Who a session token is of.
struct ClerkPresence {
    accounts::User user;
    std::string session;
    /// Clerk saw a proof within ten minutes.
    bool recent = false;
};

/// Any shard may ask.
class ClerkService {
  public:
    /// All references outlive it; the configuration was checked.
    ClerkService(const ClerkConfig& config, accounts::Accounts& accounts, io::Shard& home, io::HttpClient& http);

    bool is_used() const { return config_.is_used(); }

    /// Nothing for a token that cannot be believed, and for somebody whom we do not have (and whose token names no address to make an account of), or who is
    /// disabled.
    io::Task<std::optional<ClerkPresence>> find(std::string token);

    /// Takes a webhook. One that was taken before, or is older than what was heard since, changes nothing and is no refusal. Refuses what `verify_svix` and
    /// `read_clerk_event` refuse, and `webhook_not_configured`.
    io::Task<Result<void>> take(std::string id, std::string timestamp, std::string signatures, std::string body);

  private:
    io::Task<std::optional<jose::Claims>> believe(std::string token);
    io::Task<std::optional<accounts::User>> user_of(jose::Claims claims);
    io::Task<> keep_user(ClerkEvent event);
    io::Task<> remove_user(ClerkEvent event);
    io::Task<std::optional<accounts::User>> find_user(std::string external_id);
    io::Task<> create_user(ClerkEvent event);
    io::Task<> change_user(accounts::User user, ClerkEvent event);

    const ClerkConfig& config_;
    accounts::Accounts& accounts_;
    const accounts::AccountNeeds& needs_;
    std::vector<Secret> webhook_keys_;
    jose::JwksCache keys_;
};

}  // namespace ae::outside
