#include "net/http/security_headers.hpp"

#include <array>

#include "base/bytes.hpp"

namespace ae::http {

std::string make_nonce(Random& random) {
    std::array<std::uint8_t, 16> bytes;
    random.fill(bytes);
    return to_base64url(bytes);
}

void add_html_security_headers(Headers& headers, std::string_view nonce, const HtmlPolicy& policy) {
    std::string media;
    for (const auto& origin : policy.media_origins) media += " " + origin;
    const std::string by_nonce = "'nonce-" + std::string{nonce} + "'";

    std::string csp = "default-src 'self'";
    csp += "; script-src " + by_nonce + " 'strict-dynamic'";
    csp += "; style-src 'self' " + by_nonce;
    // Elements that scripts move and size carry style attributes; they cannot load anything here.
    csp += "; style-src-attr 'unsafe-inline'";
    csp += "; img-src 'self' data: blob:" + media;
    csp += "; font-src 'self'";
    csp += "; media-src 'self' blob:" + media;
    csp += "; worker-src 'self' blob:";
    csp += "; connect-src 'self'" + media;
    csp += "; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";
    csp += "; frame-ancestors " + policy.frame_ancestors;
    if (policy.trusted_types) csp += "; require-trusted-types-for 'script'";
    if (!policy.report_to.empty()) csp += "; report-uri " + policy.report_to;
    headers.set("content-security-policy", csp);
    headers.set("referrer-policy", "strict-origin-when-cross-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    if (policy.frame_ancestors == "'none'") headers.set("x-frame-options", "DENY");
}

}  // namespace ae::http
