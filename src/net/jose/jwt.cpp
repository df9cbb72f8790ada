#include "net/jose/jwt.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "net/api/json_document.hpp"

namespace ae::jose {

namespace {

namespace json = boost::json;
constexpr std::size_t kMostToken = 16 * 1024;
/// The year 9999: no clock is further, and a microsecond count holds it.
constexpr double kLatest = 253'402'300'800.0;

Error refuse(std::string_view reason, const char* detail) { return {Errc::unauthorized, reason, detail}; }
Error malformed() { return refuse("token_malformed", "That is no signed token."); }

std::optional<json::object> object_of(std::string_view encoded) {
    const auto bytes = from_base64url(encoded);
    if (!bytes) return std::nullopt;
    auto value = api::parse_json(as_text(*bytes));
    if (!value || !value->is_object()) return std::nullopt;
    return std::move(value->get_object());
}

/// A time claim: absent, right, or wrong.
struct TimeClaim {
    bool wrong = false;
    std::optional<WallTime> time = {};
};

TimeClaim time_claim(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr) return {};
    if (!value->is_number()) return {.wrong = true};
    const auto seconds = value->to_number<double>();
    if (!(seconds >= 0 && seconds < kLatest)) return {.wrong = true};
    return {.time = WallTime{std::chrono::duration_cast<Duration>(std::chrono::duration<double>{seconds})}};
}

bool names_one_of(const json::value* audience, const std::vector<std::string>& wanted) {
    const auto is_wanted = [&](const json::value& value) {
        const auto* text = value.if_string();
        return text != nullptr && std::ranges::find(wanted, std::string_view{*text}) != wanted.end();
    };
    if (audience == nullptr) return false;
    if (const auto* list = audience->if_array()) return std::ranges::any_of(*list, is_wanted);
    return is_wanted(*audience);
}

Result<void> check_times(const json::object& claims, const TokenRules& rules, WallTime now) {
    const auto expires = time_claim(claims, "exp");
    const auto not_before = time_claim(claims, "nbf");
    const auto issued = time_claim(claims, "iat");
    if (expires.wrong || !expires.time || not_before.wrong || issued.wrong) {
        return refuse("token_claims_invalid", "This token does not say when it ends, or says it wrongly.");
    }
    if (*expires.time + rules.leeway <= now) return refuse("token_expired", "This token is over; sign in again.");
    for (const auto& begin : {not_before.time, issued.time}) {
        if (begin && *begin - rules.leeway > now) return refuse("token_not_yet_valid", "This token is not valid yet.");
    }
    if (rules.oldest > Duration{0} && (!issued.time || *issued.time + rules.oldest + rules.leeway <= now)) {
        return refuse("token_expired", "This token is too old; sign in again.");
    }
    return {};
}

}  // namespace

std::optional<std::string> Claims::text(std::string_view name) const {
    const auto* value = all_.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return std::string{std::string_view{value->get_string()}};
}

std::optional<bool> Claims::boolean(std::string_view name) const {
    const auto* value = all_.if_contains(name);
    if (value == nullptr || !value->is_bool()) return std::nullopt;
    return value->get_bool();
}

Result<Token> read_token(std::string_view compact) {
    const auto first = compact.find('.');
    const auto second = first == std::string_view::npos ? first : compact.find('.', first + 1);
    if (compact.size() > kMostToken || second == std::string_view::npos) return malformed();
    auto header = object_of(compact.substr(0, first));
    if (!header || header->contains("crit")) return malformed();

    const auto* named = header->if_contains("alg");
    if (named == nullptr || !named->is_string()) return malformed();
    const auto algorithm = crypto::algorithm_named(named->get_string());
    if (!algorithm) return refuse("token_algorithm_refused", "Tokens are signed with RS256, ES256 or EdDSA.");
    if (const auto* type = header->if_contains("typ"); type != nullptr && !type->is_string()) return malformed();

    auto claims = object_of(compact.substr(first + 1, second - first - 1));
    auto signature = from_base64url(compact.substr(second + 1));
    if (!claims || !signature || signature->empty()) return malformed();
    const auto* kid = header->if_contains("kid");
    if (kid != nullptr && !kid->is_string()) return malformed();
    return Token{.algorithm = *algorithm,
                 .key_id = kid == nullptr ? std::string{} : std::string{std::string_view{kid->get_string()}},
                 .signed_part = std::string{compact.substr(0, second)},
                 .signature = std::move(*signature),
                 .claims = std::move(*claims)};
}

Result<Claims> verify_token(const Token& token, const Jwk& key, const TokenRules& rules, WallTime now) {
    if (key.key.algorithm() != token.algorithm || !key.key.verify(as_bytes(token.signed_part), token.signature)) {
        return refuse("token_signature_invalid", "This token was not signed by who it says.");
    }
    Claims claims{token.claims};
    if (claims.subject().empty()) return refuse("token_claims_invalid", "This token does not say who it is about.");
    if (auto timely = check_times(token.claims, rules, now); !timely) return std::move(timely.error());
    if (claims.text("iss") != rules.issuer) return refuse("token_issuer_refused", "This token is from somebody else.");
    if (!rules.audiences.empty() && !names_one_of(token.claims.if_contains("aud"), rules.audiences)) {
        return refuse("token_audience_refused", "This token is for somebody else.");
    }
    return claims;
}

}  // namespace ae::jose
