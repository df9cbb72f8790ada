#include "accounts/outside/oidc_ticket.hpp"

#include <algorithm>
#include <vector>

#include "base/bytes.hpp"
#include "base/crypto.hpp"

namespace ae::outside {

namespace {

constexpr std::string_view kContext = "oidc.ticket";
constexpr std::size_t kRandomBytes = 32;
constexpr std::size_t kMostPath = 500;

void put(ByteWriter& writer, std::string_view text) { writer.u16(text.size()).text(text); }
std::string take(ByteReader& reader) {
    const auto size = reader.u16();
    return std::string{as_text(reader.bytes(size))};
}

}  // namespace

OidcTicket make_ticket(std::string provider, std::string_view return_to, WallTime now, Random& random) {
    return {.provider = std::move(provider),
            .state = crypto::random_token(random, kRandomBytes),
            .nonce = crypto::random_token(random, kRandomBytes),
            .verifier = crypto::random_token(random, kRandomBytes),
            .return_to = own_path(return_to),
            .expires_at = now + kTicketLife};
}

std::string pkce_challenge(std::string_view verifier) { return to_base64url(crypto::sha256(as_bytes(verifier))); }

std::string own_path(std::string_view wanted) {
    // A browser reads a backslash as a slash, and skips tabs and line ends.
    const bool plain = std::ranges::all_of(wanted, [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
    const bool is_own = plain && wanted.starts_with('/') && !wanted.starts_with("//") && wanted.size() <= kMostPath;
    return is_own ? std::string{wanted} : "/";
}

OidcTickets::OidcTickets(const Secret& server_secret) : key_(crypto::derive_key(server_secret, "accounts.oidc_tickets")) {}

std::string OidcTickets::seal(const OidcTicket& ticket, Random& random) const {
    Bytes plain;
    ByteWriter writer{plain};
    for (const auto* text : {&ticket.provider, &ticket.state, &ticket.nonce, &ticket.verifier, &ticket.return_to}) put(writer, *text);
    writer.u64(static_cast<std::uint64_t>(to_micros(ticket.expires_at)));
    return to_base64url(crypto::seal(key_, plain, kContext, random));
}

std::optional<OidcTicket> OidcTickets::open(std::string_view sealed, WallTime now) const {
    const auto box = from_base64url(sealed);
    if (!box) return std::nullopt;
    const auto plain = crypto::open(key_, *box, kContext);
    if (!plain) return std::nullopt;
    ByteReader reader{*plain};
    OidcTicket ticket;
    for (auto* text : {&ticket.provider, &ticket.state, &ticket.nonce, &ticket.verifier, &ticket.return_to}) *text = take(reader);
    ticket.expires_at = from_micros(static_cast<std::int64_t>(reader.u64()));
    if (reader.failed() || !reader.empty() || ticket.expires_at <= now) return std::nullopt;
    return ticket;
}

}  // namespace ae::outside
