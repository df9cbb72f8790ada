#include "net/http/forwarded.hpp"

#include <algorithm>
#include <charconv>

#include "net/http/head.hpp"

namespace ae::http {

namespace {

namespace ip = boost::asio::ip;

/// More hops than anybody has; the rest is not looked at.
constexpr std::size_t kMostHops = 32;

ip::address_v6::bytes_type as_v6(const IpAddress& address) {
    return address.is_v6() ? address.to_v6().to_bytes() : ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes();
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Off the front of `text`, up to `mark`, which is dropped; quoted strings are kept whole.
std::string_view next_item(std::string_view& text, char mark) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (quoted && text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            quoted = !quoted;
        } else if (!quoted && text[at] == mark) {
            break;
        }
    }
    at = std::min(at, text.size());
    const auto item = trim(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    return item;
}

std::string_view unquote(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') return text.substr(1, text.size() - 2);
    return text;
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711` -> the address; else empty.
std::string node_address(std::string_view node) {
    if (node.starts_with('[')) {
        const std::size_t close = node.find(']');
        if (close == std::string_view::npos) return {};
        node = node.substr(1, close - 1);
    } else if (std::ranges::count(node, ':') == 1) {
        node = node.substr(0, node.find(':'));
    }
    const auto address = parse_address(node);
    return address ? address->to_string() : std::string{};
}

std::string joined(const Headers& headers, std::string_view name) {
    std::string all;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto [key, value] = headers[i];
        if (key != name) continue;
        if (!all.empty()) all += ", ";
        all += value;
    }
    return all;
}

/// The parameter of the last element of a Forwarded value: what the nearest proxy says.
std::string last_parameter(std::string_view value, std::string_view name) {
    std::string found;
    while (!value.empty()) {
        auto element = next_item(value, ',');
        found.clear();
        while (!element.empty()) {
            const auto pair = next_item(element, ';');
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos && equals_ignoring_case(pair.substr(0, equals), name)) found = unquote(pair.substr(equals + 1));
        }
    }
    return found;
}

std::string last_item(std::string_view list) {
    const std::size_t comma = list.rfind(',');
    return std::string{trim(comma == std::string_view::npos ? list : list.substr(comma + 1))};
}

}  // namespace

std::optional<IpAddress> parse_address(std::string_view text) {
    boost::system::error_code error;
    const auto address = ip::make_address(std::string{text}, error);
    if (error) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return IpAddress{ip::make_address_v4(ip::v4_mapped, address.to_v6())};
    return address;
}

std::string client_key(const IpAddress& address) {
    const auto bytes = as_v6(address);
    const std::size_t size = address.is_v6() ? 8 : 16;
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

Result<Network> Network::parse(std::string_view text) {
    const Error refusal{Errc::invalid, "network_invalid", "`" + std::string{text} + "` is not a network such as 10.0.0.0/8 or 2001:db8::/32."};
    const std::size_t slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return refusal;
    const unsigned width = address->is_v6() ? 128 : 32;
    unsigned prefix = width;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), prefix);
        if (error != std::errc{} || end != digits.data() + digits.size() || prefix > width) return refusal;
    }
    Network network;
    network.bytes_ = as_v6(*address);
    network.prefix_ = prefix + (128 - width);
    return network;
}

bool Network::holds(const IpAddress& address) const {
    const auto other = as_v6(address);
    const std::size_t whole = prefix_ / 8;
    if (!std::equal(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(whole), other.begin())) return false;
    const unsigned rest = prefix_ % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<unsigned char>(0xFF << (8 - rest));
    return (bytes_[whole] & mask) == (other[whole] & mask);
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks, ForwardedKind kind) {
    TrustedProxies proxies;
    proxies.kind_ = kind;
    for (const auto& text : networks) {
        auto network = Network::parse(text);
        if (!network) return network.error();
        proxies.networks_.push_back(*network);
    }
    return proxies;
}

bool TrustedProxies::trusts(const IpAddress& address) const {
    return std::ranges::any_of(networks_, [&](const Network& network) { return network.holds(address); });
}

std::vector<std::string> x_forwarded_for(std::string_view value) {
    std::vector<std::string> chain;
    while (!value.empty() && chain.size() < kMostHops * 4) chain.push_back(node_address(next_item(value, ',')));
    return chain;
}

std::vector<std::string> forwarded_for(std::string_view value) {
    std::vector<std::string> chain;
    while (!value.empty() && chain.size() < kMostHops * 4) {
        auto element = next_item(value, ',');
        std::string address;
        while (!element.empty()) {
            const auto pair = next_item(element, ';');
            const std::size_t equals = pair.find('=');
            if (equals != std::string_view::npos && equals_ignoring_case(pair.substr(0, equals), "for"))
                address = node_address(unquote(pair.substr(equals + 1)));
        }
        chain.push_back(std::move(address));
    }
    return chain;
}

Client TrustedProxies::client_of(Client direct, const Headers& headers) const {
    if (networks_.empty()) return direct;
    const auto peer = parse_address(direct.address);
    if (!peer || !trusts(*peer)) return direct;

    const bool x = kind_ == ForwardedKind::x_forwarded;
    const std::string said = joined(headers, x ? "x-forwarded-for" : "forwarded");
    const auto chain = x ? x_forwarded_for(said) : forwarded_for(said);
    const std::string proto = x ? last_item(joined(headers, "x-forwarded-proto")) : last_parameter(said, "proto");
    const std::string host = x ? last_item(joined(headers, "x-forwarded-host")) : last_parameter(said, "host");

    Client client = std::move(direct);
    std::size_t hops = 0;
    for (auto hop = chain.rbegin(); hop != chain.rend() && !hop->empty() && hops < kMostHops; ++hop, ++hops) {
        client.address = *hop;
        const auto address = parse_address(*hop);
        if (!address || !trusts(*address)) break;
    }
    if (proto == "http" || proto == "https") client.scheme = proto;
    if (!host.empty() && is_authority(host)) client.host = host;
    return client;
}

}  // namespace ae::http
