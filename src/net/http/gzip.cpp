#include "net/http/gzip.hpp"

#include <zlib.h>

#include "base/check.hpp"

namespace ae::http {

namespace {
/// zlib's window of 32 KB, and 16 that asks for the gzip wrapper.
constexpr int kGzipWindow = 15 + 16;
constexpr std::size_t kStep = 16'384;

Bytef* input_of(std::string_view text) { return reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); }
}  // namespace

std::string gzip(std::string_view text, int level) {
    z_stream stream{};
    AE_CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK, "zlib takes levels 1 to 9 and has memory");
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = input_of(text);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    AE_CHECK(result == Z_STREAM_END, "deflateBound leaves room for all");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::optional<std::string> gunzip(std::string_view bytes, std::size_t most) {
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) return std::nullopt;
    stream.next_in = input_of(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    int result = Z_OK;
    while (result == Z_OK && out.size() <= most) {
        const std::size_t had = out.size();
        out.resize(had + kStep);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
        stream.avail_out = kStep;
        result = inflate(&stream, Z_NO_FLUSH);
        out.resize(had + kStep - stream.avail_out);
    }
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (!whole || out.size() > most) return std::nullopt;
    return out;
}

}  // namespace ae::http
