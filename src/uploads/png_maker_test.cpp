// PNGs by hand, for tests: right ones, and ones that no program would write.
#include <zlib.h>

#include "uploads/testing.hpp"

namespace ae::uploads::testing {

namespace {

std::string big_endian(std::uint32_t value) {
    Bytes bytes;
    ByteWriter{bytes}.u32(value);
    return std::string{as_text(bytes)};
}

}  // namespace

std::string png_chunk(std::string_view name, std::string_view content) {
    const std::string named = std::string{name} + std::string{content};
    const auto sum = ::crc32(0, as_bytes(named).data(), static_cast<uInt>(named.size()));
    return big_endian(static_cast<std::uint32_t>(content.size())) + named + big_endian(static_cast<std::uint32_t>(sum));
}

std::string deflated(std::string_view content) {
    auto size = ::compressBound(content.size());
    std::string out(size, '\0');
    const int result = ::compress2(reinterpret_cast<Bytef*>(out.data()), &size, as_bytes(content).data(), content.size(), 9);
    EXPECT_EQ(result, Z_OK);
    out.resize(size);
    return out;
}

std::string png(std::uint32_t width, std::uint32_t height, std::string_view before) {
    // One byte a pixel, each row behind its filter's number.
    const std::string rows(std::size_t{height} * (width + 1), '\0');
    const std::string header = big_endian(width) + big_endian(height) + std::string{"\x08\0\0\0\0", 5};
    return "\x89PNG\r\n\x1a\n" + png_chunk("IHDR", header) + std::string{before} + png_chunk("IDAT", deflated(rows)) + png_chunk("IEND", "");
}

}  // namespace ae::uploads::testing
