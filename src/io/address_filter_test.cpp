#include "io/address_filter.hpp"

#include <gtest/gtest.h>

namespace ae::io {
namespace {

bool is_public(const char* text) { return is_public_address(asio::ip::make_address(text)); }

TEST(AddressFilter, RefusesWhatIsNotOutOnTheInternet) {
    for (const char* inside : {"0.0.0.0",
                               "10.0.0.1",
                               "10.255.255.255",
                               "100.64.0.1",
                               "100.127.255.255",
                               "127.0.0.1",
                               "127.255.255.255",
                               "169.254.169.254",
                               "172.16.0.1",
                               "172.31.255.255",
                               "192.0.0.8",
                               "192.0.2.1",
                               "192.88.99.1",
                               "192.168.1.1",
                               "198.18.0.1",
                               "198.19.255.255",
                               "198.51.100.7",
                               "203.0.113.7",
                               "224.0.0.1",
                               "240.0.0.1",
                               "255.255.255.255",
                               "::",
                               "::1",
                               "::ffff:127.0.0.1",
                               "::ffff:10.1.2.3",
                               "64:ff9b::7f00:1",
                               "100::1",
                               "2001::1",
                               "2001:db8::1",
                               "2002:7f00:1::",
                               "3fff::1",
                               "fc00::1",
                               "fd12:3456::1",
                               "fe80::1",
                               "fec0::1",
                               "ff02::1"}) {
        EXPECT_FALSE(is_public(inside)) << inside;
    }
}

TEST(AddressFilter, LetsTheInternetThrough) {
    for (const char* outside : {"1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "128.0.0.1",
                                "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
                                "2606:4700:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "2001:4860:4860::8888"}) {
        EXPECT_TRUE(is_public(outside)) << outside;
    }
}

}  // namespace
}  // namespace ae::io
