#include "net/webhook/svix_signature.hpp"

#include <algorithm>
#include <charconv>

#include "base/crypto.hpp"

namespace ae::webhook {

namespace {

constexpr std::string_view kSecret = "whsec_";
constexpr std::string_view kVersion = "v1,";
constexpr std::chrono::seconds kTolerance{300};
constexpr std::size_t kLeastKey = 16;
constexpr std::size_t kMostId = 256;
constexpr std::size_t kMostSignatures = 16;

Error refuse(std::string_view reason, const char* detail) { return {Errc::unauthorized, reason, detail}; }

Bytes mac_of(const Secret& key, std::string_view id, std::string_view timestamp, std::string_view body) {
    std::string message;
    message.reserve(id.size() + timestamp.size() + body.size() + 2);
    message.append(id).append(".").append(timestamp).append(".").append(body);
    return crypto::hmac_sha256(key, as_bytes(message));
}

std::optional<std::int64_t> seconds_of(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
    return seconds;
}

/// Every signature is compared with every key, whatever the first one said.
bool signed_by_one(std::span<const Secret> keys, const SvixHeaders& headers, std::string_view body) {
    bool found = false;
    for (const auto& key : keys) {
        const auto expected = mac_of(key, headers.id, headers.timestamp, body);
        auto rest = headers.signatures;
        for (std::size_t i = 0; i < kMostSignatures && !rest.empty(); ++i) {
            const auto end = std::min(rest.find(' '), rest.size());
            const auto one = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (!one.starts_with(kVersion)) continue;
            const auto given = from_base64(one.substr(kVersion.size()));
            if (given && crypto::equal_constant_time(*given, expected)) found = true;
        }
    }
    return found;
}

}  // namespace

std::optional<Secret> svix_key(const Secret& written) {
    std::string_view text = written.reveal();  // it is decoded here
    if (!text.starts_with(kSecret)) return std::nullopt;
    const auto key = from_base64(text.substr(kSecret.size()));
    if (!key || key->size() < kLeastKey) return std::nullopt;
    return Secret{std::string{as_text(*key)}};
}

Result<void> verify_svix(std::span<const Secret> keys, const SvixHeaders& headers, std::string_view body, WallTime now) {
    const auto seconds = seconds_of(headers.timestamp);
    if (headers.id.empty() || headers.id.size() > kMostId || headers.signatures.empty() || !seconds) {
        return refuse("webhook_headers_invalid", "A webhook comes with svix-id, svix-timestamp and svix-signature.");
    }
    const auto age = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() - *seconds;
    if (age > kTolerance.count() || age < -kTolerance.count()) {
        return refuse("webhook_too_old", "This webhook was signed more than five minutes ago or ahead.");
    }
    if (!signed_by_one(keys, headers, body)) return refuse("webhook_signature_invalid", "This webhook was not signed with our secret.");
    return {};
}

std::string sign_svix(const Secret& key, std::string_view id, std::string_view timestamp, std::string_view body) {
    return std::string{kVersion} + to_base64(mac_of(key, id, timestamp, body));
}

}  // namespace ae::webhook
