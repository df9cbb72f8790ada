#include "net/api/page.hpp"

#include "base/bytes.hpp"
#include "base/crypto.hpp"

namespace ae::api {

namespace {
/// 128 bits are enough to keep guesses out and cursors short.
constexpr std::size_t kSignature = 16;
}  // namespace

std::string Cursors::signature(std::string_view list, std::string_view position) const {
    std::string message{list};
    message.push_back('\0');
    message.append(position);
    const Bytes whole = crypto::hmac_sha256(key_, as_bytes(message));
    return std::string{as_text(whole).substr(0, kSignature)};
}

std::string Cursors::seal(std::string_view list, std::string_view position) const {
    return to_base64url(as_bytes(signature(list, position) + std::string{position}));
}

Result<std::string> Cursors::open(std::string_view list, std::string_view cursor) const {
    const Error refusal{Errc::invalid, "cursor_invalid", "This cursor is not one that this list gave; begin again without it."};
    const auto bytes = from_base64url(cursor);
    if (!bytes || bytes->size() < kSignature) return refusal;
    const auto text = as_text(*bytes);
    const std::string position{text.substr(kSignature)};
    if (!crypto::equal_constant_time(as_bytes(text.substr(0, kSignature)), as_bytes(signature(list, position)))) return refusal;
    return position;
}

}  // namespace ae::api
