// Bytes to the parts of a form, whole and cut in two.
#include <cstdlib>
#include <string_view>

#include "net/http/multipart.hpp"

namespace {

using namespace ae::http;

constexpr MultipartLimits kLimits{.parts = 4, .head_bytes = 200, .content_bytes = 4096};

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1 || size > 16 * 1024) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    form_boundary(bytes.substr(0, 200));
    MultipartReader whole{"b", kLimits}, halves{"b", kLimits};
    const auto state = whole.feed(bytes);
    const auto cut = data[0] % (bytes.size() + 1);
    halves.feed(bytes.substr(0, cut));
    require(halves.feed(bytes.substr(cut)) == state);
    if (state != MultipartReader::State::complete) return 0;
    const auto parts = whole.take_parts();
    require(parts == halves.take_parts() && !parts.empty() && parts.size() <= kLimits.parts);
    std::size_t content = 0;
    for (const auto& part : parts) {
        require(!part.name.empty() && part.content.find("\r\n--b") == std::string::npos);
        content += part.content.size();
    }
    require(content <= kLimits.content_bytes);
    return 0;
}
