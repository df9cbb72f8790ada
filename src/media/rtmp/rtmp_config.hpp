// The settings of the RTMP server.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/time.hpp"

namespace ae::media::rtmp {

struct RtmpConfig {
    std::vector<std::string> listen{"0.0.0.0:1935"};
    std::string app = "live";
    bool play = false;
    std::int64_t max_connections = 1'000;
    std::int64_t max_connections_per_address = 32;
    Duration handshake_timeout = std::chrono::seconds{10};
    Duration idle_timeout = std::chrono::seconds{30};
    std::int64_t chunk_size = 60'000;
    config::ByteSize max_message{8 << 20};
};

void describe(config::Section& section, RtmpConfig& config);

}  // namespace ae::media::rtmp
