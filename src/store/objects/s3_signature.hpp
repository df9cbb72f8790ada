// AWS Signature Version 4, as S3 wants it: sans-IO. "Signature Calculations for the Authorization Header" and "Authenticating Requests: Using Query
// Parameters" of the S3 API reference.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace ae::objects {

struct S3Credentials {
    std::string access_key;
    Secret secret_key;
    std::string region;
};

struct S3Request {
    std::string method;
    /// Host and port as the Host header says them.
    std::string host;
    /// Encoded, as it is sent.
    std::string path = "/";
    /// Not encoded.
    std::map<std::string, std::string> query = {};
    /// Lower-case names. `host`, `x-amz-date` and `x-amz-content-sha256` are added.
    std::map<std::string, std::string> headers = {};
};

/// The headers to send with a request of that body: those that it has, but for `host`, and those of the signature.
std::map<std::string, std::string> signed_headers(const S3Request& request, BytesView body, const S3Credentials& credentials, WallTime now);

/// The query of an address that works for `good_for` (whole seconds) without further headers, with the signature, encoded.
std::string presigned_query(const S3Request& request, const S3Credentials& credentials, WallTime now, Duration good_for);

/// Percent-encoded but for A-Z, a-z, 0-9, `-`, `.`, `_`, `~`, and in a path `/`.
std::string s3_encoded(std::string_view text, bool in_path);

}  // namespace ae::objects
