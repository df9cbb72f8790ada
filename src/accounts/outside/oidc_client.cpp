#include "accounts/outside/oidc_client.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "net/api/json_document.hpp"
#include "net/http/target.hpp"

namespace ae::outside {

namespace {

namespace json = boost::json;
using http::percent_encode;

constexpr std::string_view kPurpose = "oidc";
constexpr Duration kDiscoveryLife = std::chrono::hours{1};
constexpr Duration kTimeout = std::chrono::seconds{10};
constexpr std::size_t kMostBytes = 256 * 1024;

Error unavailable() { return {Errc::unavailable, "oidc_provider_unavailable", "The sign-in service cannot be reached now; try again soon."}; }
Error broken() { return {Errc::unavailable, "oidc_provider_broken", "The sign-in service does not answer as it should."}; }
Error code_refused() { return {Errc::unauthorized, "oidc_code_refused", "The sign-in service did not confirm this login; try again."}; }
Error token_refused() { return {Errc::unauthorized, "oidc_token_refused", "What the sign-in service says about you cannot be believed; try again."}; }

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{std::string_view{*text}};
}

std::optional<json::object> object_of(std::string_view text) {
    auto value = api::parse_json(text);
    if (!value || !value->is_object()) return std::nullopt;
    return std::move(value->get_object());
}

bool lists(const json::object& object, std::string_view name, std::string_view wanted) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_array()) return false;
    for (const auto& each : value->get_array()) {
        if (each.is_string() && std::string_view{each.get_string()} == wanted) return true;
    }
    return false;
}

/// Some providers write booleans as text.
bool is_true(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && ((value->is_bool() && value->get_bool()) || text_of(object, name) == "true");
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += fmt::format("{}={}", name, percent_encode(value));
    }
    return out;
}

/// What a token or the userinfo says of a person; what was said before stays.
void note_claims(const json::object& claims, OidcIdentity& identity) {
    if (auto email = text_of(claims, "email"); !email.empty()) {
        identity.email = std::move(email);
        identity.email_verified = is_true(claims, "email_verified");
    }
    if (auto name = text_of(claims, "name"); !name.empty()) identity.name = std::move(name);
}

}  // namespace

Result<OidcEndpoints> read_discovery(std::string_view text, std::string_view issuer) {
    const auto document = object_of(text);
    if (!document || text_of(*document, "issuer") != issuer) return broken();
    OidcEndpoints found{.authorization = text_of(*document, "authorization_endpoint"),
                        .token = text_of(*document, "token_endpoint"),
                        .jwks = text_of(*document, "jwks_uri"),
                        .userinfo = text_of(*document, "userinfo_endpoint")};
    const bool may_be_plain = issuer.starts_with("http://");
    const auto is_safe = [may_be_plain](const std::string& url) {
        return (url.starts_with("https://") || (may_be_plain && url.starts_with("http://"))) && url.find_first_of("\r\n \t#") == std::string::npos;
    };
    if (!is_safe(found.authorization) || !is_safe(found.token) || !is_safe(found.jwks)) return broken();
    if (!found.userinfo.empty() && !is_safe(found.userinfo)) return broken();
    // Not said: the header (Discovery section 3).
    constexpr std::string_view kMethods = "token_endpoint_auth_methods_supported";
    found.secret_in_form = document->contains(kMethods) && !lists(*document, kMethods, "client_secret_basic");
    return found;
}

OidcClient::OidcClient(OidcProvider provider, io::Shard& home, io::HttpClient& http, const Clock& clock)
    : provider_(std::move(provider)), home_(home), http_(http), clock_(clock) {}

io::HttpRequest OidcClient::request_to(std::string url) const {
    io::HttpRequest request{.purpose = kPurpose, .url = std::move(url), .headers = {{"Accept", "application/json"}}};
    request.timeout = kTimeout;
    request.most_body_bytes = kMostBytes;
    if (provider_.is_private) request.may_connect = io::is_any_address;
    return request;
}

io::Task<Result<OidcClient::Known>> OidcClient::discover() {
    if (home_.here()) co_return co_await discover_here();
    co_return co_await io::on(home_, discover_here());
}

void OidcClient::keep(OidcEndpoints endpoints) {
    discovered_at_ = clock_.steady();
    const bool same_keys = known_ && known_->endpoints.jwks == endpoints.jwks;
    auto keys = same_keys ? known_->keys : nullptr;
    if (!keys) {
        jose::JwksSource source{.purpose = "oidc_keys", .url = endpoints.jwks};
        if (provider_.is_private) source.may_connect = io::is_any_address;
        keys = std::make_shared<jose::JwksCache>(std::move(source), home_, http_, clock_);
    }
    known_ = Known{.endpoints = std::move(endpoints), .keys = std::move(keys)};
}

io::Task<Result<OidcClient::Known>> OidcClient::discover_here() {
    if (known_ && clock_.steady() - discovered_at_ < kDiscoveryLife) co_return *known_;
    auto base = provider_.issuer;
    while (base.ends_with('/')) base.pop_back();
    auto request = request_to(base + "/.well-known/openid-configuration");
    const auto answer = co_await http_.fetch(std::move(request));
    auto found = answer && answer->status == 200 ? read_discovery(answer->body, provider_.issuer) : Result<OidcEndpoints>{unavailable()};
    if (found) {
        keep(std::move(*found));
        co_return *known_;
    }
    log::warn("oidc.not_discovered", {{"provider", provider_.name}, {"why", answer ? found.error().reason : answer.error().reason}});
    // What was right an hour ago is better than nothing.
    if (known_) co_return *known_;
    co_return std::move(found.error());
}

