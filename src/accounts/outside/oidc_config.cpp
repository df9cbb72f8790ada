#include "accounts/outside/oidc_config.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <fmt/format.h>

namespace ae::outside {

namespace {

Error wrong(std::string why) { return {Errc::invalid, "oidc_config_invalid", std::move(why)}; }

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 30 &&
           std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

/// `google=abc corp=xyz`.
std::map<std::string, std::string> secrets_of(const Secret& written) {
    std::map<std::string, std::string> all;
    std::istringstream words{written.reveal()};  // each goes to the provider it belongs to
    for (std::string word; words >> word;) {
        const auto equals = word.find('=');
        if (equals != std::string::npos) all[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return all;
}

Result<OidcProvider> provider_of(const std::string& line) {
    std::istringstream words{line};
    OidcProvider provider;
    words >> provider.name >> provider.issuer >> provider.client_id;
    std::getline(words >> std::ws, provider.title);
    if (provider.title.empty()) provider.title = provider.name;
    if (!is_name(provider.name)) return wrong(fmt::format("oidc.providers: \"{}\" begins with no name of a-z, 0-9 and -.", line));
    if (!provider.issuer.starts_with("https://") && !provider.issuer.starts_with("http://")) {
        return wrong(fmt::format("oidc.providers: the issuer of {} is no https:// address.", provider.name));
    }
    if (provider.issuer.find_first_of("?#") != std::string::npos)
        return wrong(fmt::format("oidc.providers: the issuer of {} has a query.", provider.name));
    if (provider.client_id.empty()) return wrong(fmt::format("oidc.providers: {} has no client id.", provider.name));
    return provider;
}

}  // namespace

void describe(config::Section& section, OidcConfig& config) {
    section.field(
        "providers", &config.providers,
        "Providers of OpenID Connect that people may sign in with, each as: name issuer client-id and what the button says, as "
        "google https://accounts.google.com 1234.apps.googleusercontent.com Google. Their redirect address is /api/auth/oidc/NAME/callback.");
    section.field("secrets", &config.secrets,
                  "The client secrets, as google=SECRET other=SECRET; without one, a client proves itself by PKCE alone.");
    section.field("private_providers", &config.private_providers,
                  "Names of providers on this machine or in a private network; the others are not reached there.");
}

Result<std::vector<OidcProvider>> providers_of(const OidcConfig& config) {
    std::vector<OidcProvider> all;
    const auto secrets = secrets_of(config.secrets);
    for (const auto& line : config.providers) {
        auto provider = provider_of(line);
        if (!provider) return std::move(provider.error());
        if (std::ranges::any_of(all, [&](const auto& other) { return other.name == provider->name; })) {
            return wrong(fmt::format("oidc.providers: {} is there twice.", provider->name));
        }
        if (const auto secret = secrets.find(provider->name); secret != secrets.end()) provider->client_secret = Secret{secret->second};
        provider->is_private = std::ranges::find(config.private_providers, provider->name) != config.private_providers.end();
        if (!provider->is_private && provider->issuer.starts_with("http://")) {
            return wrong(fmt::format("oidc.providers: the issuer of {} is no https:// address.", provider->name));
        }
        all.push_back(std::move(*provider));
    }
    return all;
}

}  // namespace ae::outside
