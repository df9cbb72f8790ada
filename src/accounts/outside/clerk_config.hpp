// Clerk, when it stands in for our own accounts.
#pragma once

#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace ae::outside {

struct ClerkConfig {
    /// Empty: Clerk is not used.
    std::string issuer;
    std::vector<std::string> authorized_parties;
    Secret webhook_secrets;
    bool is_private = false;

    bool is_used() const { return !issuer.empty(); }
};

void describe(config::Section& section, ClerkConfig& config);
/// The keys behind `webhook_secrets`. Refuses `clerk_config_invalid` with a sentence for the operator.
Result<std::vector<Secret>> webhook_keys(const ClerkConfig& config);

}  // namespace ae::outside
