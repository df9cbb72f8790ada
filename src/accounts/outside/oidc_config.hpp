// Whose word is taken for who somebody is.
#pragma once

#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace ae::outside {

/// A provider of OpenID Connect.
struct OidcProvider {
    /// Its word in addresses.
    std::string name;
    std::string issuer;
    std::string client_id;
    /// Empty: a public client, which proves itself by PKCE alone.
    Secret client_secret = {};
    /// What people read on the button.
    std::string title;
    /// It may be on this machine or in a private network.
    bool is_private = false;
};

struct OidcConfig {
    std::vector<std::string> providers;
    Secret secrets;
    std::vector<std::string> private_providers;
};

void describe(config::Section& section, OidcConfig& config);
/// Refuses `oidc_config_invalid` with a sentence for the operator.
Result<std::vector<OidcProvider>> providers_of(const OidcConfig& config);

}  // namespace ae::outside
