#include "net/api/answers.hpp"

#include <string_view>

#include <fmt/format.h>

namespace ae::api {

std::string cookie_header(const Cookie& cookie) {
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", cookie.name, cookie.value, cookie.max_age.count(),
                       cookie.secure ? "; Secure" : "");
}

std::string cookie_value(std::string_view header, std::string_view name) {
    std::string found;
    while (!header.empty()) {
        const auto end = header.find(';');
        auto pair = header.substr(0, end);
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        const auto value = pair.substr(equals + 1);
        // Two of one name: a neighbour under the same domain may have planted one. Nobody can say which is ours.
        if (!found.empty() && found != value) return {};
        found = value;
    }
    return found;
}

}  // namespace ae::api
