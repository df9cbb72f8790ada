#include "app/ingest_url.hpp"

#include <fmt/format.h>

namespace ae::app {

std::string_view host_of(std::string_view origin) {
    const auto begin = origin.find("://");
    auto host = begin == std::string_view::npos ? origin : origin.substr(begin + 3);
    host = host.substr(0, host.find('/'));
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

std::string ingest_url(const AppConfig& config, const std::string& origin, std::uint16_t rtmp_port) {
    if (!config.site.ingest_url.empty()) return config.site.ingest_url;
    const auto host = host_of(config.site.public_url.empty() ? std::string_view{origin} : std::string_view{config.site.public_url});
    return fmt::format("rtmp://{}{}/{}", host, rtmp_port == 1935 ? "" : fmt::format(":{}", rtmp_port), config.rtmp.app);
}

}  // namespace ae::app
