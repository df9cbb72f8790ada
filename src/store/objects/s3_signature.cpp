#include "store/objects/s3_signature.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/crypto.hpp"

namespace ae::objects {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

struct Moment {
    std::string date;  // 20130524
    std::string time;  // 20130524T000000Z
};

Moment moment_of(WallTime now) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(now);
    const auto date = std::chrono::floor<std::chrono::days>(whole);
    const std::chrono::year_month_day day{date};
    const std::chrono::hh_mm_ss clock{whole - date};
    auto text = fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    auto time = fmt::format("{}T{:02}{:02}{:02}Z", text, clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    return {std::move(text), std::move(time)};
}

std::string scope_of(const Moment& moment, const S3Credentials& credentials) {
    return fmt::format("{}/{}/s3/aws4_request", moment.date, credentials.region);
}

Secret hmac(const Secret& key, std::string_view text) { return Secret{std::string{as_text(crypto::hmac_sha256(key, as_bytes(text)))}}; }

/// The key of one day, region and service.
Secret signing_key(const Moment& moment, const S3Credentials& credentials) {
    const Secret first{"AWS4" + credentials.secret_key.reveal()};  // the chain of keys begins with the secret itself
    return hmac(hmac(hmac(hmac(first, moment.date), credentials.region), "s3"), "aws4_request");
}

std::string query_text(const std::map<std::string, std::string>& query) {
    // The order is that of the encoded names; a map has it because encoding keeps the order of what we send.
    std::string out;
    for (const auto& [name, value] : query) out += fmt::format("{}{}={}", out.empty() ? "" : "&", s3_encoded(name, false), s3_encoded(value, false));
    return out;
}

std::string names_of(const std::map<std::string, std::string>& headers) {
    std::string out;
    for (const auto& [name, value] : headers) out += (out.empty() ? "" : ";") + name;
    return out;
}

std::string signature(const S3Request& request, const std::map<std::string, std::string>& headers, std::string_view query, std::string_view body_hash,
                      const S3Credentials& credentials, const Moment& moment) {
    std::string canonical = fmt::format("{}\n{}\n{}\n", request.method, request.path, query);
    for (const auto& [name, value] : headers) canonical += fmt::format("{}:{}\n", name, value);
    canonical += fmt::format("\n{}\n{}", names_of(headers), body_hash);
    const auto to_sign =
        fmt::format("{}\n{}\n{}\n{}", kAlgorithm, moment.time, scope_of(moment, credentials), to_hex(crypto::sha256(as_bytes(canonical))));
    return to_hex(crypto::hmac_sha256(signing_key(moment, credentials), as_bytes(to_sign)));
}

}  // namespace

std::string s3_encoded(std::string_view text, bool in_path) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain || (in_path && c == '/')) out += c;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::map<std::string, std::string> signed_headers(const S3Request& request, BytesView body, const S3Credentials& credentials, WallTime now) {
    const auto moment = moment_of(now);
    const auto body_hash = to_hex(crypto::sha256(body));
    auto headers = request.headers;
    headers["host"] = request.host;
    headers["x-amz-date"] = moment.time;
    headers["x-amz-content-sha256"] = body_hash;
    const auto proof = signature(request, headers, query_text(request.query), body_hash, credentials, moment);
    const auto names = names_of(headers);
    headers["authorization"] = fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", kAlgorithm, credentials.access_key,
                                           scope_of(moment, credentials), names, proof);
    headers.erase("host");
    return headers;
}

std::string presigned_query(const S3Request& request, const S3Credentials& credentials, WallTime now, Duration good_for) {
    const auto moment = moment_of(now);
    const std::map<std::string, std::string> headers{{"host", request.host}};
    auto query = request.query;
    query["X-Amz-Algorithm"] = kAlgorithm;
    query["X-Amz-Credential"] = credentials.access_key + "/" + scope_of(moment, credentials);
    query["X-Amz-Date"] = moment.time;
    query["X-Amz-Expires"] = fmt::format("{}", std::chrono::duration_cast<std::chrono::seconds>(good_for).count());
    query["X-Amz-SignedHeaders"] = names_of(headers);
    const auto text = query_text(query);
    return text + "&X-Amz-Signature=" + signature(request, headers, text, "UNSIGNED-PAYLOAD", credentials, moment);
}

}  // namespace ae::objects
