#include "base/public_key.hpp"

#include <array>
#include <string>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace ae::crypto {

namespace {

constexpr std::size_t kCoordinateBytes = 32;
constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 8192;
constexpr std::size_t kMostExponentBytes = 8;

template <class T, void (*free_it)(T*)>
struct Freed {
    void operator()(T* thing) const { free_it(thing); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

/// What failed stands in OpenSSL's queue of this thread, where the next user (TLS) would read it as its own.
template <class T>
T forgetting_errors(T result) {
    ERR_clear_error();
    return result;
}

Number number_of(BytesView bytes) { return Number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)}; }

EVP_PKEY* key_of(const char* type, const Builder& builder) {
    const Parameters parameters{OSSL_PARAM_BLD_to_param(builder.get())};
    const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    return EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1 ? key : nullptr;
}

/// The ASN.1 form of a signature of two numbers side by side; empty when it is none.
Bytes der_of(BytesView raw) {
    if (raw.size() != 2 * kCoordinateBytes) return {};
    const EcdsaSignature signature{ECDSA_SIG_new()};
    ECDSA_SIG_set0(signature.get(), number_of(raw.first(kCoordinateBytes)).release(), number_of(raw.last(kCoordinateBytes)).release());
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &out);
    if (size <= 0) return {};
    Bytes der{out, out + size};
    OPENSSL_free(out);
    return der;
}

}  // namespace

std::string_view algorithm_name(SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case SignatureAlgorithm::rs256: return "RS256";
        case SignatureAlgorithm::es256: return "ES256";
        case SignatureAlgorithm::eddsa: return "EdDSA";
    }
    return {};
}

std::optional<SignatureAlgorithm> algorithm_named(std::string_view name) {
    for (const auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
        if (algorithm_name(each) == name) return each;
    }
    return std::nullopt;
}

PublicKey::PublicKey(SignatureAlgorithm algorithm, evp_pkey_st* key) : algorithm_(algorithm), key_(key, EVP_PKEY_free) {}

std::optional<PublicKey> PublicKey::rsa(BytesView modulus, BytesView exponent) {
    if (modulus.size() > kMostRsaBits / 8 || exponent.empty() || exponent.size() > kMostExponentBytes) return std::nullopt;
    const auto n = number_of(modulus);
    const auto e = number_of(exponent);
    if (BN_num_bits(n.get()) < kLeastRsaBits || !BN_is_odd(n.get()) || !BN_is_odd(e.get()) || BN_is_one(e.get())) return std::nullopt;
    const Builder builder{OSSL_PARAM_BLD_new()};
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    EVP_PKEY* const key = forgetting_errors(key_of("RSA", builder));
    if (key == nullptr) return std::nullopt;
    return PublicKey{SignatureAlgorithm::rs256, key};
}

std::optional<PublicKey> PublicKey::p256(BytesView x, BytesView y) {
    if (x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return std::nullopt;
    Bytes point{4};  // uncompressed (SEC 1, 2.3.3)
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    const Builder builder{OSSL_PARAM_BLD_new()};
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    EVP_PKEY* const key = forgetting_errors(key_of("EC", builder));
    if (key == nullptr) return std::nullopt;
    return PublicKey{SignatureAlgorithm::es256, key};
}

std::optional<PublicKey> PublicKey::ed25519(BytesView point) {
    EVP_PKEY* const key = forgetting_errors(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, point.data(), point.size()));
    if (key == nullptr) return std::nullopt;
    return PublicKey{SignatureAlgorithm::eddsa, key};
}

bool PublicKey::verify(BytesView message, BytesView signature, EcdsaForm form) const {
    Bytes der;
    if (algorithm_ == SignatureAlgorithm::es256 && form == EcdsaForm::raw) {
        der = der_of(signature);
        signature = der;
    }
    if (signature.empty()) return false;
    const DigestContext context{EVP_MD_CTX_new()};
    const EVP_MD* digest = algorithm_ == SignatureAlgorithm::eddsa ? nullptr : EVP_sha256();
    const bool ready = EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1;
    return forgetting_errors(ready && EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1);
}

}  // namespace ae::crypto
