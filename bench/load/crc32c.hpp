// CRC32C by the processor's own instruction: about eight bytes in three cycles, so that checking costs the load less than receiving.
#pragma once

#include <nmmintrin.h>

#include <cstdint>
#include <cstring>
#include <span>

namespace ae::bench {

[[gnu::target("sse4.2")]] inline std::uint32_t crc32c(std::uint32_t seed, std::span<const char> bytes) {
    std::uint64_t crc = seed;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        crc = _mm_crc32_u64(crc, word);
    }
    for (; left > 0; ++at, --left) crc = _mm_crc32_u8(static_cast<std::uint32_t>(crc), static_cast<unsigned char>(*at));
    return static_cast<std::uint32_t>(crc);
}

}  // namespace ae::bench
