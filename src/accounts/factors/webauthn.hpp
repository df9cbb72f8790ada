// What a browser sends when a passkey is made or used (W3C Web Authentication, level 3), verified. Sans-IO: who is asked which challenge is the caller's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace ae::factors {

/// Us: the domain that passkeys belong to, and the one origin whose pages may use them.
struct RelyingParty {
    std::string id;
    std::string origin;
};

/// Of `https://live.example.org:8443` the domain is `live.example.org`; nullopt for what is no origin.
std::optional<RelyingParty> relying_party_of(std::string_view origin);

enum class Ceremony { create, get };

/// What the browser says of itself.
struct ClientData {
    Ceremony ceremony = Ceremony::get;
    Bytes challenge;
    std::string origin;
    bool cross_origin = false;
};
/// Refuses `passkey_malformed`.
Result<ClientData> read_client_data(std::string_view json);

struct AuthenticatorData {
    Bytes rp_id_hash;
    bool user_present = false;
    bool user_verified = false;
    bool backed_up = false;
    std::uint32_t sign_count = 0;
    /// Of a new passkey.
    Bytes credential_id;
    /// COSE_Key, as it came.
    Bytes public_key;
};
/// Refuses `passkey_malformed`.
Result<AuthenticatorData> read_authenticator_data(BytesView bytes);

struct NewPasskey {
    Bytes credential_id;
    Bytes public_key;
    std::uint32_t sign_count = 0;
    bool backed_up = false;
};
/// `attestation` is the CBOR of `attestationObject`: what it says about the maker of the authenticator we neither ask for nor look at.
/// Refuses `passkey_malformed`, `passkey_challenge_refused`, `passkey_origin_refused`, `passkey_not_verified` (nobody touched it, or gave no PIN or
/// finger), `passkey_algorithm_refused`.
Result<NewPasskey> verify_registration(std::string_view client_data_json, BytesView attestation, const RelyingParty& us, BytesView challenge);

struct Assertion {
    std::string client_data_json;
    Bytes authenticator_data;
    Bytes signature;
};
/// What is kept of a passkey.
struct KnownPasskey {
    Bytes public_key;
    std::uint32_t sign_count = 0;
};
struct UsedPasskey {
    std::uint32_t sign_count = 0;
    bool backed_up = false;
};
/// Refuses as above, and `passkey_signature_invalid`, `passkey_counter_refused` (it did not grow: there are two of it).
Result<UsedPasskey> verify_assertion(const Assertion& assertion, const KnownPasskey& known, const RelyingParty& us, BytesView challenge);

}  // namespace ae::factors
