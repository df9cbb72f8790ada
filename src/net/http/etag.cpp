#include "net/http/etag.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace ae::http {

std::string etag_of(BytesView bytes, std::string_view coding) {
    auto digest = crypto::sha256(bytes);
    digest.resize(12);  // 96 bits: nobody gains from a collision with his own bytes
    std::string tag = "\"" + to_base64url(digest);
    if (!coding.empty()) tag.append("-").append(coding);
    return tag + "\"";
}

bool if_none_match_names(std::string_view list, std::string_view etag) {
    if (list == "*") return true;
    while (!list.empty()) {
        const std::size_t open = list.find('"');
        if (open == std::string_view::npos) return false;
        const std::size_t close = list.find('"', open + 1);
        if (close == std::string_view::npos) return false;
        if (list.substr(open, close - open + 1) == etag) return true;
        list.remove_prefix(close + 1);
    }
    return false;
}

}  // namespace ae::http
