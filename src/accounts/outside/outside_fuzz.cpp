// What providers and Clerk say, and what a browser brings back, breaks nothing.
#include <cstdlib>

#include "accounts/outside/clerk_event.hpp"
#include "accounts/outside/oidc_client.hpp"
#include "accounts/outside/oidc_ticket.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::outside;
    const auto text = ae::as_text({data, size});
    const auto found = read_discovery(text, "https://id.example.org");
    if (found && (!found->authorization.starts_with("https://") || !found->token.starts_with("https://") || !found->jwks.starts_with("https://")))
        std::abort();
    const auto event = read_clerk_event(text);
    if (event && event->kind != ClerkEventKind::other && event->user.empty()) std::abort();
    const auto path = own_path(text);
    if (!path.starts_with('/') || path.starts_with("//") || path.find_first_of("\\\r\n\t ") != std::string::npos) std::abort();
    static const OidcTickets kTickets{ae::Secret{std::string(32, 's')}};
    if (kTickets.open(text, ae::WallTime{})) std::abort();
    return 0;
}
