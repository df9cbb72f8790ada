// Signatures of webhooks that come in, in the form of Svix (also "standard webhooks"): HMAC-SHA-256 over id, time and body.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::webhook {

/// What the headers `svix-id`, `svix-timestamp` and `svix-signature` say.
struct SvixHeaders {
    std::string_view id;
    std::string_view timestamp;
    /// `v1,<base64> v1,<base64>`: one a secret while secrets change.
    std::string_view signatures;
};

/// The key in `whsec_<base64>`; nullopt for anything else, or a key of fewer than 16 bytes.
std::optional<Secret> svix_key(const Secret& written);

/// Believes a webhook that one of the keys signed, at most five minutes ago or ahead. Whoever calls remembers the id: the same one twice is a repetition, by
/// the sender or by somebody who listened. Refuses (unauthorized) `webhook_headers_invalid`, `webhook_too_old`, `webhook_signature_invalid`.
Result<void> verify_svix(std::span<const Secret> keys, const SvixHeaders& headers, std::string_view body, WallTime now);

/// The signature of a webhook, as the header has it.
std::string sign_svix(const Secret& key, std::string_view id, std::string_view timestamp, std::string_view body);

}  // namespace ae::webhook
