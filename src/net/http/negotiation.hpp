// What the client would rather have: content codings by Accept-Encoding (RFC 9110 section 12.5.3).
#pragma once

#include <cstdint>
#include <string_view>

#include "net/http/message.hpp"

namespace ae::http {

enum class Coding : std::uint8_t { identity, gzip, brotli };

/// How much a client wants each coding, in thousandths; 0: not at all.
struct CodingWishes {
    int identity = 1000;
    int gzip = 0;
    int brotli = 0;
};
CodingWishes coding_wishes(std::string_view accept_encoding);

/// The coding to send of those that exist; brotli before gzip before identity where the client does not mind.
Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli);
inline bool accepts_gzip(const Request& request) { return choose_coding(request.headers.get("accept-encoding"), true, false) == Coding::gzip; }

}  // namespace ae::http
