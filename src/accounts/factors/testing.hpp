// For tests: an authenticator that makes passkeys and uses them, and can be told to misbehave.
#pragma once

#include <fmt/format.h>

#include "accounts/factors/webauthn.hpp"
#include "base/crypto.hpp"
#include "net/jose/testing.hpp"

namespace ae::factors::testing {

class Authenticator {
  public:
    explicit Authenticator(crypto::SignatureAlgorithm algorithm = crypto::SignatureAlgorithm::es256) : key_(algorithm) {}

    // What it says; a test changes it.
    std::string rp_id = "live.example.org";
    std::string origin = "https://live.example.org";
    std::uint8_t flags = 0x05;
    std::uint32_t sign_count = 0;
    Bytes credential_id = Bytes(16, 0xc1);
    std::string more_client_data;

    std::string client_data(std::string_view type, BytesView challenge) const {
        return fmt::format(R"({{"type":"{}","challenge":"{}","origin":"{}"{}}})", type, to_base64url(challenge), origin, more_client_data);
    }
    Bytes authenticator_data(bool with_key) const {
        Bytes out = crypto::sha256(as_bytes(rp_id));
        ByteWriter writer{out};
        writer.u8(static_cast<std::uint8_t>(flags | (with_key ? 0x40 : 0))).u32(sign_count);
        if (with_key) writer.bytes(Bytes(16)).u16(credential_id.size()).bytes(credential_id).bytes(cose());
        return out;
    }
    Bytes attestation() const {
        Bytes out;
        ByteWriter writer{out};
        const auto data = authenticator_data(true);
        writer.u8(0xa3).u8(0x63).text("fmt").u8(0x64).text("none").u8(0x67).text("attStmt").u8(0xa0).u8(0x68).text("authData");
        writer.u8(0x59).u16(data.size()).bytes(data);
        return out;
    }
    Assertion use(BytesView challenge) const {
        Assertion made{.client_data_json = client_data("webauthn.get", challenge), .authenticator_data = authenticator_data(false), .signature = {}};
        auto message = made.authenticator_data;
        const auto hash = crypto::sha256(as_bytes(made.client_data_json));
        message.insert(message.end(), hash.begin(), hash.end());
        made.signature = key_.sign(message, crypto::EcdsaForm::der);
        return made;
    }
    Bytes cose() const {
        const auto [first, second] = key_.numbers();
        Bytes out;
        ByteWriter writer{out};
        switch (key_.algorithm()) {
            case crypto::SignatureAlgorithm::es256:
                writer.u8(0xa5).u8(1).u8(2).u8(3).u8(0x26).u8(0x20).u8(1).u8(0x21).u8(0x58).u8(32).bytes(first).u8(0x22).u8(0x58).u8(32).bytes(
                    second);
                break;
            case crypto::SignatureAlgorithm::eddsa:
                writer.u8(0xa4).u8(1).u8(1).u8(3).u8(0x27).u8(0x20).u8(6).u8(0x21).u8(0x58).u8(32).bytes(first);
                break;
            case crypto::SignatureAlgorithm::rs256:
                writer.u8(0xa4).u8(1).u8(3).u8(3).u8(0x39).u16(256).u8(0x20).u8(0x59).u16(first.size()).bytes(first).u8(0x21).u8(0x43).bytes(second);
                break;
        }
        return out;
    }

  private:
    jose::testing::SigningKey key_;
};

}  // namespace ae::factors::testing
