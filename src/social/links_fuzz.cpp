// What is kept of a link is kept again as it is, and has nothing in it that ends an attribute.
#include <cstdlib>

#include "social/links.hpp"

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    ae::social::links_of(text);
    const auto kept = ae::social::check_links({.website = text, .youtube = std::nullopt});
    if (!kept) return 0;
    require(ae::social::check_links(*kept).value() == *kept);
    require(ae::social::links_of(ae::social::json_of(*kept)) == *kept);
    if (kept->website) require(kept->website->starts_with("https://") && kept->website->find_first_of("\"'<>\\ \r\n") == std::string::npos);
    return 0;
}