io::Task<Result<std::string>> OidcClient::authorization_url(OidcTicket ticket, std::string redirect_uri) {
    auto known = co_await discover();
    if (!known) co_return std::move(known.error());
    const auto& authorization = known->endpoints.authorization;
    const auto challenge = pkce_challenge(ticket.verifier);
    const auto query = form({{"response_type", "code"},
                             {"client_id", provider_.client_id},
                             {"redirect_uri", redirect_uri},
                             {"scope", "openid email profile"},
                             {"state", ticket.state},
                             {"nonce", ticket.nonce},
                             {"code_challenge", challenge},
                             {"code_challenge_method", "S256"}});
    const char joint = authorization.find('?') == std::string::npos ? '?' : '&';
    co_return authorization + joint + query;
}

io::Task<Result<OidcClient::Tokens>> OidcClient::redeem(OidcEndpoints endpoints, std::string code, std::string verifier, std::string redirect_uri) {
    auto request = request_to(endpoints.token);
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = form({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}, {"code_verifier", verifier}});
    const auto& secret = provider_.client_secret.reveal();  // to the provider it is for
    if (secret.empty() || endpoints.secret_in_form) request.body += "&" + form({{"client_id", provider_.client_id}});
    if (!secret.empty() && endpoints.secret_in_form) request.body += "&" + form({{"client_secret", secret}});
    if (!secret.empty() && !endpoints.secret_in_form) {
        // RFC 6749 section 2.3.1: both are encoded as in a form first.
        const auto pair = percent_encode(provider_.client_id) + ":" + percent_encode(secret);
        request.headers.emplace_back("Authorization", "Basic " + to_base64(as_bytes(pair)));
    }
    const auto answer = co_await http_.fetch(std::move(request));
    if (!answer || answer->status >= 500) co_return unavailable();
    const auto tokens = object_of(answer->body);
    if (answer->status != 200 || !tokens) {
        log::warn("oidc.code_refused",
                  {{"provider", provider_.name}, {"status", answer->status}, {"error", tokens ? text_of(*tokens, "error") : ""}});
        co_return code_refused();
    }
    Tokens found{.id_token = text_of(*tokens, "id_token"), .access_token = text_of(*tokens, "access_token")};
    if (found.id_token.empty()) co_return broken();
    co_return std::move(found);
}

io::Task<Result<jose::Claims>> OidcClient::believe(std::shared_ptr<jose::JwksCache> keys, std::string id_token, std::string nonce) {
    const auto token = jose::read_token(id_token);
    if (!token) co_return token_refused();
    auto key = co_await keys->find(token->key_id, token->algorithm);
    if (!key && key.error().kind == Errc::unavailable) co_return unavailable();
    if (!key) co_return token_refused();
    const jose::TokenRules rules{.issuer = provider_.issuer, .audiences = {provider_.client_id}};
    auto claims = jose::verify_token(*token, *key, rules, clock_.wall());
    if (!claims) {
        log::warn("oidc.token_refused", {{"provider", provider_.name}, {"why", claims.error().reason}});
        co_return token_refused();
    }
    // Core section 3.1.3.7: for several audiences, it was made out to us; and it answers this login, not one that somebody listened to.
    const auto* audience = claims->all().if_contains("aud");
    const bool for_several = audience->is_array() && audience->get_array().size() > 1;
    const auto party = claims->text("azp");
    if ((for_several && !party) || (party && *party != provider_.client_id)) co_return token_refused();
    if (!crypto::equal_constant_time(as_bytes(claims->text("nonce").value_or("")), as_bytes(nonce))) co_return token_refused();
    co_return std::move(*claims);
}

io::Task<Result<void>> OidcClient::ask_userinfo(std::string url, std::string access_token, std::shared_ptr<OidcIdentity> identity) {
    auto request = request_to(std::move(url));
    request.headers.emplace_back("Authorization", "Bearer " + access_token);
    const auto answer = co_await http_.fetch(std::move(request));
    if (!answer || answer->status != 200) co_return unavailable();
    const auto said = object_of(answer->body);
    // Core section 5.3.2: of somebody else it is worth nothing.
    if (!said || text_of(*said, "sub") != identity->subject) co_return token_refused();
    note_claims(*said, *identity);
    co_return Result<void>{};
}

io::Task<Result<OidcIdentity>> OidcClient::exchange(std::string code, OidcTicket ticket, std::string redirect_uri) {
    auto known = co_await discover();
    if (!known) co_return std::move(known.error());
    const auto& endpoints = known->endpoints;
    auto tokens = co_await redeem(endpoints, std::move(code), ticket.verifier, std::move(redirect_uri));
    if (!tokens) co_return std::move(tokens.error());
    auto claims = co_await believe(known->keys, tokens->id_token, ticket.nonce);
    if (!claims) co_return std::move(claims.error());
    const auto identity = std::make_shared<OidcIdentity>();
    identity->subject = claims->subject();
    note_claims(claims->all(), *identity);
    if (identity->email.empty() && !endpoints.userinfo.empty() && !tokens->access_token.empty()) {
        auto asked = co_await ask_userinfo(endpoints.userinfo, tokens->access_token, identity);
        if (!asked) co_return std::move(asked.error());
    }
    co_return *identity;
}

}  // namespace ae::outside
