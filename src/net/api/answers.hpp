// What a typed route may answer beside a plain view: a new thing's address, cookies, another address, words that would do instead.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/result.hpp"

namespace ae::api {

/// Answers 201 with the new thing's address.
template <class View>
struct Created {
    View view;
    std::string location;
};
template <class T>
struct IsCreated : std::false_type {};
template <class T>
struct IsCreated<Created<T>> : std::true_type {};

/// A cookie that scripts cannot read and other sites' forms do not carry: HttpOnly, SameSite=Lax, for the whole site.
struct Cookie {
    std::string name;
    /// Of characters that a cookie may have (RFC 6265 section 4.1.1).
    std::string value;
    /// Zero: the browser forgets it.
    std::chrono::seconds max_age;
    /// Over https alone.
    bool secure;
};
/// The value of a Set-Cookie header.
std::string cookie_header(const Cookie& cookie);
/// A cookie's value out of a `Cookie` header; empty when it is not there, or there twice with different values.
std::string cookie_value(std::string_view header, std::string_view name);

/// A view, and cookies. `WithCookies<None>` answers 204.
template <class View>
struct WithCookies {
    using Inner = View;
    View view;
    std::vector<Cookie> cookies;
};
template <class T>
struct IsWithCookies : std::false_type {};
template <class View>
struct IsWithCookies<WithCookies<View>> : std::true_type {};

/// A view, or 308 to where the thing is now (`Location`, and `{"movedTo": ...}`).
template <class View>
struct OrMoved {
    using Inner = View;
    std::optional<View> view;
    std::string moved_to = {};
};
template <class T>
struct IsOrMoved : std::false_type {};
template <class View>
struct IsOrMoved<OrMoved<View>> : std::true_type {};

/// A refusal, and what would do instead: `suggestions` in the problem document.
struct Suggestions {
    Error error;
    std::vector<std::string> words;
};
/// A view, or a refusal that suggests.
template <class View>
struct OrSuggestions {
    using Inner = View;
    std::optional<View> view;
    std::optional<Suggestions> refusal = {};
};
template <class T>
struct IsOrSuggestions : std::false_type {};
template <class View>
struct IsOrSuggestions<OrSuggestions<View>> : std::true_type {};

}  // namespace ae::api
