#include "base/id.hpp"

#include <array>

#include <sodium.h>

namespace ae {

namespace {
constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kIdLength = 26;
}  // namespace

void SystemRandom::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

bool looks_like_id(std::string_view text) {
    return text.size() == kIdLength && text.find_first_not_of(kCrockford) == std::string_view::npos && text[0] <= '7';
}

std::string make_id_text(WallTime now, Random& random) {
    // 130 bits for 26 digits of 5: two zero bits, 48 of milliseconds, 80 random.
    const auto millis = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count());
    std::array<std::uint8_t, 10> noise{};
    random.fill(noise);

    std::string text(kIdLength, '0');
    for (std::size_t i = 0; i < 10; ++i) text[9 - i] = kCrockford[millis >> (5 * i) & 31];
    std::uint64_t bits = 0;
    int held = 0;
    std::size_t at = 10;
    for (const auto byte : noise) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 5; held -= 5) text[at++] = kCrockford[bits >> (held - 5) & 31];
    }
    return text;
}

}  // namespace ae
