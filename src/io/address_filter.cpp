#include "io/address_filter.hpp"

#include <algorithm>
#include <cstdint>

namespace ae::io {

namespace {

struct Network4 {
    std::uint32_t prefix;
    int bits;
};

constexpr Network4 kSpecial4[] = {
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // shared, RFC 6598
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link-local, and the clouds' metadata services
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocol assignments
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // 6to4 relays, given up
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 3},   // multicast, reserved, broadcast
};

bool is_public(const asio::ip::address_v4& address) {
    const auto number = address.to_uint();
    return std::ranges::none_of(kSpecial4, [number](const Network4& network) { return (number ^ network.prefix) >> (32 - network.bits) == 0; });
}

bool is_public(const asio::ip::address_v6& address) {
    if (address.is_v4_mapped()) return is_public(asio::ip::make_address_v4(asio::ip::v4_mapped, address));
    const auto bytes = address.to_bytes();
    const auto first = bytes[0] << 8 | bytes[1];
    const auto second = bytes[2] << 8 | bytes[3];
    if (first >> 13 != 1) return false;                     // Only 2000::/3 is global unicast.
    if (first == 0x2001 && second < 0x0200) return false;   // Protocol assignments, with Teredo (2001::/32).
    if (first == 0x2001 && second == 0x0db8) return false;  // Documentation, as 3fff::/20 is.
    if (first == 0x3fff && second < 0x1000) return false;
    return first != 0x2002;  // 6to4 carries an IPv4 address inside.
}

}  // namespace

bool is_public_address(const asio::ip::address& address) { return address.is_v4() ? is_public(address.to_v4()) : is_public(address.to_v6()); }

bool is_any_address(const asio::ip::address&) { return true; }

}  // namespace ae::io
