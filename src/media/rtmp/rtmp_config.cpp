#include "media/rtmp/rtmp_config.hpp"

namespace ae::media::rtmp {

void describe(config::Section& section, RtmpConfig& config) {
    section.field("listen", &config.listen, "Addresses and ports that encoders connect to.");
    section.field("app", &config.app, "The application in the address: rtmp://HOST/<app>/<stream key>.");
    section.field("play", &config.play, "Whether rtmp://HOST/<app>/<slug> can be played.");
    auto& connections = section.field("max_connections", &config.max_connections, "Connections at the same time.");
    connections.least = 1;
    auto& per_address =
        section.field("max_connections_per_address", &config.max_connections_per_address, "Connections at the same time from one address.");
    per_address.least = 1;
    section.field("handshake_timeout", &config.handshake_timeout, "How long a client may take from connecting to publishing.");
    section.field("idle_timeout", &config.idle_timeout, "How long a publisher may send nothing.");
    auto& chunk = section.field("chunk_size", &config.chunk_size, "The chunk size that is announced; ffmpeg takes it over for what it sends.");
    chunk.least = 128;
    chunk.most = 16'777'215;
    section.field("max_message", &config.max_message, "The largest audio or video message of a publisher: one coded picture.");
}

}  // namespace ae::media::rtmp
