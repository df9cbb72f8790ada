#include "live/stream_rules.hpp"

#include <algorithm>

#include "base/json_text.hpp"

namespace ae::live {

namespace {

constexpr std::size_t kTitleMost = 140, kDeviceLeast = 16, kDeviceMost = 64;

bool is_control(std::string_view sequence) {
    const auto first = static_cast<unsigned char>(sequence[0]);
    return first < 0x20 || first == 0x7f || (first == 0xc2 && static_cast<unsigned char>(sequence[1]) < 0xa0);
}

}  // namespace

Result<void> check_title(std::string_view title) {
    const Error wrong{Errc::invalid, "title_invalid", "A title has 1 to 140 characters, no control characters, and no blank at its ends."};
    if (title.empty() || title.front() == ' ' || title.back() == ' ') return wrong;
    std::size_t count = 0;
    while (!title.empty()) {
        const auto length = utf8_length(title);
        if (length == 0 || is_control(title.substr(0, length)) || ++count > kTitleMost) return wrong;
        title.remove_prefix(length);
    }
    return {};
}

Result<void> check_device(std::string_view device) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (device.size() < kDeviceLeast || device.size() > kDeviceMost || !std::ranges::all_of(device, plain))
        return Error{Errc::invalid, "device_invalid", "A device is 16 to 64 letters, digits, - and _."};
    return {};
}

}  // namespace ae::live
