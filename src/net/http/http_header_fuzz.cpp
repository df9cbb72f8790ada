// Header values that we take apart: ranges, codings, tags, forwarded addresses, listen addresses.
#include <cstdlib>
#include <string>

#include "net/http/byte_range.hpp"
#include "net/http/etag.hpp"
#include "net/http/forwarded.hpp"
#include "net/http/head.hpp"
#include "net/http/listener.hpp"
#include "net/http/negotiation.hpp"

namespace {

using namespace ae::http;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_range(std::string_view text) {
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, UINT64_MAX}) {
        const auto range = parse_range(text, size);
        if (range.kind != ByteRange::Kind::part) continue;
        require(range.size > 0 && range.first < size && range.size <= size - range.first);
    }
}

void check_codings(std::string_view text) {
    const auto wishes = coding_wishes(text);
    for (const int wish : {wishes.identity, wishes.gzip, wishes.brotli}) require(wish >= 0 && wish <= 1000);
    require(choose_coding(text, false, false) == Coding::identity);
    require(choose_coding(text, true, false) != Coding::brotli);
}

void check_forwarded(std::string_view text) {
    static const auto proxies = TrustedProxies::parse({"10.0.0.0/8"}).value();
    static const auto others = TrustedProxies::parse({"10.0.0.0/8"}, ForwardedKind::forwarded).value();
    Headers headers;
    for (const auto name : {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded"}) headers.add(name, text);
    for (const auto& trusted : {proxies, others}) {
        const auto client = trusted.client_of({"10.0.0.1", "http", "here"}, headers);
        require(parse_address(client.address).has_value());
        require(client.scheme == "http" || client.scheme == "https");
        require(is_authority(client.host));
        require(trusted.client_of({"192.0.2.1", "http", "here"}, headers).address == "192.0.2.1");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 8 * 1024) return 0;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check_range(text);
    check_codings(text);
    check_forwarded(text);
    if_none_match_names(text, "\"tag\"");
    if (const auto network = Network::parse(text)) require(network->holds(parse_address(text.substr(0, text.find('/'))).value()));
    (void)parse_listen(text);
    return 0;
}
