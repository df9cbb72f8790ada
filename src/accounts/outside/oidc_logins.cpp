#include "accounts/outside/oidc_logins.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace ae::outside {

namespace {

Error no_provider() { return {Errc::not_found, "oidc_provider_unknown", "There is no sign-in service of this name."}; }
Error no_ticket() { return {Errc::forbidden, "oidc_ticket_invalid", "This login was begun elsewhere, or took too long; try again."}; }

}  // namespace

OidcLogins::OidcLogins(const OidcConfig& config, const Secret& server_secret, accounts::AccountService& accounts, io::Shard& home,
                       io::HttpClient& http)
    : accounts_(accounts), needs_(accounts.needs()), tickets_(server_secret) {
    for (auto& provider : providers_of(config).value())
        clients_.push_back(std::make_unique<OidcClient>(std::move(provider), home, http, needs_.clock));
}

std::vector<OidcProvider> OidcLogins::providers() const {
    std::vector<OidcProvider> all;
    all.reserve(clients_.size());
    for (const auto& client : clients_) all.push_back(client->provider());
    return all;
}

OidcClient* OidcLogins::find(std::string_view provider) const {
    const auto found = std::ranges::find_if(clients_, [&](const auto& client) { return client->provider().name == provider; });
    return found == clients_.end() ? nullptr : found->get();
}

std::string OidcLogins::redirect_uri(const std::string& provider) const { return needs_.public_url() + "/api/auth/oidc/" + provider + "/callback"; }

io::Task<Result<OidcDeparture>> OidcLogins::depart(std::string provider, std::string return_to) {
    auto* const client = find(provider);
    if (client == nullptr) co_return no_provider();
    const auto ticket = make_ticket(provider, return_to, needs_.clock.wall(), needs_.random);
    auto url = co_await client->authorization_url(ticket, redirect_uri(provider));
    if (!url) co_return std::move(url.error());
    co_return OidcDeparture{.url = std::move(*url), .ticket = tickets_.seal(ticket, needs_.random)};
}

io::Task<Result<OidcArrival>> OidcLogins::arrive(std::string provider, std::string sealed, std::string state, std::string issuer, std::string code,
                                                 accounts::Visit visit) {
    auto* const client = find(provider);
    if (client == nullptr) co_return no_provider();
    auto ticket = tickets_.open(sealed, needs_.clock.wall());
    if (!ticket || ticket->provider != provider || !crypto::equal_constant_time(as_bytes(ticket->state), as_bytes(state))) co_return no_ticket();
    if (!issuer.empty() && issuer != client->provider().issuer) co_return no_ticket();

    auto identity = co_await client->exchange(std::move(code), *ticket, redirect_uri(provider));
    if (!identity) co_return std::move(identity.error());
    if (identity->email.empty()) co_return Error{Errc::unprocessable, "oidc_email_missing", "The sign-in service does not tell your e-mail address."};
    accounts::ExternalIdentity external{.external_id = "oidc:" + client->provider().issuer + "|" + identity->subject,
                                        .email = std::move(identity->email),
                                        .email_verified = identity->email_verified,
                                        .display_name = std::move(identity->name)};
    auto user = co_await accounts_.find_or_create_external(std::move(external));
    if (!user) co_return std::move(user.error());
    auto entered = co_await accounts_.sign_in(user->id, std::move(visit));
    if (!entered) co_return std::move(entered.error());
    co_return OidcArrival{.who = std::move(*entered), .return_to = std::move(ticket->return_to)};
}

}  // namespace ae::outside
