// Range requests: one range of bytes (RFC 9110 section 14).
#pragma once

#include <cstdint>
#include <string_view>

namespace ae::http {

struct ByteRange {
    enum class Kind : std::uint8_t {
        whole,          // no range, one we do not know, or several: the whole is a right answer (section 14.2)
        part,           // 206
        unsatisfiable,  // 416
    };
    Kind kind = Kind::whole;
    std::uint64_t first = 0;
    std::uint64_t size = 0;
};

/// What a Range header asks of something of this size.
ByteRange parse_range(std::string_view range, std::uint64_t size);

}  // namespace ae::http
