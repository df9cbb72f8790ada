#include "accounts/factors/webauthn.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "accounts/factors/cbor.hpp"
#include "accounts/factors/cose_key.hpp"
#include "base/crypto.hpp"
#include "net/api/json_document.hpp"

namespace ae::factors {

namespace {

namespace json = boost::json;
constexpr std::size_t kMostClientData = 8 * 1024;
constexpr std::size_t kMostCredentialId = 1023;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kAaguidBytes = 16;
// Section 6.1.
constexpr std::uint8_t kUserPresent = 0x01, kUserVerified = 0x04, kBackedUp = 0x10, kHasCredential = 0x40, kHasExtensions = 0x80;

Error refuse(std::string_view reason, const char* detail) { return {Errc::forbidden, reason, detail}; }
Error malformed() { return {Errc::invalid, "passkey_malformed", "That is not what a browser sends for a passkey."}; }

std::string_view text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

/// The new passkey inside authenticator data.
bool read_credential(ByteReader& reader, AuthenticatorData& data) {
    reader.bytes(kAaguidBytes);
    const auto size = reader.u16();
    if (size == 0 || size > kMostCredentialId) return false;
    const auto id = reader.bytes(size);
    const auto before = reader.rest();
    const auto key = cbor::read(reader);
    if (!key || key->map() == nullptr) return false;
    const auto written = before.first(before.size() - reader.remaining());
    data.credential_id.assign(id.begin(), id.end());
    data.public_key.assign(written.begin(), written.end());
    return true;
}

/// The questions that both ceremonies ask.
Result<void> check_ceremony(const ClientData& client, const AuthenticatorData& data, Ceremony ceremony, const RelyingParty& us, BytesView challenge) {
    if (client.ceremony != ceremony) return malformed();
    if (challenge.empty() || !crypto::equal_constant_time(client.challenge, challenge)) {
        return refuse("passkey_challenge_refused", "This was made for another request; try again.");
    }
    if (client.origin != us.origin || client.cross_origin || !crypto::equal_constant_time(data.rp_id_hash, crypto::sha256(as_bytes(us.id)))) {
        return refuse("passkey_origin_refused", "This passkey was used on another site.");
    }
    if (!data.user_present || !data.user_verified) {
        return refuse("passkey_not_verified", "The passkey has to ask for your PIN, your finger or your face.");
    }
    return {};
}

}  // namespace

std::optional<RelyingParty> relying_party_of(std::string_view origin) {
    const auto scheme = origin.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    auto host = origin.substr(scheme + 3);
    if (host.find_first_of("/?#@[") != std::string_view::npos) return std::nullopt;
    host = host.substr(0, host.find(':'));
    if (host.empty()) return std::nullopt;
    return RelyingParty{.id = std::string{host}, .origin = std::string{origin}};
}

Result<ClientData> read_client_data(std::string_view text) {
    if (text.size() > kMostClientData) return malformed();
    const auto document = api::parse_json(text);
    if (!document || !document->is_object()) return malformed();
    const auto& object = document->get_object();
    ClientData data;
    const auto type = text_of(object, "type");
    if (type == "webauthn.create") data.ceremony = Ceremony::create;
    else if (type != "webauthn.get") return malformed();
    auto challenge = from_base64url(text_of(object, "challenge"));
    if (!challenge || challenge->empty()) return malformed();
    data.challenge = std::move(*challenge);
    data.origin = text_of(object, "origin");
    const auto* crossed = object.if_contains("crossOrigin");
    if (crossed != nullptr && !crossed->is_bool()) return malformed();
    data.cross_origin = crossed != nullptr && crossed->get_bool();
    return data;
}

Result<AuthenticatorData> read_authenticator_data(BytesView bytes) {
    ByteReader reader{bytes};
    AuthenticatorData data;
    const auto hash = reader.bytes(kHashBytes);
    data.rp_id_hash.assign(hash.begin(), hash.end());
    const auto flags = reader.u8();
    data.sign_count = reader.u32();
    if (reader.failed()) return malformed();
    data.user_present = (flags & kUserPresent) != 0;
    data.user_verified = (flags & kUserVerified) != 0;
    data.backed_up = (flags & kBackedUp) != 0;
    if ((flags & kHasCredential) != 0 && !read_credential(reader, data)) return malformed();
    if ((flags & kHasExtensions) != 0) {
        const auto extensions = cbor::read(reader);
        if (!extensions || extensions->map() == nullptr) return malformed();
    }
    if (reader.failed() || !reader.empty()) return malformed();
    return data;
}

Result<NewPasskey> verify_registration(std::string_view client_data_json, BytesView attestation, const RelyingParty& us, BytesView challenge) {
    auto client = read_client_data(client_data_json);
    if (!client) return std::move(client.error());
    ByteReader reader{attestation};
    const auto object = cbor::read(reader);
    if (!object || object->map() == nullptr || !reader.empty()) return malformed();
    const auto* written = cbor::find(*object->map(), "authData");
    const auto* format = cbor::find(*object->map(), "fmt");
    if (written == nullptr || written->bytes() == nullptr || format == nullptr || format->text() == nullptr) return malformed();

    auto data = read_authenticator_data(*written->bytes());
    if (!data) return std::move(data.error());
    if (data->credential_id.empty()) return malformed();
    if (auto good = check_ceremony(*client, *data, Ceremony::create, us, challenge); !good) return std::move(good.error());
    if (!cose_key(data->public_key)) return refuse("passkey_algorithm_refused", "This authenticator signs in a way that is not known here.");
    return NewPasskey{.credential_id = std::move(data->credential_id),
                      .public_key = std::move(data->public_key),
                      .sign_count = data->sign_count,
                      .backed_up = data->backed_up};
}

Result<UsedPasskey> verify_assertion(const Assertion& assertion, const KnownPasskey& known, const RelyingParty& us, BytesView challenge) {
    auto client = read_client_data(assertion.client_data_json);
    if (!client) return std::move(client.error());
    auto data = read_authenticator_data(assertion.authenticator_data);
    if (!data) return std::move(data.error());
    if (auto good = check_ceremony(*client, *data, Ceremony::get, us, challenge); !good) return std::move(good.error());

    const auto key = cose_key(known.public_key);
    Bytes message = assertion.authenticator_data;
    const auto client_hash = crypto::sha256(as_bytes(assertion.client_data_json));
    message.insert(message.end(), client_hash.begin(), client_hash.end());
    if (!key || !key->verify(message, assertion.signature, crypto::EcdsaForm::der)) {
        return refuse("passkey_signature_invalid", "This was not signed by the passkey it names.");
    }
    // Zero both times: it does not count (section 6.1.1).
    const bool counts = data->sign_count != 0 || known.sign_count != 0;
    if (counts && data->sign_count <= known.sign_count) {
        return refuse("passkey_counter_refused", "This passkey was copied, or used elsewhere since. Remove it and make a new one.");
    }
    return UsedPasskey{.sign_count = data->sign_count, .backed_up = data->backed_up};
}

}  // namespace ae::factors
