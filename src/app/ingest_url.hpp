// Where an encoder sends to, as its owner is told.
#pragma once

#include <string>

#include "app/config.hpp"

namespace ae::app {

/// What the operator set, or made of the site's address (else of `origin`, what the client calls this server) and the RTMP port.
std::string ingest_url(const AppConfig& config, const std::string& origin, std::uint16_t rtmp_port);

/// The host of `https://live.example.org:8443`, without its port.
std::string_view host_of(std::string_view origin);

}  // namespace ae::app
