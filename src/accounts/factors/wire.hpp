// What the API shows and takes of second factors and passkeys. Bytes travel as base64url, as browsers write them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "accounts/factors/factor.hpp"
#include "net/api/described.hpp"

namespace ae::factors::wire {

struct PasskeyView {
    PasskeyId id;
    std::string name;
    /// Its maker keeps it on several devices.
    bool backedUp = false;
    WallTime createdAt;
    std::optional<WallTime> lastUsedAt;
};
BOOST_DESCRIBE_STRUCT(PasskeyView, (), (id, name, backedUp, createdAt, lastUsedAt))

struct FactorsView {
    bool totp = false;
    std::int64_t recoveryCodesLeft = 0;
    std::vector<PasskeyView> passkeys;
};
BOOST_DESCRIBE_STRUCT(FactorsView, (), (totp, recoveryCodesLeft, passkeys))

/// For the app: as text to type, and as what a QR code says.
struct TotpBegun {
    std::string secret;
    std::string uri;
};
BOOST_DESCRIBE_STRUCT(TotpBegun, (), (secret, uri))

/// Shown once.
struct RecoveryCodes {
    std::vector<std::string> recoveryCodes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (recoveryCodes))

struct CodeBody {
    std::string code;
    static void rules(api::Rules& rules) { rules.field("code").length(1, 64).says("What the app shows now."); }
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code))

// The two kinds of options are those of W3C Web Authentication (`PublicKeyCredential.parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON`).
struct RpEntity {
    std::string id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RpEntity, (), (id, name))

struct UserEntity {
    std::string id;
    std::string name;
    std::string displayName;
};
BOOST_DESCRIBE_STRUCT(UserEntity, (), (id, name, displayName))

struct CredentialParameter {
    std::string type = "public-key";
    std::int64_t alg = 0;
};
BOOST_DESCRIBE_STRUCT(CredentialParameter, (), (type, alg))

struct CredentialDescriptor {
    std::string type = "public-key";
    std::string id;
};
BOOST_DESCRIBE_STRUCT(CredentialDescriptor, (), (type, id))

struct AuthenticatorSelection {
    std::string residentKey = "required";
    std::string userVerification = "required";
};
BOOST_DESCRIBE_STRUCT(AuthenticatorSelection, (), (residentKey, userVerification))

struct CreationOptions {
    std::string challenge;
    RpEntity rp;
    UserEntity user;
    std::vector<CredentialParameter> pubKeyCredParams;
    std::vector<CredentialDescriptor> excludeCredentials;
    AuthenticatorSelection authenticatorSelection;
    std::string attestation = "none";
    /// Milliseconds.
    std::int64_t timeout = 0;
};
BOOST_DESCRIBE_STRUCT(CreationOptions, (), (challenge, rp, user, pubKeyCredParams, excludeCredentials, authenticatorSelection, attestation, timeout))

struct RequestOptions {
    std::string challenge;
    std::string rpId;
    std::string userVerification = "required";
    /// Empty: the browser offers all that it has for this site.
    std::vector<CredentialDescriptor> allowCredentials;
    /// Milliseconds.
    std::int64_t timeout = 0;
};
BOOST_DESCRIBE_STRUCT(RequestOptions, (), (challenge, rpId, userVerification, allowCredentials, timeout))

struct NewPasskeyBody {
    std::string name;
    std::string clientDataJSON;
    std::string attestationObject;
    static void rules(api::Rules& rules) {
        rules.field("name").length(1, 60).says("What its owner calls it.");
        rules.field("clientDataJSON").length(1, 8192);
        rules.field("attestationObject").length(1, 16384);
    }
};
BOOST_DESCRIBE_STRUCT(NewPasskeyBody, (), (name, clientDataJSON, attestationObject))

struct AssertionBody {
    std::string id;
    std::string clientDataJSON;
    std::string authenticatorData;
    std::string signature;
    std::optional<std::string> userHandle;
    static void rules(api::Rules& rules) {
        rules.field("id").length(1, 1366).says("Of the passkey.");
        rules.field("clientDataJSON").length(1, 8192);
        rules.field("authenticatorData").length(1, 4096);
        rules.field("signature").length(1, 2048);
        rules.field("userHandle").length(0, 128);
    }
};
BOOST_DESCRIBE_STRUCT(AssertionBody, (), (id, clientDataJSON, authenticatorData, signature, userHandle))

struct PasskeyPath {
    PasskeyId id;
};
BOOST_DESCRIBE_STRUCT(PasskeyPath, (), (id))

PasskeyView passkey_of(const Passkey& passkey);

}  // namespace ae::factors::wire
