// Which addresses an outgoing request may reach: the answer to server-side request forgery.
#pragma once

#include <functional>

#include <boost/asio/ip/address.hpp>

#include "io/task.hpp"

namespace ae::io {

/// Asked after the name was resolved, with the address that would be connected to. Called on the HTTP client's thread.
using AddressFilter = std::function<bool(const asio::ip::address&)>;

/// Whether the address is out on the internet: not this machine, not a private, link-local, shared, documentation, benchmark or
/// multicast network, and no IPv6 address that wraps an IPv4 one (RFC 6890 and the IANA special-purpose registries). For addresses that users give.
bool is_public_address(const asio::ip::address& address);

/// Any address: for what the operator configured.
bool is_any_address(const asio::ip::address& address);

}  // namespace ae::io
