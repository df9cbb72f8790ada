#include "net/jose/jwk.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "net/api/json_document.hpp"

namespace ae::jose {

namespace {

namespace json = boost::json;
constexpr std::size_t kMostKeys = 100;

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

Bytes number_of(const json::object& object, std::string_view name) { return from_base64url(text_of(object, name)).value_or(Bytes{}); }

std::optional<crypto::PublicKey> key_of(const json::object& object) {
    const auto type = text_of(object, "kty");
    const auto curve = text_of(object, "crv");
    if (type == "RSA") return crypto::PublicKey::rsa(number_of(object, "n"), number_of(object, "e"));
    if (type == "EC" && curve == "P-256") return crypto::PublicKey::p256(number_of(object, "x"), number_of(object, "y"));
    if (type == "OKP" && curve == "Ed25519") return crypto::PublicKey::ed25519(number_of(object, "x"));
    return std::nullopt;
}

std::optional<Jwk> jwk_of(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr) return std::nullopt;
    const auto use = text_of(*object, "use");
    if (!use.empty() && use != "sig") return std::nullopt;
    auto key = key_of(*object);
    if (!key) return std::nullopt;
    const auto algorithm = text_of(*object, "alg");
    if (!algorithm.empty() && algorithm != crypto::algorithm_name(key->algorithm())) return std::nullopt;
    return Jwk{.id = std::string{text_of(*object, "kid")}, .key = std::move(*key)};
}

}  // namespace

Result<std::vector<Jwk>> read_jwks(std::string_view text) {
    const Error invalid{Errc::invalid, "jwks_invalid", "That is no set of keys."};
    const auto document = api::parse_json(text);
    if (!document || !document->is_object()) return invalid;
    const auto* listed = document->get_object().if_contains("keys");
    if (listed == nullptr || !listed->is_array()) return invalid;
    std::vector<Jwk> keys;
    for (const auto& each : listed->get_array()) {
        if (keys.size() == kMostKeys) break;
        if (auto key = jwk_of(each)) keys.push_back(std::move(*key));
    }
    return keys;
}

const Jwk* find_key(const std::vector<Jwk>& keys, std::string_view id, crypto::SignatureAlgorithm algorithm) {
    const Jwk* found = nullptr;
    for (const auto& each : keys) {
        if (each.key.algorithm() != algorithm) continue;
        if (!id.empty() && each.id == id) return &each;
        if (!id.empty()) continue;
        if (found != nullptr) return nullptr;
        found = &each;
    }
    return found;
}

}  // namespace ae::jose
