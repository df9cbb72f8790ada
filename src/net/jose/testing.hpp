// For tests: an issuer of tokens with keys of its own.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "base/public_key.hpp"

namespace ae::jose::testing {

/// A key pair made for the test.
class SigningKey {
  public:
    explicit SigningKey(crypto::SignatureAlgorithm algorithm) : algorithm_(algorithm), key_(make(algorithm), EVP_PKEY_free) {}

    crypto::SignatureAlgorithm algorithm() const { return algorithm_; }

    /// ECDSA in the form that is asked for.
    Bytes sign(BytesView message, crypto::EcdsaForm form = crypto::EcdsaForm::raw) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
        const auto* digest = algorithm_ == crypto::SignatureAlgorithm::eddsa ? nullptr : EVP_sha256();
        EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get());
        std::size_t size = 0;
        EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size());
        Bytes signature(size);
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
        signature.resize(size);
        return algorithm_ == crypto::SignatureAlgorithm::es256 && form == crypto::EcdsaForm::raw ? raw_of(signature) : signature;
    }

    /// `n` and `e`, `x` and `y`, or `x` and nothing.
    std::pair<Bytes, Bytes> numbers() const {
        switch (algorithm_) {
            case crypto::SignatureAlgorithm::rs256: return {number(OSSL_PKEY_PARAM_RSA_N, 256), number(OSSL_PKEY_PARAM_RSA_E, 3)};
            case crypto::SignatureAlgorithm::es256: return {number(OSSL_PKEY_PARAM_EC_PUB_X, 32), number(OSSL_PKEY_PARAM_EC_PUB_Y, 32)};
            case crypto::SignatureAlgorithm::eddsa: break;
        }
        Bytes point(32);
        std::size_t size = point.size();
        EVP_PKEY_get_raw_public_key(key_.get(), point.data(), &size);
        return {point, {}};
    }

    std::string jwk(std::string_view id, std::string_view more = "") const {
        const auto [first, second] = numbers();
        const auto a = to_base64url(first), b = to_base64url(second);
        switch (algorithm_) {
            case crypto::SignatureAlgorithm::rs256: return fmt::format(R"({{"kty":"RSA","kid":"{}","n":"{}","e":"{}"{}}})", id, a, b, more);
            case crypto::SignatureAlgorithm::es256:
                return fmt::format(R"({{"kty":"EC","crv":"P-256","kid":"{}","x":"{}","y":"{}"{}}})", id, a, b, more);
            case crypto::SignatureAlgorithm::eddsa: return fmt::format(R"({{"kty":"OKP","crv":"Ed25519","kid":"{}","x":"{}"{}}})", id, a, more);
        }
        return {};
    }

    /// A token with this header and these claims, both JSON.
    std::string token_with(std::string_view header, std::string_view claims) const {
        const auto signed_part = to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(claims));
        return signed_part + "." + to_base64url(sign(as_bytes(signed_part)));
    }
    std::string token(std::string_view id, std::string_view claims) const {
        return token_with(fmt::format(R"({{"alg":"{}","kid":"{}","typ":"JWT"}})", crypto::algorithm_name(algorithm_), id), claims);
    }

  private:
    static EVP_PKEY* make(crypto::SignatureAlgorithm algorithm) {
        switch (algorithm) {
            case crypto::SignatureAlgorithm::rs256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
            case crypto::SignatureAlgorithm::es256: return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
            case crypto::SignatureAlgorithm::eddsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        }
        return nullptr;
    }
    Bytes number(const char* name, int width) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        Bytes out(static_cast<std::size_t>(width));
        BN_bn2binpad(value, out.data(), width);
        BN_free(value);
        return out;
    }
    static Bytes raw_of(const Bytes& der) {
        const unsigned char* from = der.data();
        ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size()));
        Bytes out(64);
        BN_bn2binpad(ECDSA_SIG_get0_r(signature), out.data(), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(signature), out.data() + 32, 32);
        ECDSA_SIG_free(signature);
        return out;
    }

    crypto::SignatureAlgorithm algorithm_;
    std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace ae::jose::testing
