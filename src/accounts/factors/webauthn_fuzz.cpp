// No bytes break the readers, and no assertion is believed that this key did not sign.
#include <cstdlib>

#include "accounts/factors/cbor.hpp"
#include "accounts/factors/cose_key.hpp"
#include "accounts/factors/webauthn.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::factors;
    const ae::BytesView bytes{data, size};
    ae::ByteReader reader{bytes};
    while (!reader.empty() && cbor::read(reader)) {}
    (void)cose_key(bytes);
    (void)read_client_data(ae::as_text(bytes));
    (void)relying_party_of(ae::as_text(bytes));
    if (const auto read = read_authenticator_data(bytes); read && read->public_key.size() > size) std::abort();

    const RelyingParty us{.id = "localhost", .origin = "http://localhost"};
    static constexpr std::string_view kClient = R"({"type":"webauthn.create","challenge":"QUJD","origin":"http://localhost"})";
    const auto made = verify_registration(kClient, bytes, us, ae::as_bytes("ABC"));
    if (made && (made->credential_id.empty() || !cose_key(made->public_key))) std::abort();

    // RFC 8032's first public key: nobody here has its other half.
    static const auto kKey = ae::from_hex("a4010103272006215820d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a").value();
    const auto half = size / 2;
    const Assertion assertion{.client_data_json = R"({"type":"webauthn.get","challenge":"QUJD","origin":"http://localhost"})",
                              .authenticator_data = {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(half)},
                              .signature = {bytes.begin() + static_cast<std::ptrdiff_t>(half), bytes.end()}};
    if (verify_assertion(assertion, {.public_key = kKey}, us, ae::as_bytes("ABC"))) std::abort();
    return 0;
}
