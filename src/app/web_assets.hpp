// The web app, as the build packed it into the program (cmake/embed_web.cmake).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ae::app {

/// A file of web/dist. All of it lives as long as the program.
struct EmbeddedAsset {
    /// As in the address: `/index.html`, `/assets/index-4f2a91c7.js`.
    std::string_view path;
    std::string_view content_type;
    /// Strong and quoted, ready for the header; of the identity bytes.
    std::string_view etag;
    /// The name carries a hash of the content: a client may keep it for ever.
    bool immutable;
    std::span<const std::uint8_t> identity;
    /// Empty where compressing saves nothing.
    std::span<const std::uint8_t> gzip;
    std::span<const std::uint8_t> brotli;
};

/// A page of the app and the scripts that its browser will ask for next (`<link rel="modulepreload">`).
struct EmbeddedRoute {
    /// `/streams/{slug}`
    std::string_view pattern;
    std::span<const std::string_view> modulepreload;
};

/// Sorted by path; empty when the web app was not built or AE_EMBED_WEB is off. `/index.html` is the template of every page.
std::span<const EmbeddedAsset> web_assets();
std::span<const EmbeddedRoute> web_routes();

}  // namespace ae::app
