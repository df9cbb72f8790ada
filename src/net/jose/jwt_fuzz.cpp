// No token and no key set breaks the readers, and nothing that was not signed is believed.
#include <cstdlib>

#include "net/jose/jwt.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = ae::as_text({data, size});
    (void)ae::jose::read_jwks(text);
    const auto token = ae::jose::read_token(text);
    if (!token) return 0;
    static const auto kKeys = ae::jose::read_jwks(
        R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
                    {"kty":"EC","crv":"P-256","kid":"b","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
    for (const auto& key : *kKeys) {
        const auto claims = ae::jose::verify_token(*token, key, {.issuer = "joe"}, ae::WallTime{});
        if (claims) std::abort();
    }
    return 0;
}
