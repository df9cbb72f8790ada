// Who the client is, when proxies stand in front: forwarded addresses are believed from trusted ones alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/ip/address.hpp>

#include "base/result.hpp"
#include "net/http/message.hpp"

namespace ae::http {

using IpAddress = boost::asio::ip::address;

/// An address in text, IPv4 inside IPv6 (`::ffff:192.0.2.1`) as IPv4; nullopt when it is none.
std::optional<IpAddress> parse_address(std::string_view text);
/// What counts as one client: an IPv4 address, or the /64 of an IPv6 one, since a subscriber holds all of those.
std::string client_key(const IpAddress& address);

/// A network in CIDR form; a bare address is a network of one.
class Network {
  public:
    /// Refuses `network_invalid`.
    static Result<Network> parse(std::string_view text);
    bool holds(const IpAddress& address) const;

  private:
    boost::asio::ip::address_v6::bytes_type bytes_{};
    unsigned prefix_ = 128;
};

/// What the nearest trusted proxy says of the client.
struct Client {
    std::string address;
    std::string scheme;
    std::string host;
};

/// Which headers the proxies write. Only those are read: a proxy passes the other kind on as the client sent it.
enum class ForwardedKind { x_forwarded, forwarded };

class TrustedProxies {
  public:
    /// Refuses `network_invalid`, with the network in the detail.
    static Result<TrustedProxies> parse(const std::vector<std::string>& networks, ForwardedKind kind = ForwardedKind::x_forwarded);
    bool empty() const { return networks_.empty(); }
    bool trusts(const IpAddress& address) const;
    /// `direct` is what the connection itself says. Reads X-Forwarded-For, -Proto and -Host, or Forwarded (RFC 7239), when the peer is
    /// trusted; the client is the right-most address that is not a trusted proxy's. What cannot be read is where believing ends.
    Client client_of(Client direct, const Headers& headers) const;

  private:
    std::vector<Network> networks_;
    ForwardedKind kind_ = ForwardedKind::x_forwarded;
};

/// The addresses of a chain, in order, out of `X-Forwarded-For` or `Forwarded` values; an entry that is no address is empty.
std::vector<std::string> forwarded_for(std::string_view value);
std::vector<std::string> x_forwarded_for(std::string_view value);

}  // namespace ae::http
