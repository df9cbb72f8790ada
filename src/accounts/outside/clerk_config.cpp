#include "accounts/outside/clerk_config.hpp"

#include <sstream>

#include "net/webhook/svix_signature.hpp"

namespace ae::outside {

namespace {

Error wrong(const char* why) { return {Errc::invalid, "clerk_config_invalid", why}; }

}  // namespace

void describe(config::Section& section, ClerkConfig& config) {
    section.field(
        "issuer", &config.issuer,
        "The frontend API of a Clerk application, as https://clerk.example.org; its session tokens then let people in. Empty: Clerk is not used.");
    section.field("authorized_parties", &config.authorized_parties,
                  "Origins whose pages may use those tokens (azp), as https://live.example.org; empty: any that Clerk gives them to.");
    section.field("webhook_secrets", &config.webhook_secrets,
                  "Signing secrets (whsec_...) of the webhook at /api/webhooks/clerk; several with blanks between them while they are rotated.");
    section.field("is_private", &config.is_private, "The issuer may be on this machine or in a private network: for tests.");
}

Result<std::vector<Secret>> webhook_keys(const ClerkConfig& config) {
    if (config.is_used() && !config.issuer.starts_with("https://") && !(config.is_private && config.issuer.starts_with("http://"))) {
        return wrong("clerk.issuer is no https:// address.");
    }
    std::vector<Secret> keys;
    std::istringstream words{config.webhook_secrets.reveal()};  // decoded, and kept as keys
    for (std::string word; words >> word;) {
        auto key = webhook::svix_key(Secret{word});
        if (!key) return wrong("clerk.webhook_secrets are written whsec_ and base 64.");
        keys.push_back(std::move(*key));
    }
    return keys;
}

}  // namespace ae::outside
