// What is accepted is what it says: an address has one form, and nothing in it could become a header, a second recipient or markup.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "accounts/account_rules.hpp"

namespace {

void must(bool condition) {
    if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::accounts;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto email = check_email(text)) {
        must(*email == lower(text));
        must(email->find_first_of(" \r\n\t<>\",;:\\()[]") == std::string::npos);
        must(check_email(*email).value() == *email);
    }
    if (check_display_name(text)) must(text.find_first_of("\r\n\t") == std::string_view::npos && !text.empty());
    if (check_bio(text)) must(text.find('\r') == std::string_view::npos);
    if (check_language(text)) must(text.size() <= 35 && text.find_first_of("<>& \"'") == std::string_view::npos);
    return 0;
}
