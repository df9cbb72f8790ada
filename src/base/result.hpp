// What a function answers when the caller can act on a refusal. Something broken (database gone, disk full)
// is thrown instead; what cannot happen is AE_CHECK.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace ae {

/// The kind of a refusal; the HTTP edge makes a status of it, the RTMP edge a status text.
enum class Errc {
    invalid,        // 400: the request itself is wrong
    unauthorized,   // 401: sign in first
    forbidden,      // 403: signed in, and still no
    not_found,      // 404
    conflict,       // 409: the state does not allow it now
    gone,           // 410: it was here, and will not come back
    too_large,      // 413
    unprocessable,  // 422: well-formed, and still not possible
    too_many,       // 429
    unavailable,    // 503: try again later
};

/// A refusal. `reason` is a stable word that is part of the API (`slug_taken`) and lives for ever (a literal);
/// `detail` is a sentence for a person that says what to do next.
struct Error {
    Errc kind = Errc::invalid;
    std::string_view reason;
    std::string detail = {};
};

template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
  public:
    using Base = std::expected<T, Error>;
    using Base::Base;
    Result(Error error) : Base(std::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public std::expected<void, Error> {
  public:
    using Base = std::expected<void, Error>;
    using Base::Base;
    Result(Error error) : Base(std::unexpect, std::move(error)) {}
};

}  // namespace ae
